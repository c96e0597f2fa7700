"""A clip held in memory as JPEG pictures, played like an MJPG webcam."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.playback_clock import Pacer

# About what MJPG webcams use: 1 to 2 bits per pixel.
QUALITY = 80


def record(images: Iterable[Image]) -> list[NDArray[np.uint8]]:
    """Compress H x W x 3 uint8 BGR pictures for `Recording`."""
    options = [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    return [np.asarray(cv2.imencode(".jpg", image, options)[1], np.uint8) for image in images]


class Recording:
    """A `Source` that plays pictures from memory, over and over.

    Args:
        pictures: from `record`; all of one size.
        fps: pictures per second.
        frames: after so many pictures the stream ends.
        paced: False delivers every picture at once when asked.
    """

    def __init__(
        self, pictures: Sequence[NDArray[np.uint8]], fps: float, frames: int, *, paced: bool = True
    ) -> None:
        self._pictures = pictures
        self._frames = frames
        self._period = 1 / fps
        self._paced = paced
        self._pacer = Pacer(time.monotonic, None)
        self._started_at: float | None = None
        self._index = 0
        height, width = self._decode(0).shape[:2]
        self._description = SourceDescription("recorded clip", width, height, fps, live=True)

    def describe(self) -> SourceDescription:
        return self._description

    def read(self) -> Frame | None:
        """The next picture when it is due; a late reader gets the one that is due by now."""
        if self._paced:
            now = self._pacer.now()
            if self._started_at is None:
                self._started_at = now
            self._index = max(self._index, int((now - self._started_at) / self._period))
        if self._index >= self._frames or self._pacer.stopped:
            return None
        if self._paced and self._started_at is not None:
            self._pacer.wait_until(self._started_at + self._index * self._period)
        captured_at = self._pacer.now()
        frame = Frame(self._decode(self._index % len(self._pictures)), captured_at, self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        self._pacer.stop()

    def _decode(self, number: int) -> Image:
        return np.asarray(cv2.imdecode(self._pictures[number], cv2.IMREAD_COLOR), np.uint8)
