"""From what the user wrote to the camera that is meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from nasfe_cam.errors import CameraForbidden, CameraIsOurOutput, CameraNotFound
from nasfe_cam.sources.v4l2 import (
    Abilities,
    DeviceFolders,
    VideoDevice,
    list_devices,
    query_abilities,
)
from nasfe_cam.sources.webcam import CameraAddress

_KERNEL_LABEL_CHARACTERS = 31


def find_camera(
    wanted: str,
    own_label: str,
    *,
    folders: DeviceFolders | None = None,
    query: Callable[[Path], Abilities | None] = query_abilities,
    platform: str = sys.platform,
) -> CameraAddress:
    """Find a camera by number, device path or name; nothing is started.

    A name may be shortened ("c920"); the whole name wins, then the lowest
    number. Names and paths are known on Linux only: elsewhere a camera goes by
    its number, and the own virtual camera cannot be told from a real one.

    Args:
        wanted: number, path or name.
        own_label: name of the virtual camera that this program writes to.
        folders: where the devices are; None for those of this machine.
        query: asks a device what it can do.
        platform: `sys.platform`.

    Raises:
        CameraNotFound: no such camera, or the device gives no pictures.
        CameraIsOurOutput: it is the own virtual camera (the picture would feed on itself).
        CameraForbidden: the device may not be opened by this user.
    """
    wanted = wanted.strip()
    if platform != "linux":
        if not _is_number(wanted):
            raise CameraNotFound(wanted)
        return CameraAddress(f"Camera {int(wanted)}", int(wanted))
    folders = folders or DeviceFolders()
    devices = list_devices(folders)
    if _is_number(wanted):
        device = _by_path(folders.nodes / f"video{int(wanted)}", devices)
    elif Path(wanted).is_absolute():
        device = _by_path(Path(wanted), devices)
    else:
        device = _by_name(wanted, own_label, devices, query)
    if device is None:
        raise CameraNotFound(wanted)
    if _is_own(device, own_label):
        raise CameraIsOurOutput(own_label)
    if not os.access(device.path, os.R_OK | os.W_OK):
        raise CameraForbidden(device.name, device.path)
    abilities = query(device.path)
    if abilities is not None and not abilities.capture:
        # The second device of a webcam, which gives data about pictures only.
        raise CameraNotFound(wanted)
    return CameraAddress(device.name, str(device.path))


def _is_number(wanted: str) -> bool:
    return wanted.isdecimal() and len(wanted) <= 4


def _by_path(path: Path, devices: list[VideoDevice]) -> VideoDevice | None:
    """The device at `path`, which may be a link such as those in /dev/v4l/by-id."""
    if not path.exists():
        return None
    real = path.resolve()
    for device in devices:
        if device.path.resolve() == real:
            return device
    number = real.name.removeprefix("video")
    # A container may show the device file without the folder of names.
    return VideoDevice(int(number), real.name, real) if number.isdecimal() else None


def _by_name(
    wanted: str,
    own_label: str,
    devices: list[VideoDevice],
    query: Callable[[Path], Abilities | None],
) -> VideoDevice | None:
    if not wanted:
        return None
    part = wanted.casefold()
    exact = [device for device in devices if device.name == wanted]
    similar = [device for device in devices if part in device.name.casefold()]
    foreign = [device for device in similar if not _is_own(device, own_label)]
    candidates = exact or foreign or similar
    for device in candidates:
        abilities = query(device.path)
        if abilities is not None and abilities.capture:
            return device
    return candidates[0] if candidates else None


def _is_own(device: VideoDevice, own_label: str) -> bool:
    return device.name == own_label[:_KERNEL_LABEL_CHARACTERS].strip()
