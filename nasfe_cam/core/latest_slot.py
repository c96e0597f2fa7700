"""A one-item queue between two threads, in which the newest item replaces an older one."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds at most one item; putting into a full slot replaces it and counts a drop.

    Latency stays bounded by design: a slow consumer sees fewer items, never
    older ones.
    """

    def __init__(self) -> None:
        self._item: T | None = None
        self._condition = threading.Condition()
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many items were replaced before anybody took them."""
        return self._dropped

    def put(self, item: T) -> None:
        """Store `item`; never blocks."""
        with self._condition:
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._condition.notify()

    def take(self, timeout: float | None = None) -> T | None:
        """Remove and return the item, waiting at most `timeout` seconds; None if there is none.

        Without a timeout it waits until there is one, or the slot is closed.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._item is not None or self._closed, timeout)
            item, self._item = self._item, None
            self._condition.notify_all()
            return item

    def wait_until_empty(self, timeout: float) -> bool:
        """Wait until the item was taken; for sources that must not drop (file to file)."""
        with self._condition:
            return self._condition.wait_for(lambda: self._item is None or self._closed, timeout)

    def close(self) -> None:
        """Wake every waiter; later `take` calls return at once."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
