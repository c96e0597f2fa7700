"""A still picture, repeated like the frames of a camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from nasfe_cam.core.frame import Frame
from nasfe_cam.image_io.decoding import read_picture
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.playback_clock import Pacer


class PictureSource:
    """Delivers one picture `fps` times a second, for ever.

    Every frame shares one read-only image. A late reader finds the repeats it
    missed as a gap in `Frame.index`.

    Args:
        path: see `read_picture`, which also says what is raised.
        fps: pictures per second.
        clock: returns monotonic seconds.
        sleep: waits seconds; None waits so that `close` can interrupt it.
    """

    def __init__(
        self,
        path: Path,
        *,
        fps: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._image = read_picture(path)
        self._image.setflags(write=False)
        self._pacer = Pacer(clock, sleep)
        self._fps = fps
        self._next_index = 0
        self._started_at: float | None = None
        height, width = self._image.shape[:2]
        self._description = SourceDescription(path.name, width, height, fps, live=False)

    def describe(self) -> SourceDescription:
        return self._description

    def read(self) -> Frame | None:
        """See `Source.read`; ends only when closed."""
        now = self._pacer.now()
        if self._started_at is None:
            self._started_at = now
        newest_due = int((now - self._started_at) * self._fps)
        index = max(self._next_index, newest_due)
        self._pacer.wait_until(self._started_at + index / self._fps)
        if self._pacer.stopped:
            return None
        self._next_index = index + 1
        return Frame(self._image, self._pacer.now(), index)

    def close(self) -> None:
        self._pacer.stop()
