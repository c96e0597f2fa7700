"""Unity Capture, the virtual camera of Windows, and the commands that register it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.virtual_camera.camera_name import require_plain_name
from nasfe_cam.virtual_camera.errors import UnityCaptureTaken

_FOLDER = "UnityCapture"
# The registry's list of DirectShow cameras (CLSID_VideoInputDeviceCategory).
_CAMERAS = r"CLSID\{860BB310-5D01-11d0-BD3B-00A0C911CE86}\Instance"
# Of the first camera that Unity Capture registers, among programs of 64 bits.
_UNITY_CAPTURE = "{5C2CD55C-92AD-4999-8666-912BD3E70010}"


@dataclass(frozen=True, slots=True)
class CameraFilter:
    """One of Unity Capture's two filters, and what registers it.

    Attributes:
        library: the filter.
        registrar: Windows' regsvr32 of the same kind.
    """

    library: Path
    registrar: Path


def windows_folder() -> Path:
    """Windows' own folder."""
    return Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))


def installed_filters(
    folder: Path | None = None, system: Path | None = None
) -> tuple[CameraFilter, ...]:
    """The filters that this computer can use.

    A program of 64 or of 32 bits sees only cameras of its own kind, so there is a filter
    for each; the second is left out where there are no 32-bit programs.

    Args:
        folder: Unity Capture's; None for where the installer puts it, beside our programs.
        system: Windows' own folder; None for this computer's.
    """
    folder = folder or Path(sys.executable).parent / _FOLDER
    system = system or windows_folder()
    both = (
        CameraFilter(folder / "UnityCaptureFilter64bit.dll", system / "System32" / "regsvr32.exe"),
        CameraFilter(folder / "UnityCaptureFilter32bit.dll", system / "SysWOW64" / "regsvr32.exe"),
    )
    return tuple(one for one in both if one.library.is_file() and one.registrar.is_file())


def registered_cameras() -> dict[str, str]:
    """Names of the cameras of Windows' older camera interface, by their identity in capitals."""
    found: dict[str, str] = {}
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, _CAMERAS) as key:
            for index in range(winreg.QueryInfoKey(key)[0]):
                identity = winreg.EnumKey(key, index)
                # Whoever registered it may have given it no name.
                with suppress(OSError), winreg.OpenKey(key, identity) as camera:
                    name = winreg.QueryValueEx(camera, "FriendlyName")[0]
                    found[identity.upper()] = str(name)
    return found


def register_script(
    label: str, filters: Iterable[CameraFilter], registered: Mapping[str, str]
) -> str:
    """Commands that make the camera, for every user and after every restart.

    Args:
        label: its name.
        filters: of this computer.
        registered: cameras of this computer, see `registered_cameras`.

    Raises:
        CameraNameRefused: the shell or Unity Capture would read the name otherwise.
        UnityCaptureTaken: another program uses it under another name, which it would lose.
    """
    require_plain_name(label)
    if registered.get(_UNITY_CAPTURE, label) != label:
        raise UnityCaptureTaken(registered[_UNITY_CAPTURE])
    return "".join(
        f'"{one.registrar}" /s "{one.library}" "/i:UnityCaptureName={label}"\n' for one in filters
    )


def unregister_script(filters: Iterable[CameraFilter]) -> str:
    """Commands that take the camera away; the files of the filters stay."""
    return "".join(f'"{one.registrar}" /s /u "{one.library}"\n' for one in filters)
