"""What `nasfe-cam doctor` looks at: each check says how it is, and what to do about it."""

from __future__ import annotations

import os
import platform as host
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.base import EngineDescription
from engine.device_choice import DeviceChoice
from engine.devices import Device
from engine.model_file import read_model
from nasfe_cam.config.settings import Settings, load_settings
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.core.errors import NasfeError, PathUnreachable
from nasfe_cam.core.statement import Sentence, Statement
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.diagnostics.findings import (
    CheckBroke,
    EngineServes,
    IntelDeviceAskedFor,
    IntelDeviceMissing,
    IntelDeviceNotAskedFor,
    ModelsWhole,
    NobodyEnrolled,
    NoProfileChosen,
    ProfileUsed,
    PythonCoarseClock,
    PythonTried,
    PythonUntried,
    RunsWithoutProfile,
    SettingsRefused,
    SettingsValid,
    SpaceEnough,
    SpaceLittle,
    TrackerLoads,
)
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE
from nasfe_cam.faces.recogniser import RECOGNISER_FILE
from nasfe_cam.faces.tracker import FaceTracker
from nasfe_cam.profiles.store import ProfileStore

OLDEST_PYTHON, FIRST_UNTESTED_PYTHON = (3, 11), (3, 14)
# Before, `time.monotonic` ticked 64 times a second there.
_FINE_CLOCK_ON_WINDOWS = (3, 13)
LITTLE_SPACE = 1 << 30
"""Bytes of free disk below which a recording soon ends."""


class Status(StrEnum):
    """How a check came out."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what was looked at, in a word or two.
        status: PROBLEM if the camera cannot work like this.
        found: what was found, and what to do about it.
    """

    name: str
    status: Status
    found: tuple[Statement, ...]

    @property
    def line(self) -> str:
        """What was found, in one line."""
        return "; ".join(part.text.rstrip(".") for part in self.found if part.text)

    @property
    def next_step(self) -> str:
        """What to do, in one line; empty if there is nothing to do."""
        return " ".join(part.next_step for part in self.found if part.next_step)


def result(name: str, status: Status, *found: Sentence) -> Check:
    """The check of which this was found."""
    return Check(name, status, tuple(sentence.statement for sentence in found))


def checked(name: str, look: Callable[[], Check]) -> Check:
    """The check, where whatever it raises is its result: a diagnosis never ends early."""
    try:
        return look()
    except NasfeError as error:
        return result(name, Status.PROBLEM, error)
    except Exception as error:
        line = f"{type(error).__name__}: {error}".splitlines()[0]
        return result(name, Status.PROBLEM, CheckBroke(line))


def check_python(
    version: tuple[int, int] = sys.version_info[:2], platform: str = sys.platform
) -> Check:
    """Python and operating system."""
    tried = OLDEST_PYTHON <= version < FIRST_UNTESTED_PYTHON
    kind = PythonTried if tried else PythonUntried
    if tried and platform == "win32" and version < _FINE_CLOCK_ON_WINDOWS:
        tried, kind = False, PythonCoarseClock
    found = kind(
        host.python_version(),
        host.platform(terse=True),
        host.machine(),
        os.cpu_count() or 1,
    )
    return result("system", Status.OK if tried else Status.NOTE, found)


def check_settings(path: Path | None) -> tuple[Check, Settings]:
    """The settings file, and the settings to go on with: the defaults if it is refused.

    Args:
        path: as in `load_settings`.
    """
    try:
        settings = load_settings(path)
    except NasfeError as error:
        return result("settings", Status.PROBLEM, error, SettingsRefused()), Settings()
    return result("settings", Status.OK, SettingsValid()), settings


def check_models(model: str, folder: Path = MODELS) -> Check:
    """Whether every model file that `model` (such as "nasfe-lite") needs is whole."""
    names = (
        "face_landmarker.task",
        LANDMARKS_FILE,
        "observer.onnx",
        f"{model}.onnx",
        RECOGNISER_FILE,
    )
    listed = [find_model(name, folder) for name in names]
    files = [*listed, *(file.quantised for file in listed if file.quantised is not None)]
    total = sum(len(read_model(file.path, file.sha256)) for file in files)
    return result("model files", Status.OK, ModelsWhole(len(files), total / 1e6))


def check_engine(describe: Callable[[], EngineDescription]) -> Check:
    """What serves the network. `describe` loads it and may raise."""
    engine = describe()
    found = EngineServes(engine.device, engine.precision, engine.runtime)
    return Check("engine", Status.OK, (found.statement, *engine.reasons))


def check_intel_devices(devices: Sequence[Device], chosen: DeviceChoice) -> Check:
    """Intel's GPUs and NPUs: whether one is there that nobody asked for, which is never hidden."""
    found = [device for device in devices if device.key not in ("CPU", "NVIDIA")]
    if not found:
        return result("GPU", Status.OK, IntelDeviceMissing())
    names = [f"{device.name} ({device.key})" for device in found]
    if chosen in (DeviceChoice.GPU, DeviceChoice.NPU):
        return result("GPU", Status.OK, IntelDeviceAskedFor(names, chosen))
    kind = found[0].key.partition(".")[0].lower()
    return result("GPU", Status.NOTE, IntelDeviceNotAskedFor(names, kind))


def check_tracker(folder: Path = MODELS) -> Check:
    """Whether the face tracker loads."""
    bundle, network = (
        find_model(name, folder) for name in ("face_landmarker.task", LANDMARKS_FILE)
    )
    FaceTracker(bundle, network).close()
    return result("face tracker", Status.OK, TrackerLoads())


def check_profile(name: str, store: ProfileStore, extractor_sha256: Callable[[], str]) -> Check:
    """The profile that the settings name; without it the camera runs as for nobody."""
    if not name:
        count = len(store.names())
        return result("profile", Status.OK, NoProfileChosen(count) if count else NobodyEnrolled())
    try:
        profile = store.load(name, extractor_sha256())
    except NasfeError as error:
        return result("profile", Status.NOTE, error, RunsWithoutProfile())
    used = ProfileUsed(name, profile.photo_count, f"{profile.created:%Y-%m-%d}")
    return result("profile", Status.OK, used)


def _is_folder(path: Path) -> bool:
    try:
        return kind_of(path) is FileKind.FOLDER
    except PathUnreachable:
        return False


def check_space(folder: Path) -> Check:
    """Free space where recordings and profiles go; the nearest folder that exists is asked."""
    existing = next(place for place in (folder, *folder.parents) if _is_folder(place))
    free = shutil.disk_usage(existing).free
    if free >= LITTLE_SPACE:
        return result("disk", Status.OK, SpaceEnough(free / 1e9, existing))
    return result("disk", Status.NOTE, SpaceLittle(free / 1e9, existing))
