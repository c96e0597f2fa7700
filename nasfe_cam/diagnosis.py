"""What `nasfe-cam doctor` looks at: each check says how it is, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine import DeviceChoice, EngineDescription, NasfeError
from engine.devices import Device
from engine.model_file import read_model
from nasfe_cam.errors import SettingsError
from nasfe_cam.models import MODELS, find_model
from nasfe_cam.profile_store import ProfileStore
from nasfe_cam.recognition import RECOGNISER_FILE
from nasfe_cam.settings import Settings, load_settings
from nasfe_cam.tracking import FaceTracker

OLDEST_PYTHON, FIRST_UNTESTED_PYTHON = (3, 11), (3, 14)
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
        line: what was found, in one line.
        next_step: what to do, in one line; empty if there is nothing to do.
    """

    name: str
    status: Status
    line: str
    next_step: str = ""


def checked(name: str, look: Callable[[], Check]) -> Check:
    """The check, where whatever it raises is its result: a diagnosis never ends early."""
    try:
        return look()
    except NasfeError as error:
        line, _, next_step = str(error).partition(". ")
        return Check(name, Status.PROBLEM, line, next_step)
    except Exception as error:
        return Check(
            name,
            Status.PROBLEM,
            f"{type(error).__name__}: {error}".splitlines()[0],
            "Please report this line at the project's issue tracker.",
        )


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Check:
    """Python and operating system."""
    line = f"Python {platform.python_version()}, {platform.platform(terse=True)}"
    line += f" on {platform.machine()}, {os.cpu_count()} CPU threads"
    if OLDEST_PYTHON <= version < FIRST_UNTESTED_PYTHON:
        return Check("system", Status.OK, line)
    return Check("system", Status.NOTE, line, "Use Python 3.11, 3.12 or 3.13; others are untried.")


def check_settings(path: Path | None) -> tuple[Check, Settings]:
    """The settings file, and the settings to go on with: the defaults if it is refused.

    Args:
        path: as in `load_settings`.
    """
    try:
        settings = load_settings(path)
    except SettingsError as error:
        step = "Correct the settings file; see docs/settings.md."
        return Check("settings", Status.PROBLEM, str(error), step), Settings()
    return Check("settings", Status.OK, "valid"), settings


def check_models(model: str, folder: Path = MODELS) -> Check:
    """Whether every model file that `model` (such as "nasfe-lite") needs is whole."""
    names = (
        "face_landmarker.task",
        "face_landmarks.onnx",
        "observer.onnx",
        f"{model}.onnx",
        RECOGNISER_FILE,
    )
    listed = [find_model(name, folder) for name in names]
    files = [*listed, *(file.quantised for file in listed if file.quantised is not None)]
    total = sum(len(read_model(file.path, file.sha256)) for file in files)
    line = f"{len(files)} files, {total / 1e6:.1f} MB, all checksums right"
    return Check("model files", Status.OK, line)


def check_engine(describe: Callable[[], EngineDescription]) -> Check:
    """What serves the network. `describe` loads it and may raise."""
    description = describe()
    return Check("engine", Status.OK, f"{description}: {description.reason}")


def check_intel_devices(devices: Sequence[Device], chosen: DeviceChoice) -> Check:
    """Intel's GPUs and NPUs: whether one is there that nobody asked for, which is never hidden."""
    found = [device for device in devices if device.key not in ("CPU", "NVIDIA")]
    if not found:
        return Check("GPU", Status.OK, "none of Intel's found; the CPU serves")
    names = ", ".join(f"{device.name} ({device.key})" for device in found)
    if chosen in (DeviceChoice.GPU, DeviceChoice.NPU):
        return Check("GPU", Status.OK, f"{names}; asked for: {chosen}")
    kind = found[0].key.partition(".")[0].lower()
    return Check(
        "GPU",
        Status.NOTE,
        f"{names} is there but not used unless asked for",
        f"Nothing need be done. To try it, which we could not: nasfe-cam run --device {kind}",
    )


def check_tracker(folder: Path = MODELS) -> Check:
    """Whether the face tracker loads."""
    bundle, network = (
        find_model(name, folder) for name in ("face_landmarker.task", "face_landmarks.onnx")
    )
    FaceTracker(bundle, network).close()
    return Check("face tracker", Status.OK, "loads")


def check_profile(name: str, store: ProfileStore, extractor_sha256: Callable[[], str]) -> Check:
    """The profile that the settings name; without it the camera runs as for nobody."""
    if not name:
        count = len(store.names())
        line = f"none chosen, {count} enrolled; the camera works without"
        step = "" if count else "For a better likeness: nasfe-cam enrol PHOTOS --name NAME"
        return Check("profile", Status.OK, line, step)
    try:
        profile = store.load(name, extractor_sha256())
    except NasfeError as error:
        line, _, step = str(error).partition(". ")
        return Check("profile", Status.NOTE, f"{line}; the camera runs without it", step)
    line = f"{name!r}, from {profile.photo_count} photos, {profile.created:%Y-%m-%d}"
    return Check("profile", Status.OK, line)


def check_space(folder: Path) -> Check:
    """Free space where recordings and profiles go; the nearest folder that exists is asked."""
    existing = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(existing).free
    line = f"{free / 1e9:.1f} GB free at {existing}"
    if free >= LITTLE_SPACE:
        return Check("disk", Status.OK, line)
    return Check("disk", Status.NOTE, line, "Free some space before you record to a file.")
