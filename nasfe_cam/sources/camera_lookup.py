"""Finds the camera that the user named."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from nasfe_cam.core.errors import CameraForbidden, CameraIsOurOutput, CameraNotFound
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.sources.numbered_cameras import NumberedCamera, numbered_cameras
from nasfe_cam.sources.own_output import is_own_output
from nasfe_cam.sources.v4l2 import (
    Abilities,
    DeviceFolders,
    VideoDevice,
    list_devices,
    query_abilities,
)
from nasfe_cam.sources.webcam import CameraAddress

N = TypeVar("N", VideoDevice, NumberedCamera)


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
    number. 0, the default, is the first camera that gives colour: numbers change with the
    socket, and an infrared camera may be the first. Paths are known on Linux only.

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
        return _find_numbered(wanted, own_label, platform)
    folders = folders or DeviceFolders()
    devices = list_devices(folders)
    if _is_number(wanted) and int(wanted) == 0:
        foreign = [one for one in devices if not is_own_output(one.name, own_label, platform)]
        device = _first_in_colour(foreign, query) or _by_path(folders.nodes / "video0", devices)
    elif _is_number(wanted):
        device = _by_path(folders.nodes / f"video{int(wanted)}", devices)
    elif Path(wanted).is_absolute():
        device = _by_path(Path(wanted), devices)
    else:
        device = _by_name(wanted, own_label, devices, query)
    if device is None:
        raise CameraNotFound(wanted)
    if is_own_output(device.name, own_label, platform):
        raise CameraIsOurOutput(own_label)
    if not os.access(device.path, os.R_OK | os.W_OK):
        raise CameraForbidden(device.name, device.path)
    abilities = query(device.path)
    if abilities is not None and not abilities.capture:
        # The second device of a webcam, which gives data about pictures only.
        raise CameraNotFound(wanted)
    return CameraAddress(device.name, str(device.path))


def _find_numbered(wanted: str, own_label: str, platform: str) -> CameraAddress:
    cameras = numbered_cameras(platform)
    if _is_number(wanted):
        number = int(wanted)
        # The system may know of a camera that it does not list.
        unlisted = NumberedCamera(number, f"Camera {number}", (number,))
        camera = next((one for one in cameras if one.number == number), unlisted)
    else:
        candidates = _candidates(wanted, own_label, cameras, platform)
        if not candidates:
            raise CameraNotFound(wanted)
        camera = candidates[0]
    if is_own_output(camera.name, own_label, platform):
        raise CameraIsOurOutput(own_label)
    return CameraAddress(camera.name, *camera.devices)


def _is_number(wanted: str) -> bool:
    return wanted.isdecimal() and len(wanted) <= 4


def _by_path(path: Path, devices: list[VideoDevice]) -> VideoDevice | None:
    """The device at `path`, which may be a link such as those in /dev/v4l/by-id."""
    if kind_of(path) is FileKind.MISSING:
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
    candidates = _candidates(wanted, own_label, devices, "linux")
    return _first_in_colour(candidates, query) or next(iter(candidates), None)


def _first_in_colour(
    devices: list[VideoDevice], query: Callable[[Path], Abilities | None]
) -> VideoDevice | None:
    """The first that gives colour, else the first that cannot be asked; no infrared camera."""
    unknown: VideoDevice | None = None
    for device in devices:
        abilities = query(device.path)
        if abilities is None:
            unknown = unknown or device
        elif abilities.capture and abilities.colour:
            return device
    return unknown


def _candidates(wanted: str, own_label: str, cameras: list[N], platform: str) -> list[N]:
    """Those that a whole or shortened name may mean; the likeliest first."""
    if not wanted:
        return []
    part = wanted.casefold()
    exact = [camera for camera in cameras if camera.name == wanted]
    similar = [camera for camera in cameras if part in camera.name.casefold()]
    foreign = [one for one in similar if not is_own_output(one.name, own_label, platform)]
    return exact or foreign or similar
