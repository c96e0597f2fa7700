"""A ring of frames in a memory-mapped file: the newest wins, and neither side waits.

One process writes, one reads. Each slot carries a sequence number that is odd
while the slot is being written, so the reader can tell a whole frame from a torn
one without a lock, and a writer that is killed at any instruction leaves
nothing that the reader could wait for. A plain file serves instead of
`multiprocessing.shared_memory`, whose resource tracker deletes the segment when
the first of the two processes dies.
"""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.vcam_host.file_lock import is_locked, try_lock, unlock
from nasfe_cam.vcam_host.replaceable_file import leads_to, remove_replaceable
from nasfe_cam.vcam_host.ring_file import (
    RingError,
    RingInUse,
    RingMissing,
    RingUnreadable,
    create_ring_file,
    open_ring_file,
)
from nasfe_cam.vcam_host.ring_layout import (
    FEEDBACK,
    FEEDBACK_OFFSET,
    HEADER,
    PAGE,
    SLOT,
    SLOT_PIXELS_OFFSET,
    Card,
    Feedback,
    FrameInfo,
    OutputState,
    slot_stride,
)

__all__ = [
    "Card",
    "Feedback",
    "FrameInfo",
    "OutputState",
    "RingError",
    "RingInUse",
    "RingMissing",
    "RingUnreadable",
    "SharedFrames",
]

Image = NDArray[np.uint8]

# Each attempt fails only if the writer laps the whole ring during one copy.
_READ_ATTEMPTS = 3


