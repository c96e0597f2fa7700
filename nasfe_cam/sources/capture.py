"""The part of OpenCV's VideoCapture that is used here, and how it is opened."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Protocol

import cv2
from numpy.typing import NDArray


class Capture(Protocol):
    """`cv2.VideoCapture`, as far as it is used; tests put their own in its place."""

    def isOpened(self) -> bool: ...

    def set(self, propId: int, value: float, /) -> bool: ...

    def get(self, propId: int, /) -> float: ...

    def read(self) -> tuple[bool, NDArray[Any] | None]: ...

    def release(self) -> None: ...


CaptureFactory = Callable[[int | str], Capture]
"""Opens a camera by number or device path; a failure is one that is not opened."""


def camera_interface(platform: str = sys.platform) -> int:
    """OpenCV's number of the system's camera interface.

    A camera has another number in each of them, so cameras are listed and opened with
    the same one. On Windows it is DirectShow, the one that lists every camera; the newer
    Media Foundation opens those better that it knows (`media_foundation_device`).
    """
    interfaces = {
        "linux": cv2.CAP_V4L2,
        "win32": cv2.CAP_DSHOW,
        "darwin": cv2.CAP_AVFOUNDATION,
    }
    return interfaces.get(platform, cv2.CAP_ANY)


def media_foundation_device(number: int) -> int:
    """What `open_capture` takes for a camera's number in Windows' newer camera interface."""
    # OpenCV reads such a sum as the interface and the number in it.
    return int(cv2.CAP_MSMF) + number


def open_capture(device: int | str) -> Capture:
    """Open a camera with the system's own camera interface, and with no chatter.

    OpenCV logs every number without a camera on stderr; each failure is
    reported by this program in its own words, so its log is turned off.
    """
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    # Without a fixed interface OpenCV tries others with a path, as a file or a network address.
    says_it = isinstance(device, int) and device >= cv2.CAP_MSMF
    capture: Capture = cv2.VideoCapture(device, cv2.CAP_ANY if says_it else camera_interface())
    return capture
