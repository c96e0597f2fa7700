"""The cameras of this machine, for `nasfe-cam devices`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.sources.capture import CaptureFactory, open_capture
from nasfe_cam.sources.v4l2 import (
    Abilities,
    DeviceFolders,
    PixelFormat,
    list_devices,
    query_abilities,
)

_HIGHEST_PROBED_NUMBER = 9


@dataclass(frozen=True, slots=True)
class CameraDescription:
    """One camera.

    Attributes:
        number: for `--source`.
        name: what the system calls it; "Camera N" where it tells no names.
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
    capture_factory: CaptureFactory = open_capture,
    platform: str = sys.platform,
) -> list[CameraDescription]:
    """Every camera by number; an empty list if there is none.

    On Linux no camera is started. Elsewhere the numbers 0 to 9 are opened and
    closed one by one until one is missing, since OpenCV has no other way.
    """
    if platform != "linux":
        return _probe(capture_factory)
    cameras = []
    for device in list_devices(folders or DeviceFolders()):
        abilities = query(device.path) or Abilities(capture=False, formats=())
        cameras.append(
            CameraDescription(
                device.number, device.name, device.path, abilities.capture, abilities.formats
            )
        )
    return cameras


def _probe(capture_factory: CaptureFactory) -> list[CameraDescription]:
    cameras: list[CameraDescription] = []
    for number in range(_HIGHEST_PROBED_NUMBER + 1):
        capture = capture_factory(number)
        try:
            if not capture.isOpened():
                break
        finally:
            capture.release()
        cameras.append(CameraDescription(number, f"Camera {number}", None, capture=True))
    return cameras
