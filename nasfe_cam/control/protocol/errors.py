"""What can go wrong between a camera and the programs that steer it."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Plain, Statement


class ControlError(NasfeError):
    """A camera cannot be steered."""


class CameraNotRunning(ControlError):
    code = "camera-not-running"
    text = "No camera is running."
    remedy = "Start it with: nasfe-cam run"


class CameraRunsAlready(ControlError):
    """Attributes:
    process: its process number; None where it cannot be told.
    """

    code = "camera-runs-already"
    text = "The camera runs already (process {process})."
    remedy = (
        "Steer it with nasfe-cam set, end it with nasfe-cam stop, or start another one beside it "
        "with --no-control."
    )

    process: int | None

    @property
    def parameters(self) -> dict[str, Plain]:
        return {"process": "?" if self.process is None else self.process}


class ControlFolderUnsafe(ControlError):
    code = "control-folder-unsafe"
    text = "The folder {folder} is not safe for steering the camera ({reason})."
    remedy = "Remove it, or set XDG_RUNTIME_DIR to a folder of your own."

    folder: Path
    reason: str


class ControlNotServed(ControlError):
    code = "control-not-served"
    text = "The camera cannot be steered by other programs: {folder} cannot be used ({reason})."
    remedy = "The picture is not affected."

    folder: Path
    reason: str


class ControlRefused(ControlError):
    code = "control-refused"
    text = "The running camera cannot be steered from here ({reason})."
    remedy = "Use the user account that started it, or end it there with Ctrl+C."

    reason: str


class ControlVersionUnknown(ControlError):
    code = "control-version-unknown"
    text = (
        "The running camera speaks version {theirs} of the control protocol, and this program "
        "version {own}."
    )
    remedy = "End the camera with Ctrl+C and start it again."

    theirs: int
    own: int


class CameraDidNotEnd(ControlError):
    code = "camera-did-not-end"
    text = "The camera was asked to end and did not within {seconds:.0f} seconds; it was ended."
    remedy = "If this goes on, unplug the webcam and plug it in again."

    seconds: float


class ControlConnectionLost(ControlError):
    code = "control-connection-lost"
    text = "The camera ended or let go."
    remedy = "Start it again with: nasfe-cam run"


class CameraDidNotAnswer(ControlError):
    code = "camera-did-not-answer"
    text = "The camera did not answer within {seconds:g} seconds."
    remedy = "Try again, or end it with Ctrl+C where it was started."

    seconds: float


class MessageMalformed(ControlError):
    code = "message-malformed"
    text = "A message between programs was not understood ({reason})."
    remedy = "Start the camera and the program that steers it from the same version."

    reason: str


class SettingNeedsRestart(ControlError):
    code = "setting-needs-restart"
    text = "Setting {name} changes only when the camera starts again."
    remedy = "While it runs you can set: {live}."

    name: str
    live: tuple[str, ...]


class CameraSilent(ControlError):
    code = "camera-silent"
    text = "The camera does not answer."
    remedy = "If that goes on, it is ended and started again."


class CameraHung(ControlError):
    code = "camera-hung"
    text = "The camera did not answer any more and was ended."
    remedy = "It is being started again."


class CameraCrashed(ControlError):
    code = "camera-crashed"
    text = "The camera stopped unexpectedly."
    remedy = "It is being started again."


class SaidByCamera(ControlError):
    """An error of another process.

    Attributes:
        said: what it said; so `statement` is its own.
    """

    text = "{said}"

    said: Statement

    @property
    def statement(self) -> Statement:
        return self.said


class RequestRefused(SaidByCamera):
    """The camera refused a request, and said why."""

    code = "request-refused"


class CameraRefusedToStart(SaidByCamera):
    """The camera program ended before it could be steered, and said why."""

    code = "camera-refused-to-start"


class CameraDidNotStart(ControlError):
    """The camera program ended before it could be steered, without a word.

    Attributes:
        exit_code: negative for a signal.
    """

    code = "camera-did-not-start"
    text = "The camera ended at its start (exit code {exit_code})."
    remedy = "Check it with: nasfe-cam doctor"

    exit_code: int


class CameraProgramNotStarted(ControlError):
    code = "camera-program-not-started"
    text = "The camera program cannot be started ({reason})."
    remedy = "Check the disk."

    reason: str


class PreviewNotShown(ControlError):
    code = "preview-not-shown"
    text = "The preview cannot be shown ({reason})."
    remedy = "The camera goes on."

    reason: str

    def __post_init__(self) -> None:
        self.reason = self.reason.rstrip(".")
