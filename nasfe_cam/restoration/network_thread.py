"""Runs the network beside the frames, which go on with what it returned last."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from nasfe_cam.core.reporting import Report
from nasfe_cam.core.stage import Stage

T = TypeVar("T")

_END_SECONDS = 5.0


class NetworkThread(Generic[T]):
    """One run of the network at a time, in a thread that no frame waits for.

    Args:
        report: told what is wrong with the thread; what a run raises comes back from `take`.

    Attributes:
        stage: the thread, for whoever watches that it does not hang.
    """

    def __init__(self, report: Report) -> None:
        self.stage: Stage[tuple[Future[T], Callable[[], T]]] = Stage("network", _fulfil, report)
        self._started = False
        self._under_way: Future[T] | None = None

    @property
    def busy(self) -> bool:
        """Whether the run that began last has not ended."""
        return self._under_way is not None and not self._under_way.done()

    def begin(self, run: Callable[[], T]) -> None:
        """Begin a run, while none is under way; returns at once.

        Args:
            run: calls the network; what it returns or raises is kept for `take`.
        """
        if not self._started:
            self.stage.start()
            self._started = True
        self._under_way = Future()
        self.stage.put((self._under_way, run))

    def take(self) -> T | None:
        """What the run that has ended returned, once; None where there is nothing new.

        Raises:
            Whatever the run raised.
        """
        done = self._under_way
        if done is None or not done.done():
            return None
        self._under_way = None
        return done.result()

    def forget(self) -> None:
        """What the run that has ended returned or raised is not wanted."""
        self._under_way = None

    def close(self) -> None:
        """Let the run under way end; one that hangs is left to its thread."""
        self.stage.end(_END_SECONDS)


def _fulfil(order: tuple[Future[T], Callable[[], T]]) -> None:
    promise, run = order
    try:
        promise.set_result(run())
    except Exception as error:  # for the thread that takes it
        promise.set_exception(error)