class SharedFrames:
    """One open ring; made with `create` or `attach`.

    Pictures are height x width x 3, uint8, BGR, 0..255. An instance is used from
    one thread at a time, except `feedback`, `reader_state`, `request_stop` and `stop_requested`,
    which are safe from any.
    """

    def __init__(self, path: Path, descriptor: int, mapping: mmap.mmap, *, writer: bool) -> None:
        """Wrap an open, checked file; use `create` or `attach` instead."""
        self._path = path
        self._descriptor = descriptor
        self._mapping = mapping
        self._writer = writer
        self._header = np.frombuffer(mapping, HEADER, 1)
        self._report = np.frombuffer(mapping, FEEDBACK, 1, FEEDBACK_OFFSET)
        self.width = int(self._header["width"][0])
        self.height = int(self._header["height"][0])
        self._slots = int(self._header["slots"][0])
        stride = slot_stride(self.width, self.height)
        starts = [PAGE + number * stride for number in range(self._slots + len(Card))]
        self._heads = [np.frombuffer(mapping, SLOT, 1, start) for start in starts]
        self._pixels: list[Image] = [
            np.frombuffer(
                mapping, np.uint8, self.height * self.width * 3, start + SLOT_PIXELS_OFFSET
            ).reshape(self.height, self.width, 3)
            for start in starts
        ]
        self._seen = 0
        self._read = (-1, 0)
        self._barrier = threading.Lock()
        self._closing = threading.Lock()

    @classmethod
    def create(cls, path: Path, width: int, height: int, slots: int = 4) -> SharedFrames:
        """Make a new ring file, readable by its owner only, and open it for writing.

        Args:
            path: where; must not exist, its folder must.
            width: picture width in pixels.
            height: picture height in pixels.
            slots: number of frames held, at least 3.

        Raises:
            RingInUse: the file exists already.
            RingError: the file cannot be made, for instance because the disk is full.
        """
        descriptor, mapping = create_ring_file(path, width, height, slots)
        ring = cls(path, descriptor, mapping, writer=True)
        ring.report(Feedback())
        return ring

    @classmethod
    def attach(cls, path: Path, *, writer: bool = False) -> SharedFrames:
        """Open an existing ring, for reading or as the one new writer.

        Raises:
            RingMissing: there is no such file.
            RingUnreadable: not a ring, another version, truncated, or not ours.
            RingInUse: `writer` is asked for and a living process writes already.
        """
        descriptor, mapping = open_ring_file(path, writer=writer)
        return cls(path, descriptor, mapping, writer=writer)

    @property
    def path(self) -> Path:
        """Where the ring file lies."""
        return self._path

    def write(self, image: Image, captured_at: float, index: int) -> None:
        """Publish a frame as the newest; never blocks, copies the pixels once.

        Args:
            image: height x width x 3, uint8, BGR.
            captured_at: `time.monotonic()` seconds of its capture.
            index: number of the picture in the source.

        Raises:
            ValueError: another shape or type than the ring was made for.
        """
        self._check(image)
        self.write_drawn(lambda pixels: np.copyto(pixels, image), captured_at, index)

    def write_drawn(self, draw: Callable[[Image], None], captured_at: float, index: int) -> None:
        """Publish as the newest frame what `draw` puts into the ring, without another copy.

        Args:
            draw: given height x width x 3, uint8, BGR, with any content, to fill; not
                to be kept after the call. What it raises leaves the newest frame as it was.
            captured_at: `time.monotonic()` seconds of its capture.
            index: number of the picture in the source.
        """
        published = int(self._header["published"][0])
        self._fill(published % self._slots, draw, captured_at, index)
        self._order()
        self._header["published"] = published + 1

    def write_card(self, image: Image, card: Card = Card.STARTING) -> None:
        """Set a notice card, which is shown while there are no frames.

        Args:
            image: height x width x 3, uint8, BGR.
            card: which; for those that are not set the first serves.

        Raises:
            ValueError: another shape or type than the ring was made for.
        """
        self._check(image)
        self._fill(self._slots + card, lambda pixels: np.copyto(pixels, image), 0.0, -1)

    def read_newest(self, into: Image) -> FrameInfo | None:
        """Copy the newest frame if it was not read before; never blocks.

        Args:
            into: height x width x 3, uint8; after None its content is undefined,
                so hand in a spare buffer and swap on success.

        Returns:
            None when there is nothing new, or the writer was faster than the copy.
        """
        for _ in range(_READ_ATTEMPTS):
            published = int(self._header["published"][0])
            if published == self._seen:
                return None
            self._order()
            slot = (published - 1) % self._slots
            copied = self._copy(slot, into)
            if copied is not None:
                info, sequence = copied
                self._seen = published
                # A writer that laps the reader fills the slot again before it says so.
                known, self._read = self._read, (slot, sequence)
                return info if self._read != known else None
        return None

    def read_card(self, into: Image, card: Card = Card.STARTING) -> bool:
        """Copy a notice card, or the first where this one is not set.

        Args:
            into: height x width x 3, uint8; after False its content is undefined.
            card: which.

        Returns:
            False when there is no whole card.
        """
        return any(self._copy(self._slots + one, into) is not None for one in (card, Card.STARTING))

    def report(self, feedback: Feedback) -> None:
        """Reader: tell the writer what was shown."""
        record = self._report
        record["process"], record["state"] = feedback.process, feedback.state
        record["frames_shown"] = feedback.frames_shown
        record["cards_shown"] = feedback.cards_shown
        record["last_index"] = feedback.last_index
        record["last_latency"] = feedback.last_latency
        record["reported_at"] = feedback.reported_at
        record["watchers"] = -1 if feedback.watchers is None else feedback.watchers

    def feedback(self) -> Feedback:
        """Writer: what the reader last reported; each number is whole, the set may mix two.

        As before the first report once the ring is closed.
        """
        with self._closing:
            if self._mapping.closed:
                return Feedback()
            # A copy: views into the mapping would keep it from being closed.
            record = self._report[0].copy()
        return Feedback(
            process=int(record["process"]),
            state=OutputState(int(record["state"])),
            frames_shown=int(record["frames_shown"]),
            cards_shown=int(record["cards_shown"]),
            last_index=int(record["last_index"]),
            last_latency=float(record["last_latency"]),
            reported_at=float(record["reported_at"]),
            watchers=None if record["watchers"] < 0 else int(record["watchers"]),
        )

    def reader_state(self) -> OutputState:
        """Writer: what the reader does; a part of `feedback` that costs less."""
        return OutputState(int(self._report["state"][0]))

    def request_stop(self, stop: bool = True) -> None:
        """Writer: ask the reader to end, on every platform the same; or take it back."""
        self._header["stop"] = int(stop)

    @property
    def stop_requested(self) -> bool:
        """Whether the writer asked the reader to end."""
        return bool(self._header["stop"][0])

    def writer_alive(self) -> bool:
        """Reader: whether a process has this ring open for writing."""
        return is_locked(self._descriptor)

    def in_place(self) -> bool:
        """Whether the file is still there under its name, so that others find it."""
        return leads_to(self._path, self._descriptor)

    def successor(self) -> SharedFrames | None:
        """Reader: the ring that was put in the place of this one; None while there is none."""
        if self.in_place():
            return None
        try:
            ring = SharedFrames.attach(self._path)
        except RingError:
            return None
        if (ring.width, ring.height) != (self.width, self.height):
            ring.close()
            return None
        return ring

    def remove_orphan(self) -> None:
        """Last reader: delete the file if nobody writes it; nobody's pictures stay behind."""
        if try_lock(self._descriptor):
            try:
                self._remove()
            finally:
                unlock(self._descriptor)

    def close(self, *, keep_file: bool = False) -> None:
        """Let go of the mapping; a writer also deletes the file unless `keep_file`.

        May be called twice.
        """
        with self._closing:
            if self._mapping.closed:
                return
            # Views hold the mapping open; without them it can be closed.
            del self._header, self._report
            self._heads.clear()
            self._pixels.clear()
            self._mapping.close()
        if self._writer and not keep_file:
            # Before the lock is let go: afterwards it may be the ring of another writer.
            self._remove()
        os.close(self._descriptor)

    def __enter__(self) -> SharedFrames:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _remove(self) -> None:
        if self.in_place():
            with suppress(OSError):
                remove_replaceable(self._path)

    def _check(self, image: Image) -> None:
        shape = (self.height, self.width, 3)
        if image.shape != shape or image.dtype != np.uint8:
            raise ValueError(f"frame of {image.shape} {image.dtype} in a ring of {shape} uint8")

    def _fill(
        self, slot: int, draw: Callable[[Image], None], captured_at: float, index: int
    ) -> None:
        head = self._heads[slot]
        # A slot whose writer was killed is odd already and must become another odd number.
        started = (int(head["sequence"][0]) + 1) | 1
        head["sequence"] = started
        self._order()
        draw(self._pixels[slot])
        head["index"], head["captured_at"] = index, captured_at
        self._order()
        head["sequence"] = started + 1

    def _copy(self, slot: int, into: Image) -> tuple[FrameInfo, int] | None:
        head = self._heads[slot]
        before = int(head["sequence"][0])
        if before == 0 or before % 2:
            return None
        self._order()
        np.copyto(into, self._pixels[slot])
        info = FrameInfo(int(head["index"][0]), float(head["captured_at"][0]))
        self._order()
        return (info, before) if int(head["sequence"][0]) == before else None

    def _order(self) -> None:
        """Keep memory accesses before this call before those after it.

        x86 keeps stores and loads in order by itself, ARM does not. Python has
        no memory barrier, but two critical sections in a row are one: nothing
        may move up past the second lock or down past the first unlock.
        """
        with self._barrier:
            pass
        with self._barrier:
            pass
