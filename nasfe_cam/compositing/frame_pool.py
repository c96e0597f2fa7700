"""Frame buffers that are reused, so that the hot path allocates none."""

from __future__ import annotations

import sys

import numpy as np

from nasfe_cam.core.frame import Image

# References to a buffer that nobody else holds: the list, the loop variable and
# the argument of getrefcount.
_OWN_REFERENCES = 3


class FramePool:
    """Hands out pictures of one size that nobody holds any more.

    A new picture of 1280 x 720 costs more in page faults than in arithmetic.
    A frame is let go of when the last stage and output drop it, which Python's
    reference count tells; until then its buffer is not handed out again.
    """

    def __init__(self) -> None:
        self._buffers: list[Image] = []

    def take(self, height: int, width: int) -> Image:
        """A height x width x 3 uint8 picture with any content."""
        self._buffers = [b for b in self._buffers if b.shape == (height, width, 3)]
        for buffer in self._buffers:
            if sys.getrefcount(buffer) <= _OWN_REFERENCES:
                return buffer
        buffer = np.empty((height, width, 3), np.uint8)
        self._buffers.append(buffer)
        return buffer
