"""The last errors of a running camera, for whoever asks later."""

from __future__ import annotations

import threading
import time
from collections import deque

from nasfe_cam.control.messages import ErrorRecord

_KEPT = 20
_LONGEST_TEXT = 500


class ErrorLog:
    """Keeps the last 20 errors; any thread may add and read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: deque[ErrorRecord] = deque(maxlen=_KEPT)

    def add(self, error: Exception) -> ErrorRecord:
        """Keep an error, with the time of now."""
        record = record_of(error)
        with self._lock:
            self._records.appendleft(record)
        return record

    def newest_first(self) -> tuple[ErrorRecord, ...]:
        """The errors that are kept."""
        with self._lock:
            return tuple(self._records)


def record_of(error: Exception) -> ErrorRecord:
    """An error that happened now, as it travels in messages."""
    text = " ".join(str(error).split()) or type(error).__name__
    return ErrorRecord(at=time.time(), error=type(error).__name__, text=text[:_LONGEST_TEXT])
