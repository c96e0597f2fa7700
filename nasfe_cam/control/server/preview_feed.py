"""The camera's side of the preview: writes both pictures of a moment into a shared ring."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import cv2

from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.core.stage import Stage
from nasfe_cam.pipeline.pipeline import FrameTaker
from nasfe_cam.vcam_host.replaceable_file import remove_replaceable
from nasfe_cam.vcam_host.shared_frames import RingError, RingInUse, SharedFrames

# Enough for a window on a large screen; larger pictures only cost more.
LARGEST_PREVIEW = (1280, 720)
_SLOTS = 3
_END_SECONDS = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    untouched: Frame
    restored: Frame


class PreviewFeed:
    """Writes while at least one viewer looks; nothing is copied, and no ring exists, otherwise.

    A picture of the ring holds the untouched frame above and the restored frame
    below, so that a reader never sees two moments at once.

    Args:
        path: of the ring file.
        width: of the frames, in pixels; the preview is smaller where they are large.
        height: of the frames, in pixels.
        connect: called with a function that takes every frame before and after its
            restoration, and with None when nobody looks any more.
        report: told every failure while writing.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        connect: Callable[[FrameTaker | None], None],
        report: Callable[[Exception], None],
    ) -> None:
        scale = min(1.0, LARGEST_PREVIEW[0] / width, LARGEST_PREVIEW[1] / height)
        self._size = (max(1, round(width * scale)), max(1, round(height * scale)))
        self._path = path
        self._connect = connect
        self._report = report
        self._lock = threading.Lock()
        self._viewers: set[Hashable] = set()
        self._stage: Stage[_Moment] | None = None
        self._ring: SharedFrames | None = None

    @property
    def viewers(self) -> int:
        """How many look."""
        return len(self._viewers)

    def show_to(self, viewer: Hashable) -> Path:
        """Begin to show the preview to this viewer.

        Returns:
            The ring file.

        Raises:
            RingError: it cannot be made, for instance because the disk is full.
        """
        with self._lock:
            if self._ring is not None and not self._ring.in_place():
                # Its file was removed: this viewer would not find it.
                self._end()
            if self._stage is None:
                self._ring = self._open_ring()
                self._stage = self._start(self._ring)
            self._viewers.add(viewer)
            return self._path

    def hide_from(self, viewer: Hashable) -> None:
        """This viewer looks no more; with the last one the ring goes away."""
        with self._lock:
            self._viewers.discard(viewer)
            if not self._viewers:
                self._end()

    def _end(self) -> None:
        if self._stage is not None:
            self._connect(None)
            self._stage.end(_END_SECONDS)
        self._stage = self._ring = None

    def _start(self, ring: SharedFrames) -> Stage[_Moment]:
        stage: Stage[_Moment] = Stage(
            "preview", lambda moment: self._write(ring, moment), self._report, ring.close
        )
        stage.start()
        self._connect(lambda untouched, restored: stage.put(_Moment(untouched, restored)))
        return stage

    def _write(self, ring: SharedFrames, moment: _Moment) -> None:
        def draw(pixels: Image) -> None:
            height = self._size[1]
            _fit_into(moment.untouched.image, pixels[:height])
            _fit_into(moment.restored.image, pixels[height:])

        ring.write_drawn(draw, moment.untouched.captured_at, moment.untouched.index)

    def _open_ring(self) -> SharedFrames:
        """A new ring, or the one of a camera that was killed, whose readers go on reading."""
        width, height = self._size[0], 2 * self._size[1]
        try:
            return SharedFrames.create(self._path, width, height, _SLOTS)
        except RingInUse:
            pass
        try:
            ring = SharedFrames.attach(self._path, writer=True)
            if (ring.width, ring.height) == (width, height):
                return ring
            ring.close()
        except RingError:
            with suppress(OSError):
                remove_replaceable(self._path)
        return SharedFrames.create(self._path, width, height, _SLOTS)


def _fit_into(image: Image, out: Image) -> None:
    if image.shape == out.shape:
        out[...] = image
    else:
        cv2.resize(image, (out.shape[1], out.shape[0]), dst=out, interpolation=cv2.INTER_AREA)
