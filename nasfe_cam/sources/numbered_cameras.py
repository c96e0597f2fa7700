"""The cameras of Windows and macOS, which OpenCV opens by number."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import cv2

from nasfe_cam.sources.capture import camera_interface, media_foundation_device


@dataclass(frozen=True, slots=True)
class NumberedCamera:
    """One camera.

    Attributes:
        number: by which the user may name it.
        name: what the system calls it.
        devices: what OpenCV opens, the best first.
    """

    number: int
    name: str
    devices: tuple[int, ...]


def numbered_cameras(platform: str = sys.platform) -> list[NumberedCamera]:
    """The cameras by number; none is started.

    Windows knows most webcams twice, through Media Foundation and through DirectShow; each
    is one camera here. A virtual camera may be known to one of them only.

    Empty as well where the system cannot be asked: a number can be tried all the same.
    """
    found = _enumerated(camera_interface(platform))
    if platform != "win32":
        return [NumberedCamera(one.index, one.name, (one.index,)) for one in found]
    # Media Foundation is asked only where it knows a camera: what it leaves behind otherwise is
    # not initialised, and the library that asks crashed over it (seen under Wine).
    hardware = any(_is_device(one) for one in found)
    modern = {_identity(one): one for one in _enumerated(cv2.CAP_MSMF)} if hardware else {}
    cameras = []
    for one in found:
        same = modern.pop(_identity(one), None)
        first = () if same is None else (media_foundation_device(same.index),)
        cameras.append(NumberedCamera(one.index, one.name, (*first, one.index)))
    for number, one in enumerate(modern.values(), len(cameras)):
        cameras.append(NumberedCamera(number, one.name, (media_foundation_device(one.index),)))
    return cameras


def _enumerated(interface: int) -> list[Any]:
    try:
        # Not installed on Linux, where V4L2 tells more.
        from cv2_enumerate_cameras import enumerate_cameras

        return list(enumerate_cameras(interface))
    except (ImportError, OSError, RuntimeError):
        return []


def _is_device(camera: Any) -> bool:
    """Whether there is a device behind the camera, and not a filter that a program registered."""
    return "#{" in (camera.path or "")


def _identity(camera: Any) -> str:
    """The same for one camera in both interfaces of Windows, and for no two cameras."""
    if not _is_device(camera):
        return f"{camera.backend}:{camera.index}"
    # "\\\\?\\usb#vid_046d&pid_0825&mi_00#7&1f&0&0000#{class of the interface}\\global"
    return str(camera.path).rpartition("#{")[0].casefold()
