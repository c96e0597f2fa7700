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


def open_capture(device: int | str) -> Capture:
    """Open a camera with the system's own camera interface, and with no chatter.

    OpenCV logs every number without a camera on stderr; each failure is
    reported by this program in its own words, so its log is turned off.
    """
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    # Without a fixed interface OpenCV tries others with a path, as a file or a network address.
    backend = cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY
    capture: Capture = cv2.VideoCapture(device, backend)
    return capture
