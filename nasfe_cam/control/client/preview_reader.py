"""The newest picture of a running camera, before and after its restoration."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.vcam_host.replaceable_file import file_identity
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames

Image = NDArray[np.uint8]

_BUFFERS = 3
_ATTACH_SECONDS = 0.1
# Without a picture for so long, the ring may have been replaced by another one.
_STALE_SECONDS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class PreviewPair:
    """One moment, twice; the arrays keep their content for the next two calls of `newest`.

    Attributes:
        untouched: H x W x 3 uint8 BGR, C-contiguous: what the camera saw.
        restored: H x W x 3 uint8 BGR, C-contiguous: what the meeting sees.
        captured_at: `time.monotonic()` seconds.
        index: number of the picture in its source; -1 for a notice card.
    """

    untouched: Image
    restored: Image
    captured_at: float
    index: int


class PreviewReader:
    """Reads the ring file of `CameraClient.show_preview`; never waits; for one thread.

    A camera that ends and comes back, or changes the size, is followed by itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ring: SharedFrames | None = None
        self._file: tuple[int, int] | None = None
        self._buffers: list[Image] = []
        self._attach_at = 0.0
        self._checked_at = 0.0

    def newest(self) -> PreviewPair | None:
        """The newest moment if it was not read before; None when there is none."""
        now = time.monotonic()
        ring = self._ring if self._ring is not None else self._attach(now)
        if ring is None:
            return None
        picture = self._buffers[0]
        info = ring.read_newest(picture)
        if info is None:
            if now - self._checked_at > _STALE_SECONDS:
                self._checked_at = now
                if self._file != file_identity(self._path):
                    self.close()
            return None
        self._checked_at = now
        self._buffers.append(self._buffers.pop(0))
        half = picture.shape[0] // 2
        return PreviewPair(picture[:half], picture[half:], info.captured_at, info.index)

    def close(self) -> None:
        """Close the ring; `newest` opens it again."""
        ring, self._ring = self._ring, None
        if ring is not None:
            ring.close()

    def _attach(self, now: float) -> SharedFrames | None:
        if now < self._attach_at:
            return None
        self._attach_at = now + _ATTACH_SECONDS
        # Before attaching: if it is replaced in between, that shows at the next check.
        self._file = file_identity(self._path)
        try:
            self._ring = SharedFrames.attach(self._path)
        except RingError:
            return None
        shape = (self._ring.height, self._ring.width, 3)
        self._buffers = [np.zeros(shape, np.uint8) for _ in range(_BUFFERS)]
        self._checked_at = now
        return self._ring
