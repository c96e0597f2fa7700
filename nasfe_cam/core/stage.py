"""A stage of the pipeline: a thread that takes the newest item and works on it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from nasfe_cam.core.latest_slot import LatestSlot
from nasfe_cam.core.reporting import Report, guarded

T = TypeVar("T")

_TICK = 0.2
_REMEMBERED = 64


class Stage(Generic[T]):
    """Works on items of its inbox, one at a time, until the stream ends.

    Args:
        name: of the thread.
        work: called for every item taken; what it raises is reported, and the
            stage goes on with the next item.
        report: told every failure.
        at_end: called once in the stage's thread, after the last item.
        at_start: called once in the stage's thread, before the first item.
        lossless: `put` waits for a free inbox instead of replacing what is in it.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[T], None],
        report: Report,
        at_end: Callable[[], None] | None = None,
        *,
        at_start: Callable[[], None] | None = None,
        lossless: bool = False,
    ) -> None:
        self._inbox: LatestSlot[T] = LatestSlot()
        self._work = work
        self._report = guarded(report)
        self._at_end = at_end
        self._at_start = at_start
        self._lossless = lossless
        self._ending = threading.Event()
        self._busy_since: float | None = None
        self._durations: deque[float] = deque(maxlen=_REMEMBERED)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def name(self) -> str:
        """Of the thread."""
        return self._thread.name

    @property
    def dropped(self) -> int:
        """Items replaced by newer ones before the stage took them."""
        return self._inbox.dropped

    def busy_for(self) -> float:
        """Seconds for which it has worked on the item that it has now; 0 between items."""
        since = self._busy_since
        return 0.0 if since is None else time.monotonic() - since

    def longest_seconds(self) -> float:
        """What the slowest of the last items took; 0 before the first was done."""
        return max(list(self._durations), default=0.0)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def put(self, item: T) -> None:
        """Hand the newest item over."""
        if self._lossless:
            while not self._inbox.wait_until_empty(_TICK) and not self._ending.is_set():
                pass
        self._inbox.put(item)

    def end(self, timeout: float) -> None:
        """No more items will come: finish the one that waits; wait at most `timeout` seconds."""
        self._ending.set()
        self._inbox.close()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _run(self) -> None:
        self._do(self._at_start)
        while True:
            item = self._inbox.take()
            if item is None:
                if self._ending.is_set():
                    break
                continue
            self._busy_since = began = time.monotonic()
            try:
                self._work(item)
            except Exception as error:  # one bad frame must not end the stream
                self._report(error)
            finally:
                self._busy_since = None
                self._durations.append(time.monotonic() - began)
        self._do(self._at_end)

    def _do(self, task: Callable[[], None] | None) -> None:
        if task is not None:
            try:
                task()
            except Exception as error:
                self._report(error)
