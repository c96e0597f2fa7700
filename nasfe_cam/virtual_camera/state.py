"""Whether the virtual camera is installed, and how to install it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from nasfe_cam.config.settings import Settings
from nasfe_cam.vcam_host.device import (
    VIDEO_CLASS,
    DeviceMissing,
    find_loopback,
    loopback_nodes,
)
from nasfe_cam.virtual_camera.install_steps import (
    InstallByCommand,
    InstallObs,
    InstallStep,
    InstallUnityCapture,
)
from nasfe_cam.virtual_camera.windows import installed_filters, registered_cameras

LOOPBACK_MODULE = Path("/sys/module/v4l2loopback")
_MACOS_CAMERA = Path("/Applications/OBS.app")


@dataclass(frozen=True, slots=True)
class VirtualCameraState:
    """Whether the virtual camera is installed.

    Attributes:
        label: the name that was looked for.
        present: it can be written to.
        path: device file, on Linux.
        module_loaded: v4l2loopback is loaded, perhaps with other devices; Linux only.
        exclusive_caps: value of the module for this device, Linux only; None if unknown.
    """

    label: str
    present: bool
    path: Path | None = None
    module_loaded: bool = False
    exclusive_caps: bool | None = None


def find_virtual_camera(
    label: str,
    *,
    video_class: Path = VIDEO_CLASS,
    module: Path = LOOPBACK_MODULE,
    platform: str = sys.platform,
) -> VirtualCameraState:
    """Look for the virtual camera of this name; nothing is opened.

    On Windows the registered cameras are read, on macOS OBS is looked for,
    whose camera has a name of its own.
    """
    if platform == "win32":
        return VirtualCameraState(label, label in registered_cameras().values())
    if platform == "darwin":
        return VirtualCameraState(label, _MACOS_CAMERA.exists())
    loaded = module.is_dir()
    try:
        path = find_loopback(label, video_class)
    except DeviceMissing:
        return VirtualCameraState(label, False, module_loaded=loaded)
    caps = _exclusive_caps(path.name, video_class, module)
    return VirtualCameraState(label, True, path, loaded, caps)


def install_step(state: VirtualCameraState, platform: str = sys.platform) -> InstallStep:
    """The one step that brings a missing virtual camera."""
    if platform == "win32" and not installed_filters():
        return InstallUnityCapture(state.label)
    if platform == "darwin":
        return InstallObs()
    named = "" if state.label == Settings().output.label else f' --label "{state.label}"'
    return InstallByCommand(f"{_program(platform)} camera install{named}")


def _program(platform: str) -> str:
    """How every terminal finds the installed command: by its path, unless it is on all of them."""
    if platform == "win32":
        return f'"{Path(sys.executable).with_name("nasfe-cam.exe")}"'
    program = Path(sys.executable).with_name("nasfe-cam")
    everywhere = shutil.which(program.name, path=os.defpath) or not program.exists()
    return program.name if everywhere else quote(str(program))


def _exclusive_caps(node: str, video_class: Path, module: Path) -> bool | None:
    """The module keeps one letter for each of its devices, in the order of their making."""
    try:
        letters = (module / "parameters" / "exclusive_caps").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    values = [letter.strip() in ("Y", "1") for letter in letters.split(",")]
    devices = loopback_nodes(video_class)
    place = devices.index(node) if node in devices else 0
    return values[place] if place < len(values) else None
