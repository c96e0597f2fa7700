"""What can go wrong in the live camera, each error with its whole sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from engine.errors import NasfeError

__all__ = [
    "CameraBusy",
    "CameraForbidden",
    "CameraIsOurOutput",
    "CameraLost",
    "CameraNotFound",
    "FaceTooSmall",
    "NasfeError",
    "NoFaceInPhoto",
    "NoPhotoAccepted",
    "NoPhotosFound",
    "NothingRestored",
    "OtherPersonInPhoto",
    "OutputError",
    "OutputFileFailed",
    "PhotoBlurred",
    "PhotoError",
    "PhotoTooDark",
    "PhotoUnreadable",
    "PictureUnreadable",
    "ProfileDamaged",
    "ProfileError",
    "ProfileExists",
    "ProfileMissing",
    "ProfileNameRefused",
    "ProfileNotWritten",
    "ProfileOutdated",
    "SettingsError",
    "SeveralFacesInPhoto",
    "SeveralPeople",
    "SourceError",
    "SourceNotFound",
    "SourceNotLocal",
    "VideoUnreadable",
    "VirtualCameraForbidden",
    "VirtualCameraMissing",
    "VirtualCameraTaken",
]


class SettingsError(NasfeError):
    """A settings file or option holds an unknown key or a refused value."""


class SourceError(NasfeError):
    """Frames could not be read.

    Attributes:
        notice: what the notice card says meanwhile; ASCII.
    """

    notice: ClassVar[str] = "no picture - waiting for it"


class SourceNotFound(SourceError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path}. Check the path after --source.")


class CameraNotFound(SourceError):
    notice = "camera unplugged - waiting for it"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No camera {name!r} was found. Plug one in, or see the list with: nasfe-cam devices"
        )


class CameraBusy(SourceError):
    notice = "camera in use by another program"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Camera {name!r} gives no picture; another program may be using it. "
            "Close that program, or choose another camera with --source."
        )


class CameraLost(SourceError):
    notice = "camera unplugged - waiting for it"

    def __init__(self, name: str) -> None:
        super().__init__(f"Camera {name!r} stopped sending frames. Plug it in again to go on.")


class VideoUnreadable(SourceError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be played ({reason}). Choose another video file.")


class PictureUnreadable(SourceError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be shown ({reason}). Choose a JPEG or PNG picture.")
        self.reason = reason


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


class VirtualCameraForbidden(OutputError):
    def __init__(self, label: str, path: Path) -> None:
        super().__init__(
            f"You may not open the virtual camera {label!r} ({path}). Add yourself to its group, "
            "usually with: sudo usermod -aG video $USER, then log in again."
        )


class PhotoError(NasfeError):
    """A photo cannot be used for enrolment.

    Attributes:
        code: the reason in one word, for programs.
    """

    code: ClassVar[str] = "photo"


class ProfileError(NasfeError):
    """A profile is missing or cannot be read."""


class CameraIsOurOutput(SourceError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"Camera {label!r} is the virtual camera that this program writes to. "
            "Choose a real camera with --source; see the list with: nasfe-cam devices"
        )


class CameraForbidden(SourceError):
    notice = "no permission to use the camera"

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


class PhotoUnreadable(PhotoError):
    code = "unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The photo cannot be read ({reason}). Save it again as JPEG or PNG, or leave it out."
        )


class NoFaceInPhoto(PhotoError):
    code = "no-face"

    def __init__(self) -> None:
        super().__init__(
            "No face was found. Choose a photo in which your face looks at the camera, unhidden."
        )


class SeveralFacesInPhoto(PhotoError):
    code = "several-faces"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} faces are in it. Choose a photo of you alone, or cut the others off."
        )


class FaceTooSmall(PhotoError):
    code = "too-small"

    def __init__(self, side: int, needed: int) -> None:
        super().__init__(
            f"The head takes {side} pixels, and {needed} are needed. "
            "Choose a photo from closer by, or one with more pixels."
        )


class PhotoTooDark(PhotoError):
    code = "too-dark"

    def __init__(self) -> None:
        super().__init__("The face is too dark. Choose a photo with light on your face.")


class PhotoBlurred(PhotoError):
    code = "blurred"

    def __init__(self) -> None:
        super().__init__("The face is blurred. Choose a sharp photo.")


class OtherPersonInPhoto(PhotoError):
    code = "other-person"

    def __init__(self) -> None:
        super().__init__(
            "It shows another person than the other photos. Leave it out, or enrol that "
            "person under a name of their own."
        )


class NoPhotosFound(PhotoError):
    code = "no-photos"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no photo at {path}. Give a folder with JPEG or PNG photos, or the photos."
        )


class NoPhotoAccepted(PhotoError):
    code = "none-accepted"

    def __init__(self, rejected: Sequence[tuple[Path, PhotoError]]) -> None:
        reasons = " ".join(f"{path.name}: {reason}" for path, reason in rejected[:3])
        more = f" And {len(rejected) - 3} more." if len(rejected) > 3 else ""
        super().__init__(f"No photo can be used. {reasons}{more}")


class SeveralPeople(PhotoError):
    code = "several-people"

    def __init__(self, groups: Sequence[Sequence[Path]]) -> None:
        persons = "; ".join(", ".join(path.name for path in group[:3]) for group in groups[:3])
        super().__init__(
            f"The photos show different people, and none of them most often ({persons}). "
            "Choose photos of one person."
        )


class ProfileMissing(ProfileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no profile {name!r}. See the list with nasfe-cam profiles list, "
            f"or make it with nasfe-cam enrol."
        )


class ProfileNameRefused(ProfileError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"A profile cannot be called {name!r}: {reason}. "
            "Use up to 64 letters, digits, spaces, '-', '_' and '.'."
        )


class ProfileExists(ProfileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a profile {name!r} already. Choose another --name, "
            "or add --replace to make it anew."
        )


class ProfileDamaged(ProfileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Profile {path.stem!r} cannot be read ({reason}). "
            "Make it anew from the photos with: nasfe-cam enrol --replace"
        )


class ProfileOutdated(ProfileError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Profile {name!r} does not fit this version of NASFE Camera ({reason}). "
            "Make it anew from the photos with: nasfe-cam enrol --replace"
        )


class ProfileNotWritten(ProfileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Profile file {path} cannot be written or deleted ({reason}). "
            "Check the free space and who owns the folder."
        )
