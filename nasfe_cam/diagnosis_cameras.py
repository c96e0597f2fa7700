"""The part of the diagnosis that looks at cameras, real and virtual."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.diagnosis import Check, Status
from nasfe_cam.output.device import VIDEO_CLASS, DeviceMissing, find_loopback, loopback_nodes
from nasfe_cam.settings import Settings
from nasfe_cam.sources import CameraDescription

LOOPBACK_MODULE = Path("/sys/module/v4l2loopback")
_MACOS_CAMERA = Path("/Applications/OBS.app")
_KERNEL_LABEL_CHARACTERS = 31
# The registry's list of DirectShow cameras (CLSID_VideoInputDeviceCategory).
_WINDOWS_CAMERAS = r"CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance"


@dataclass(frozen=True, slots=True)
class VirtualCameraState:
    """Whether the virtual camera is there.

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
        return VirtualCameraState(label, label in _windows_cameras())
    if platform == "darwin":
        return VirtualCameraState(label, _MACOS_CAMERA.exists())
    loaded = module.is_dir()
    try:
        path = find_loopback(label, video_class)
    except DeviceMissing:
        return VirtualCameraState(label, False, module_loaded=loaded)
    caps = _exclusive_caps(path.name, video_class, module)
    return VirtualCameraState(label, True, path, loaded, caps)


def check_virtual_camera(state: VirtualCameraState, platform: str = sys.platform) -> Check:
    """Whether meetings can see the camera, and the one command that helps if not."""
    name = "virtual camera"
    if not state.present:
        line = f"{state.label!r} is not installed"
        if platform == "linux" and state.module_loaded:
            line = f"v4l2loopback is loaded, but without a device named {state.label!r}"
        elif platform == "darwin":
            line = "OBS, whose camera is used on macOS, is not installed"
        return Check(name, Status.PROBLEM, line, install_step(state, platform))
    if platform == "darwin":
        line = 'OBS is installed; meetings list the camera as "OBS Virtual Camera"'
        step = "Start OBS's virtual camera once, so that macOS asks for the permission."
        return Check(name, Status.OK, line, step)
    if state.path is None:
        return Check(name, Status.OK, f"{state.label!r} is registered")
    if not os.access(state.path, os.R_OK | os.W_OK):
        line = f"{state.label!r} ({state.path}) may not be opened by you"
        return Check(name, Status.PROBLEM, line, _GROUP_STEP)
    caps = {True: "1", False: "0", None: "unknown"}[state.exclusive_caps]
    line = f"{state.label!r} at {state.path}, exclusive_caps={caps}"
    if state.exclusive_caps is False:
        step = (
            "Chrome and Teams list it only with exclusive_caps=1 (some versions of Zoom want 0): "
            + install_step(state)
        )
        return Check(name, Status.NOTE, line, step)
    return Check(name, Status.OK, line)


def install_step(state: VirtualCameraState, platform: str = sys.platform) -> str:
    """The one command that brings a missing virtual camera."""
    if platform == "win32":
        return (
            "Install Unity Capture, then as administrator: "
            f'regsvr32 "UnityCaptureFilter64.dll" "/i:UnityCaptureName={state.label}"'
        )
    if platform == "darwin":
        return "Install OBS from https://obsproject.com and start its virtual camera once."
    named = "" if state.label == Settings().output.label else f' --label "{state.label}"'
    return f"nasfe-cam camera install{named}"


def check_cameras(
    cameras: Sequence[CameraDescription], label: str, platform: str = sys.platform
) -> Check:
    """Whether there is a real camera.

    Args:
        cameras: of this machine.
        label: name of the own virtual camera, which does not count.
    """
    real = [camera for camera in cameras if not is_own(camera, label)]
    usable = [camera for camera in real if camera.capture]
    if usable:
        names = ", ".join(f"{camera.number}: {camera.name}" for camera in usable)
        return Check("cameras", Status.OK, names)
    locked = [
        camera
        for camera in real
        if camera.path is not None and not os.access(camera.path, os.R_OK | os.W_OK)
    ]
    if locked:
        line = f"{locked[0].name} ({locked[0].path}) may not be opened by you"
        return Check("cameras", Status.PROBLEM, line, _GROUP_STEP)
    step = "Plug a camera in, or try it with a clip: nasfe-cam run --source CLIP.mp4"
    if platform == "darwin":
        step += ". Also allow the terminal to use the camera in System Settings, Privacy"
    return Check("cameras", Status.PROBLEM, "no camera gives pictures", step)


def is_own(camera: CameraDescription, label: str) -> bool:
    """Whether the camera is the virtual one that this program writes to."""
    return camera.name == label[:_KERNEL_LABEL_CHARACTERS].strip()


_GROUP_STEP = "sudo usermod -aG video $USER, then log in again"


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


def _windows_cameras() -> list[str]:
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, _WINDOWS_CAMERAS) as key:
            for index in range(winreg.QueryInfoKey(key)[0]):
                with winreg.OpenKey(key, winreg.EnumKey(key, index)) as camera:
                    names.append(str(winreg.QueryValueEx(camera, "FriendlyName")[0]))
    return names
