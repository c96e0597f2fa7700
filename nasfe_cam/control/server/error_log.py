"""The last errors of a running camera, for programs that ask later."""

from __future__ import annotations

import threading
from collections import deque

from nasfe_cam.control.protocol.error_record import record_of
from nasfe_cam.control.protocol.messages import ErrorRecord

_KEPT = 20


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
