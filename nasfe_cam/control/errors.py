"""What can go wrong between a camera and the programs that steer it."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.errors import NasfeError


class ControlError(NasfeError):
    """A camera cannot be steered."""


class CameraNotRunning(ControlError):
    def __init__(self) -> None:
        super().__init__("No camera is running. Start it with: nasfe-cam run")


class CameraRunsAlready(ControlError):
    def __init__(self, process: int | None) -> None:
        which = "" if process is None else f" (process {process})"
        super().__init__(
            f"The camera runs already{which}. Steer it with nasfe-cam set, end it with "
            "nasfe-cam stop, or start another one beside it with --no-control."
        )


class ControlFolderUnsafe(ControlError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The folder {folder} is not safe for steering the camera ({reason}). "
            "Remove it, or set XDG_RUNTIME_DIR to a folder of your own."
        )


class ControlNotServed(ControlError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The camera cannot be steered by other programs: {folder} cannot be used ({reason}). "
            "The picture is not affected."
        )


class ControlRefused(ControlError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The running camera cannot be steered from here ({reason}). "
            "Use the user account that started it, or end it there with Ctrl+C."
        )


class ControlVersionUnknown(ControlError):
    def __init__(self, theirs: int, own: int) -> None:
        super().__init__(
            f"The running camera speaks version {theirs} of the control protocol, and this "
            f"program version {own}. End the camera with Ctrl+C and start it again."
        )
        self.theirs = theirs


class ControlConnectionLost(ControlError):
    def __init__(self) -> None:
        super().__init__("The camera ended or let go. Start it again with: nasfe-cam run")


class CameraDidNotAnswer(ControlError):
    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The camera did not answer within {seconds:g} seconds. "
            "Try again, or end it with Ctrl+C where it was started."
        )


class MessageMalformed(ControlError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A message between programs was not understood ({reason}). "
            "Start the camera and the program that steers it from the same version."
        )


class SettingNeedsRestart(ControlError):
    def __init__(self, name: str, live: tuple[str, ...]) -> None:
        super().__init__(
            f"Setting {name} changes only when the camera starts again. "
            f"While it runs you can set: {', '.join(live)}."
        )


class RequestRefused(ControlError):
    """The camera refused a request; `str(error)` is its own sentence.

    Attributes:
        error: class name of the camera's error, for programs.
    """

    def __init__(self, error: str, text: str) -> None:
        super().__init__(text)
        self.error = error


class CameraDidNotStart(ControlError):
    """The camera program ended before it could be steered; the sentence is its own, if it had one.

    Attributes:
        exit_code: 2 when it said why; negative for a signal.
    """

    def __init__(self, exit_code: int, sentence: str) -> None:
        super().__init__(
            sentence
            or f"The camera ended at its start (exit code {exit_code}). Check it with: "
            "nasfe-cam doctor"
        )
        self.exit_code = exit_code


class PreviewNotShown(ControlError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"The preview cannot be shown. {reason} The camera goes on.")
