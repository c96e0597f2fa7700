"""Keeps a resource alive: creates it in the background, and again after it failed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from nasfe_cam.core.back_off import BackOff
from nasfe_cam.core.reporting import Report, guarded


class Closable(Protocol):
    """Anything that holds a resource."""

    def close(self) -> None: ...


R = TypeVar("R", bound=Closable)
R_co = TypeVar("R_co", bound=Closable, covariant=True)


class Held(Protocol[R_co]):
    """A resource as those see it who use it and report how it went."""

    def get(self) -> R_co | None:
        """The resource, or None while it is being made."""

    def failed(self, error: Exception) -> None:
        """The resource raised."""

    def succeeded(self) -> None:
        """The resource has done its work."""

    def wait_until_tried(self) -> None:
        """Wait until it is made, or the first attempt has failed."""

    def close(self) -> None:
        """Free the resource."""


class Required(Generic[R]):
    """A resource that is made at once and whose failures are raised: nothing goes on without it.

    Args:
        make: builds the resource.

    Raises:
        Whatever `make` raises.
    """

    def __init__(self, make: Callable[[], R]) -> None:
        self._resource = make()

    def get(self) -> R | None:
        """The resource."""
        return self._resource

    def failed(self, error: Exception) -> None:
        """Raise what the resource raised."""
        raise error

    def succeeded(self) -> None:
        """There is nothing to do."""

    def wait_until_tried(self) -> None:
        """It is made."""

    def close(self) -> None:
        """Free the resource."""
        self._resource.close()


class Supervised(Generic[R]):
    """Owns a resource that may fail; stages only use it and report failure.

    Args:
        make: builds the resource; may take long and may raise.
        report: told every failure, from any thread.
    """

    def __init__(self, make: Callable[[], R], report: Report, name: str) -> None:
        self._make = make
        self._report = guarded(report)
        self._name = name
        self._resource: R | None = None
        self._back_off = BackOff()
        self._stopping = threading.Event()
        self._tried = threading.Event()
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
        try:
            broken.close()
        except Exception as fault:  # what is broken may not even let go
            self._report(fault)
        self._maker = self._start_making(self._back_off.next_delay())

    def succeeded(self) -> None:
        """The resource has done its work: the next failure starts with the shortest delay."""
        self._back_off.succeeded()

    def wait_until_tried(self) -> None:
        """Wait until it is made, or the first attempt has failed."""
        self._tried.wait()

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
                self._tried.set()
                delay = self._back_off.next_delay()
                continue
            with self._lock:
                self._resource = resource
            self._tried.set()
            return
        self._tried.set()
