"""Runs long work of the window in a thread, and reports its result in the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from nasfe_cam.core.errors import NasfeError, UnexpectedFault


class Cancelled(Exception):
    """Raised in the thread of a task that was cancelled, by `Task.tell`."""


class Task(QObject):
    """One piece of work; made by `run_in_background`.

    Signals, all in the thread of the window; of the last three exactly one comes:
        told: whatever the work passes to `tell`, such as its progress.
        succeeded: what the work returned.
        failed: the `NasfeError` that it raised, or an `UnexpectedFault`.
        cancelled: it ended because of `cancel`.
    """

    told = pyqtSignal(object)
    succeeded = pyqtSignal(object)
    failed = pyqtSignal(object)
    cancelled = pyqtSignal()
    _ended = pyqtSignal(object, object)

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self.running = True
        self._ended.connect(self._take_end)
        self._thread = threading.Thread(target=self._run, name="window-task", daemon=True)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def cancel(self) -> None:
        """Have the work end at its next `tell`; returns at once."""
        self._cancel.set()

    @property
    def cancel_wanted(self) -> bool:
        """Whether `cancel` was called; for the work to ask."""
        return self._cancel.is_set()

    def tell(self, news: object) -> None:
        """Called by the work, in its thread; raises Cancelled once that is wanted."""
        if self._cancel.is_set():
            raise Cancelled
        self.told.emit(news)

    def wait(self, seconds: float) -> bool:
        """Wait for the thread, at the end of the window; True if it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        result: object = None
        error: object = None
        try:
            result = self._work(self)
        except Cancelled as cancelled:
            error = cancelled
        except NasfeError as known:
            error = known
        except Exception as fault:  # a fault of ours must not end the window
            error = UnexpectedFault.of(fault)
        try:
            self._ended.emit(result, error)
        except RuntimeError:  # the window is gone
            return

    def _take_end(self, result: object, error: object) -> None:
        self.running = False
        if isinstance(error, Cancelled) or self._cancel.is_set():
            self.cancelled.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        self.deleteLater()


def run_in_background(
    parent: QObject,
    work: Callable[[Task], Any],
    succeeded: Callable[[Any], None],
    failed: Callable[[NasfeError], None],
    told: Callable[[Any], None] = lambda news: None,
    cancelled: Callable[[], None] = lambda: None,
) -> Task:
    """Run `work(task)` in a thread of its own; everything else is called in the window's.

    Args:
        parent: the task lives as long as this at most.
        work: may call `task.tell`, which is also where a cancelled task ends.
        succeeded: told what `work` returned.
        failed: told what it raised.
        told: told what it tells.
        cancelled: told that it ended early, as was wanted.
    """
    task = Task(work, parent)
    task.told.connect(told)
    task.succeeded.connect(succeeded)
    task.failed.connect(failed)
    task.cancelled.connect(cancelled)
    task.start()
    return task
