"""What can go wrong in the live camera, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from engine.errors import NasfeError
from nasfe_cam.photo_errors import (
    BetterPhotosTaken,
    DuplicatePhoto,
    EyesClosed,
    EyesHidden,
    FaceCovered,
    FaceTooSmall,
    FaceTurnedAway,
    NoFaceInPhoto,
    NoPhotoAccepted,
    NoPhotosFound,
    OtherPersonInPhoto,
    PhotoBlurred,
    PhotoError,
    PhotoTooBright,
    PhotoTooDark,
    PhotoUnreadable,
    SeveralFacesInPhoto,
    SeveralPeople,
)

__all__ = [
    "BetterPhotosTaken",
    "CameraBusy",
    "CameraForbidden",
    "CameraIsOurOutput",
    "CameraLost",
    "CameraNotFound",
    "DuplicatePhoto",
    "EnrolmentCancelled",
    "EyesClosed",
    "EyesHidden",
    "FaceCovered",
    "FaceTooSmall",
    "FaceTurnedAway",
    "NasfeError",
    "NoFaceInPhoto",
    "NoPhotoAccepted",
    "NoPhotosFound",
    "NothingRestored",
    "NothingToEnrol",
    "OtherPersonInPhoto",
    "OutputError",
    "OutputFileFailed",
    "PhotoBlurred",
    "PhotoError",
    "PhotoTooBright",
    "PhotoTooDark",
    "PhotoUnreadable",
    "PictureUnreadable",
    "ProfileDamaged",
    "ProfileError",
    "ProfileExists",
    "ProfileFileExists",
    "ProfileFileRefused",
    "ProfileMissing",
    "ProfileNameRefused",
    "ProfileNotWritten",
    "ProfileOutdated",
    "ProfileTooNew",
    "ProfileWithoutPhotos",
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
            "or add --replace to put the new one in its place."
        )


class ProfileDamaged(ProfileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Profile {path.stem!r} cannot be read ({reason}). "
            "Make it anew from the photos with: nasfe-cam enrol --replace"
        )
        self.reason = reason


class ProfileOutdated(ProfileError):
    """Attributes:
    can_be_rebuilt: the profile holds copies of its photos.
    """

    def __init__(self, name: str, can_be_rebuilt: bool) -> None:
        remedy = (
            f"Make it anew from the photos kept in it with: nasfe-cam profiles rebuild {name!r}"
            if can_be_rebuilt
            else "It keeps no photos: please choose photos again, "
            f"with nasfe-cam enrol --replace PHOTOS --name {name!r}"
        )
        super().__init__(
            f"Profile {name!r} was made by another version of NASFE Camera, "
            f"whose network saw faces in another way. {remedy}"
        )
        self.can_be_rebuilt = can_be_rebuilt


class ProfileTooNew(ProfileError):
    def __init__(self, name: str, version: int) -> None:
        super().__init__(
            f"Profile {name!r} comes from a newer version of NASFE Camera (format {version}). "
            "Install the newest version, or make the profile anew with: nasfe-cam enrol --replace"
        )


class ProfileWithoutPhotos(ProfileError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"Profile {name!r} keeps no photos to be made anew from. Please choose photos again, "
            f"with nasfe-cam enrol --replace PHOTOS --name {name!r}"
        )


class ProfileFileRefused(ProfileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is no profile that can be taken over ({reason}). "
            "Export it again where it comes from."
        )


class ProfileFileExists(ProfileError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is a file {path} already. Choose another file, "
            "or add --replace to overwrite it."
        )


class ProfileNotWritten(ProfileError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Profile file {path} cannot be written or deleted ({reason}). "
            "Check the free space and who owns the folder."
        )


class EnrolmentCancelled(NasfeError):
    def __init__(self) -> None:
        super().__init__("Enrolment was cancelled; nothing was kept. Start it again at any time.")


class NothingToEnrol(NasfeError):
    def __init__(self) -> None:
        super().__init__(
            "There are no photos to enrol from. Give photos or a folder of them, or add "
            "--from-camera to have your picture taken."
        )
