"""What `nasfe-cam doctor` can find: each finding says how it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nasfe_cam.core.statement import Sentence

_GROUP_STEP = "sudo usermod -aG video $USER, then log in again"


class Finding(Sentence):
    """Something that was found."""


class CheckBroke(Finding):
    code = "check-broke"
    text = "{reason}"
    remedy = "Please report this line at the project's issue tracker."

    reason: str


class PythonTried(Finding):
    code = "python-tried"
    text = "Python {version}, {system} on {machine}, CPU threads: {threads}"

    version: str
    system: str
    machine: str
    threads: int


class PythonUntried(PythonTried):
    code = "python-untried"
    remedy = "Use Python 3.11, 3.12 or 3.13; others are untried."


class PythonCoarseClock(PythonTried):
    code = "python-coarse-clock"
    remedy = "On Windows use Python 3.13: older ones measure time in steps of 16 ms."


class SettingsValid(Finding):
    code = "settings-valid"
    text = "valid"


class SettingsRefused(Finding):
    """Only the next step: what is wrong is the error's to say."""

    code = "settings-refused"
    remedy = "Correct the settings file; see docs/settings.md."


class ModelsWhole(Finding):
    """Attributes:
    megabytes: of all files together.
    """

    code = "models-whole"
    text = "{count} files, {megabytes:.1f} MB, all checksums right"

    count: int
    megabytes: float


class EngineServes(Finding):
    code = "engine-serves"
    text = "{device}, {precision}, {runtime}"

    device: str
    precision: str
    runtime: str


class IntelDeviceMissing(Finding):
    code = "intel-device-missing"
    text = "none of Intel's found; the CPU serves"


class IntelDeviceAskedFor(Finding):
    code = "intel-device-asked-for"
    text = "{devices}; asked for: {chosen}"

    devices: Sequence[str]
    chosen: str


class IntelDeviceNotAskedFor(Finding):
    code = "intel-device-not-asked-for"
    text = "{devices} is there but not used unless asked for"
    remedy = "Nothing need be done. To try it, which we could not: nasfe-cam run --device {kind}"

    devices: Sequence[str]
    kind: str


class TrackerLoads(Finding):
    code = "tracker-loads"
    text = "loads"


class NoProfileChosen(Finding):
    code = "no-profile-chosen"
    text = "none chosen, {count} enrolled; the camera works without"

    count: int


class NobodyEnrolled(Finding):
    code = "nobody-enrolled"
    text = "none chosen, 0 enrolled; the camera works without"
    remedy = "For a better likeness: nasfe-cam enrol PHOTOS --name NAME"


class ProfileUsed(Finding):
    """Attributes:
    created: the day, as in 2026-11-30.
    """

    code = "profile-used"
    text = "{name!r}, photos: {photos}, {created}"

    name: str
    photos: int
    created: str


class RunsWithoutProfile(Finding):
    code = "runs-without-profile"
    text = "the camera runs without it"


class SpaceEnough(Finding):
    """Attributes:
    gigabytes: that are free.
    """

    code = "space-enough"
    text = "{gigabytes:.1f} GB free at {folder}"

    gigabytes: float
    folder: Path


class SpaceLittle(SpaceEnough):
    code = "space-little"
    remedy = "Free some space before you record to a file."


class NvidiaCardNotThere(Finding):
    code = "nvidia-card-not-there"
    text = "no card found"


class CpuServes(Finding):
    code = "cpu-serves"
    text = "the CPU serves"


class NvidiaCardFound(Finding):
    code = "nvidia-card-found"
    text = "{card}, driver {driver}, {runtime}"

    card: str
    driver: str
    runtime: str


class NetworksNotCompiled(Finding):
    code = "networks-not-compiled"
    text = "{networks} not compiled yet"
    remedy = "Compile now with nasfe-cam compile, or start the camera, which does it meanwhile."

    networks: Sequence[str]


class OutputMissing(Finding):
    code = "output-missing"
    text = "{label!r} is not installed"

    label: str


class OutputUnnamed(Finding):
    code = "output-unnamed"
    text = "v4l2loopback is loaded, but without a device named {label!r}"

    label: str


class ObsMissing(Finding):
    code = "obs-missing"
    text = "OBS, whose camera is used on macOS, is not installed"


class ObsInstalled(Finding):
    code = "obs-installed"
    text = 'OBS is installed; meetings list the camera as "OBS Virtual Camera"'
    remedy = "Start OBS's virtual camera once, so that macOS asks for the permission."


class OutputRegistered(Finding):
    code = "output-registered"
    text = "{label!r} is registered"

    label: str


class OutputRegisteredOldWay(OutputRegistered):
    code = "output-registered-old-way"
    remedy = (
        "Choose it in the meeting program: Windows' own Settings and Camera app, and some "
        "programs, may not list it since Windows 11 22H2."
    )


class OutputForbidden(Finding):
    code = "output-forbidden"
    text = "{label!r} ({path}) may not be opened by you"
    remedy = _GROUP_STEP

    label: str
    path: Path


class OutputInstalled(Finding):
    """Attributes:
    caps: the module's option exclusive_caps for it, or "unknown".
    """

    code = "output-installed"
    text = "{label!r} at {path}, exclusive_caps={caps}"

    label: str
    path: Path
    caps: str


class OutputNotListed(OutputInstalled):
    code = "output-not-listed"
    remedy = "Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0):"


class CamerasFound(Finding):
    code = "cameras-found"
    text = "{cameras}"

    cameras: Sequence[str]


class CameraLocked(Finding):
    code = "camera-locked"
    text = "{name} ({path}) may not be opened by you"
    remedy = _GROUP_STEP

    name: str
    path: Path


class NoCamera(Finding):
    code = "no-camera"
    text = "no camera gives pictures"
    remedy = "Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4"


class NoCameraOnMac(NoCamera):
    code = "no-camera-on-mac"
    remedy = (
        "Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4. Also allow the "
        "terminal to use the camera in System Settings, Privacy"
    )
