"""In place of pyvirtualcam's module of this name: writes pictures into a plain file.

The real one asks the kernel whether the device is a video output, which a file is not.
"""

from __future__ import annotations

import os
from typing import Any


class Camera:
    """A backend as pyvirtualcam describes it."""

    def __init__(self, *, device: str, **_format: Any) -> None:
        self._name = device
        self._descriptor = os.open(device, os.O_RDWR)

    def send(self, frame: Any) -> None:
        """Replace the picture."""
        os.pwrite(self._descriptor, memoryview(frame), 0)

    def close(self) -> None:
        """Let go of the device."""
        os.close(self._descriptor)

    def device(self) -> str:
        """The device file."""
        return self._name

    def native_fourcc(self) -> int | None:
        """Whatever comes."""
        return None
