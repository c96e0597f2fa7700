"""What can go wrong in the live camera, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path

from engine.errors import NasfeError

__all__ = [
    "CameraBusy",
    "CameraForbidden",
    "CameraIsOurOutput",
    "CameraLost",
    "CameraNotFound",
    "NasfeError",
    "NothingRestored",
    "OutputError",
    "OutputFileFailed",
    "PhotoError",
    "PictureUnreadable",
    "ProfileError",
    "SettingsError",
    "SourceError",
    "SourceNotFound",
    "SourceNotLocal",
    "VideoUnreadable",
    "VirtualCameraMissing",
    "VirtualCameraTaken",
]


class SettingsError(NasfeError):
    """A settings file or option holds an unknown key or a refused value."""


class SourceError(NasfeError):
    """Frames could not be read."""


class SourceNotFound(SourceError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}. Check the path after --source.")


class CameraNotFound(SourceError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"No camera {name!r} was found. Plug one in, or see the list with: nasfe-cam devices"
        )


class CameraBusy(SourceError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Camera {name!r} gives no picture; another program may be using it. "
            "Close that program, or choose another camera with --source."
        )


class CameraLost(SourceError):
    def __init__(self, name: str) -> None:
        super().__init__(f"Camera {name!r} stopped sending frames. Plug it in again to go on.")


class VideoUnreadable(SourceError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be played ({reason}). Choose another video file.")


class PictureUnreadable(SourceError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be shown ({reason}). Choose a JPEG or PNG picture.")


class OutputError(NasfeError):
    """Frames could not be shown or written."""


class OutputFileFailed(OutputError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written ({reason}). Free some space or choose another --output-file."
        )


class VirtualCameraMissing(OutputError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"The virtual camera {label!r} is not installed. "
            "See how to install it with: nasfe-cam doctor"
        )


class VirtualCameraTaken(OutputError):
    def __init__(self, label: str, reason: str) -> None:
        super().__init__(
            f"The virtual camera {label!r} cannot be opened ({reason}). "
            "Close the program that writes to it, or check it with: nasfe-cam doctor"
        )


class PhotoError(NasfeError):
    """A photo cannot be used for enrolment."""


class ProfileError(NasfeError):
    """A profile is missing or cannot be read."""


class CameraIsOurOutput(SourceError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"Camera {label!r} is the virtual camera that this program writes to. "
            "Choose a real camera with --source; see the list with: nasfe-cam devices"
        )


class CameraForbidden(SourceError):
    def __init__(self, name: str, path: Path) -> None:
        super().__init__(
            f"You may not open camera {name!r} ({path}). Add yourself to its group, "
            "usually with: sudo usermod -aG video $USER, then log in again."
        )


class SourceNotLocal(SourceError):
    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} is a network address; nothing is ever read from a network. "
            "Give --source a camera or the path of a local file."
        )


class NothingRestored(NasfeError):
    def __init__(self) -> None:
        super().__init__(
            "No frame of the clip was restored: it shows no face, or the network did not load. "
            "Choose another clip, or check the program with: nasfe-cam doctor"
        )
