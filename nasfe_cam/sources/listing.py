"""The cameras of this machine, for `nasfe-cam devices`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.sources.numbered_cameras import numbered_cameras
from nasfe_cam.sources.v4l2 import (
    Abilities,
    DeviceFolders,
    PixelFormat,
    list_devices,
    query_abilities,
)


@dataclass(frozen=True, slots=True)
class CameraDescription:
    """One camera.

    Attributes:
        number: for `--source`.
        name: what the system calls it.
        path: device file, on Linux.
        capture: it gives pictures; False for the second device of a webcam,
            for a virtual camera that nobody writes to, and for a device that
            could not be asked (no permission).
        formats: pixel formats and sizes, where they can be had without
            starting the camera.
    """

    number: int
    name: str
    path: Path | None
    capture: bool
    formats: tuple[PixelFormat, ...] = ()


def list_cameras(
    folders: DeviceFolders | None = None,
    query: Callable[[Path], Abilities | None] = query_abilities,
    platform: str = sys.platform,
) -> list[CameraDescription]:
    """Every camera by number; an empty list if there is none. No camera is started."""
    if platform != "linux":
        return [
            CameraDescription(camera.number, camera.name, None, capture=True)
            for camera in numbered_cameras(platform)
        ]
    cameras = []
    for device in list_devices(folders or DeviceFolders()):
        abilities = query(device.path) or Abilities(capture=False, formats=())
        cameras.append(
            CameraDescription(
                device.number, device.name, device.path, abilities.capture, abilities.formats
            )
        )
    return cameras
