"""The layout of a ring file, and the records read from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

MAGIC = b"NASFERNG"
VERSION = 3
CHANNEL_ORDER = b"BGR"
MINIMUM_SLOTS = 3
PAGE = 4096

HEADER = np.dtype(
    {
        "names": ["magic", "version", "width", "height", "slots", "order", "published", "stop"],
        "formats": ["S8", "u4", "u4", "u4", "u4", "S4", "u8", "u8"],
        # What changes while running lies on its own cache line and on an 8-byte
        # border, where one store is seen whole or not at all.
        "offsets": [0, 8, 12, 16, 20, 24, 64, 128],
        "itemsize": 192,
    }
)

FEEDBACK_OFFSET = 1024
FEEDBACK = np.dtype(
    [
        ("process", "u8"),
        ("state", "u8"),
        ("frames_shown", "u8"),
        ("cards_shown", "u8"),
        ("last_index", "i8"),
        ("last_latency", "f8"),
        ("reported_at", "f8"),
        ("watchers", "i8"),
    ]
)

SLOT = np.dtype([("sequence", "u8"), ("index", "i8"), ("captured_at", "f8")])
SLOT_PIXELS_OFFSET = 64


class Card(IntEnum):
    """The notices for which a ring has room, each shown while there are no frames."""

    STARTING = 0
    """The worker has given no frame yet, or nobody has watched for long."""
    SILENT = 1
    """The worker gives no frames any more, though it lives."""
    GONE = 2
    """There is no worker."""


class OutputState(IntEnum):
    """What the reading program is doing."""

    NOT_STARTED = 0
    SHOWING_FRAMES = 1
    SHOWING_CARD = 2
    CAMERA_LOST = 3
    ENDED = 4
    RESTING = 5
    """Nobody reads the camera, so nothing is sent to it."""


@dataclass(frozen=True, slots=True)
class FrameInfo:
    """What travels with the pixels.

    Attributes:
        index: number of the picture in the source.
        captured_at: `time.monotonic()` seconds; this clock is one for all
            processes of a machine on Linux, Windows and macOS.
    """

    index: int
    captured_at: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the reading program reports back to the worker.

    Attributes:
        process: process number of the reader; 0 before there was one.
        state: what it is doing.
        frames_shown: pictures sent that came from the worker, repeats included.
        cards_shown: notice cards sent.
        last_index: index of the last new frame shown; -1 before the first.
        last_latency: seconds from capture to sending of that frame.
        reported_at: `time.monotonic()` seconds of this report; 0 before the first.
        watchers: programs that read the camera; None, and -1 in the file, where that
            cannot be known.
    """

    process: int = 0
    state: OutputState = OutputState.NOT_STARTED
    frames_shown: int = 0
    cards_shown: int = 0
    last_index: int = -1
    last_latency: float = 0.0
    reported_at: float = 0.0
    watchers: int | None = None

    def alive(self, now: float, patience: float = 10.0) -> bool:
        """Whether a reader reported within `patience` seconds before `now` and has not ended.

        On an emulated machine a healthy reader was seen to be late by more than
        two seconds, so silence alone tells death only after ten; who must know
        sooner looks whether `process` exists.
        """
        running = self.state not in (OutputState.NOT_STARTED, OutputState.ENDED)
        return running and 0 <= now - self.reported_at < patience


def slot_stride(width: int, height: int) -> int:
    """Bytes from one slot to the next: head and pixels, rounded up to whole pages."""
    return -(-(SLOT_PIXELS_OFFSET + width * height * 3) // PAGE) * PAGE


def file_size(width: int, height: int, slots: int) -> int:
    """Bytes of a ring file: one page of heads, the slots, and one more for each card."""
    return PAGE + (slots + len(Card)) * slot_stride(width, height)
