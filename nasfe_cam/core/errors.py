"""What can go wrong, each error with its sentence; the base of every error of the project."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from nasfe_cam.core.statement import Plain, Sentence, Statement


class NasfeError(Sentence, Exception):
    """Base of every error that this project raises on purpose.

    `str(error)` is one line that names the cause and the next step. The CLI
    prints it without a traceback and exits with code 2. Programs know an error by
    its class or by its `code`, never by its words.
    """


class UnexpectedFault(NasfeError):
    """A fault of ours, in the form in which errors reach the user."""

    code = "unexpected-fault"
    text = "This could not be done ({reason})."
    remedy = "Try again, or start the program again."

    reason: str

    @classmethod
    def of(cls, error: BaseException) -> UnexpectedFault:
        """The fault that Python raised."""
        words = " ".join(str(error).split())
        return cls(": ".join(part for part in (type(error).__name__, words) if part))


class UnexpectedFaultLogged(UnexpectedFault):
    """The same, with a file in which its details are."""

    code = "unexpected-fault-logged"
    remedy = "Please report it together with {log}."

    log: Path


class StandardOutputFailed(NasfeError):
    code = "standard-output-failed"
    text = "What this command prints cannot be written ({reason})."
    remedy = "Check the disk, or the program that reads it."

    reason: str


class PathUnreachable(NasfeError):
    code = "path-unreachable"
    text = "{path} cannot be looked at ({reason})."
    remedy = "Check the spelling, and who may enter its folder."

    path: Path
    reason: str


class HomeUnknown(NasfeError):
    code = "home-unknown"
    text = "This user has no home folder."
    remedy = "Set the environment variable HOME to a folder of this user."


class MemoryLimited(NasfeError):
    code = "memory-limited"
    text = "This program may use {megabytes} MB of address space only, and needs {needed} MB."
    remedy = "Raise the limit with: ulimit -v unlimited"

    megabytes: int
    needed: int


class SettingsError(NasfeError):
    """A settings file or option holds an unknown key or a refused value."""


class SourceError(NasfeError):
    """Frames could not be read.

    Attributes:
        notice: what the notice card says meanwhile; ASCII.
    """

    notice: ClassVar[str] = "no picture - waiting for it"


class SourceNotFound(SourceError):
    code = "source-not-found"
    text = "There is no file {path}."
    remedy = "Check the path after --source."

    path: Path


class CameraNotFound(SourceError):
    notice = "camera unplugged - waiting for it"

    code = "camera-not-found"
    text = "No camera {name!r} was found."
    remedy = "Plug one in, or see the list with: nasfe-cam devices"

    name: str


class CameraBusy(SourceError):
    notice = "camera in use by another program"

    code = "camera-busy"
    text = "Camera {name!r} gives no picture; another program may be using it."
    remedy = "Close that program, or choose another camera with --source."

    name: str


class CameraLost(SourceError):
    notice = "camera unplugged - waiting for it"

    code = "camera-lost"
    text = "Camera {name!r} stopped sending frames."
    remedy = "Plug it in again to go on."

    name: str


class VideoUnreadable(SourceError):
    code = "video-unreadable"
    text = "{path} cannot be played ({reason})."
    remedy = "Choose another video file."

    path: Path
    reason: str


class PictureUnreadable(SourceError):
    code = "picture-unreadable"
    text = "{path} cannot be shown ({reason})."
    remedy = "Choose a JPEG or PNG picture."

    path: Path
    reason: str


class OutputError(NasfeError):
    """Frames could not be shown or written."""


class OutputFileFailed(OutputError):
    code = "output-file-failed"
    text = "{path} cannot be written ({reason})."
    remedy = "Choose another file."

    path: Path
    reason: str


class VirtualCameraMissing(OutputError):
    code = "virtual-camera-missing"
    text = "The virtual camera {label!r} is not installed."
    remedy = "See how to install it with: nasfe-cam doctor"

    label: str


class VirtualCameraTaken(OutputError):
    code = "virtual-camera-taken"
    text = "The virtual camera {label!r} cannot be opened ({reason})."
    remedy = "Close the program that writes to it, or check it with: nasfe-cam doctor"

    label: str
    reason: str


class VirtualCameraForbidden(OutputError):
    code = "virtual-camera-forbidden"
    text = "You may not open the virtual camera {label!r} ({path})."
    remedy = (
        "Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again."
    )

    label: str
    path: Path


class ProfileError(NasfeError):
    """A profile is missing or cannot be read."""


class CameraIsOurOutput(SourceError):
    code = "camera-is-our-output"
    text = "Camera {label!r} is the virtual camera that this program writes to."
    remedy = "Choose a real camera with --source; see the list with: nasfe-cam devices"

    label: str


class CameraForbidden(SourceError):
    notice = "no permission to use the camera"

    code = "camera-forbidden"
    text = "You may not open camera {name!r} ({path})."
    remedy = (
        "Add yourself to its group, usually with: sudo usermod -aG video $USER, then log in again."
    )

    name: str
    path: Path


class SourceNotLocal(SourceError):
    code = "source-not-local"
    text = "{source} is a network address; nothing is ever read from a network."
    remedy = "Give --source a camera or the path of a local file."

    source: str


class NothingRestored(NasfeError):
    code = "nothing-restored"
    text = "No frame of the clip was restored: it shows no face, or the network did not load."
    remedy = "Choose another clip, or check the program with: nasfe-cam doctor"


class ProfileMissing(ProfileError):
    code = "profile-missing"
    text = "There is no profile {name!r}."
    remedy = "See the list with nasfe-cam profiles list, or make it with nasfe-cam enrol."

    name: str


class ProfileNameRefused(ProfileError):
    """A profile cannot have this name."""

    remedy = "Use up to 64 letters, digits, spaces, '-', '_' and '.'."

    name: str


class ProfileNameEmpty(ProfileNameRefused):
    code = "profile-name-empty"
    text = "A profile cannot be called {name!r}: it is empty."


class ProfileNameTooLong(ProfileNameRefused):
    code = "profile-name-too-long"
    text = "A profile cannot be called {name!r}: it is too long."


class ProfileNameHolds(ProfileNameRefused):
    code = "profile-name-holds"
    text = "A profile cannot be called {name!r}: it holds {letter!r}."

    letter: str


class ProfileNameBegins(ProfileNameRefused):
    code = "profile-name-begins"
    text = "A profile cannot be called {name!r}: it begins with {letter!r}."

    letter: str


class ProfileNameEndsWithSpace(ProfileNameRefused):
    code = "profile-name-ends-with-space"
    text = "A profile cannot be called {name!r}: it ends with a space."


class ProfileNameReserved(ProfileNameRefused):
    code = "profile-name-reserved"
    text = "A profile cannot be called {name!r}: Windows keeps this name for itself."


class ProfileExists(ProfileError):
    code = "profile-exists"
    text = "There is a profile {name!r} already."
    remedy = "Choose another --name, or add --replace to put the new one in its place."

    name: str


class ProfileDamaged(ProfileError):
    code = "profile-damaged"
    text = "Profile {name!r} cannot be read ({reason})."
    remedy = "Make it anew from the photos with: nasfe-cam enrol --replace"

    path: Path
    reason: str

    @property
    def parameters(self) -> dict[str, Plain]:
        return {"name": self.path.stem, "reason": self.reason}


class ProfileOutdated(ProfileError):
    """Attributes:
    can_be_rebuilt: the profile holds copies of its photos.
    """

    code = "profile-outdated"
    text = (
        "Profile {name!r} was made by another version of NASFE Camera, "
        "whose network saw faces in another way."
    )
    remedy = (
        "It keeps no photos: please choose photos again, "
        "with nasfe-cam enrol --replace PHOTOS --name {name!r}"
    )
    can_be_rebuilt = False

    name: str


class ProfileOutdatedWithPhotos(ProfileOutdated):
    code = "profile-outdated-with-photos"
    remedy = "Make it anew from the photos kept in it with: nasfe-cam profiles rebuild {name!r}"
    can_be_rebuilt = True


class ProfileTooNew(ProfileError):
    code = "profile-too-new"
    text = "Profile {name!r} comes from a newer version of NASFE Camera (format {version})."
    remedy = "Install the newest version, or make the profile anew with: nasfe-cam enrol --replace"

    name: str
    version: int


class ProfileWithoutPhotos(ProfileError):
    code = "profile-without-photos"
    text = "Profile {name!r} keeps no photos to be made anew from."
    remedy = "Please choose photos again, with nasfe-cam enrol --replace PHOTOS --name {name!r}"

    name: str


class ProfileCopiesUnusable(ProfileError):
    code = "profile-copies-unusable"
    text = "No photo kept in profile {name!r} can be used: they are damaged, or show no face."
    remedy = (
        "Until the person is enrolled again, the picture is repaired without their photos: "
        "nasfe-cam enrol --replace PHOTOS --name {name!r}"
    )

    name: str


class ProfileFileRefused(ProfileError):
    code = "profile-file-refused"
    text = "{path} is no profile that can be taken over ({reason})."
    remedy = "Export it again where it comes from."

    path: Path
    reason: str


class ProfileFileExists(ProfileError):
    code = "profile-file-exists"
    text = "There is a file {path} already."
    remedy = "Choose another file, or add --replace to overwrite it."

    path: Path


class ProfileNotWritten(ProfileError):
    code = "profile-not-written"
    text = "Profile file {path} cannot be written or deleted ({reason})."
    remedy = "Check the free space and who owns the folder."

    path: Path
    reason: str


class EnrolmentCancelled(NasfeError):
    code = "enrolment-cancelled"
    text = "Enrolment was cancelled; nothing was kept."
    remedy = "Start it again at any time."


class NothingToEnrol(NasfeError):
    code = "nothing-to-enrol"
    text = "There are no photos to enrol from."
    remedy = "Give photos or a folder of them, or add --from-camera to have your picture taken."


def statement_of(error: BaseException) -> Statement:
    """What an error says, also one that is not of our family."""
    return (error if isinstance(error, NasfeError) else UnexpectedFault.of(error)).statement
