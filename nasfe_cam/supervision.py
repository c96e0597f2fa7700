"""Keeps a resource alive: makes it in the background, and again after it failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

FIRST_DELAY = 0.5
LONGEST_DELAY = 10.0


class Closable(Protocol):
    """Anything that holds a resource."""

    def close(self) -> None: ...


R = TypeVar("R", bound=Closable)


class BackOff:
    """Delays between attempts: 0.5 s, doubling up to 10 s, back to 0.5 s after a success."""

    def __init__(self) -> None:
        self._delay = FIRST_DELAY

    def next_delay(self) -> float:
        """Seconds to wait before the next attempt."""
        delay, self._delay = self._delay, min(self._delay * 2, LONGEST_DELAY)
        return delay

    def succeeded(self) -> None:
        """Start again from the shortest delay."""
        self._delay = FIRST_DELAY


class Supervised(Generic[R]):
    """Owns a resource that may fail; stages only use it and report failure.

    Args:
        make: builds the resource; may take long and may raise.
        report: told every failure, from any thread.
    """

    def __init__(
        self, make: Callable[[], R], report: Callable[[Exception], None], name: str
    ) -> None:
        self._make = make
        self._report = report
        self._name = name
        self._resource: R | None = None
        self._back_off = BackOff()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._maker = self._start_making(delay=0.0)

    def get(self) -> R | None:
        """The resource, or None while it is being made."""
        return self._resource

    def failed(self, error: Exception) -> None:
        """The resource raised: drop it and make a new one after the back-off delay."""
        with self._lock:
            broken, self._resource = self._resource, None
            if broken is None or self._stopping.is_set():
                return
        self._report(error)
        broken.close()
        self._maker = self._start_making(self._back_off.next_delay())

    def succeeded(self) -> None:
        """The resource has done its work: the next failure starts with the shortest delay."""
        self._back_off.succeeded()

    def close(self) -> None:
        """Stop making and free the resource; waits for an attempt under way."""
        self._stopping.set()
        self._maker.join()
        with self._lock:
            resource, self._resource = self._resource, None
        if resource is not None:
            resource.close()

    def _start_making(self, delay: float) -> threading.Thread:
        thread = threading.Thread(target=self._keep_making, args=(delay,), name=self._name)
        thread.daemon = True
        thread.start()
        return thread

    def _keep_making(self, delay: float) -> None:
        while not self._stopping.wait(delay):
            try:
                resource = self._make()
            except Exception as error:  # whatever it is, the meeting goes on
                self._report(error)
                delay = self._back_off.next_delay()
                continue
            with self._lock:
                self._resource = resource
            return
