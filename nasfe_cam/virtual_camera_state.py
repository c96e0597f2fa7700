"""Whether the virtual camera is there, and the one step that brings it."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.output.device import VIDEO_CLASS, DeviceMissing, find_loopback, loopback_nodes
from nasfe_cam.settings import Settings

LOOPBACK_MODULE = Path("/sys/module/v4l2loopback")
_MACOS_CAMERA = Path("/Applications/OBS.app")
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
