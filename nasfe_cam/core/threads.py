"""Threads: their priority, and those whose end would go unnoticed."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from nasfe_cam.core.reporting import Report, guarded

BACKGROUND_NICENESS = 10
RESTART_SECONDS = 1.0
"""How long a lasting thread waits after a fault."""


def lower_priority() -> None:
    """Lower the priority of the calling thread; threads that it starts inherit it.

    On Linux priority belongs to threads; elsewhere to processes, where lowering
    it would slow the picture down, so nothing is done there.
    """
    if sys.platform == "linux":
        # Forbidden only in sandboxes; the picture is right without it.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICENESS)


def lasting_thread(
    name: str, work: Callable[[], None], stopping: threading.Event, report: Report | None = None
) -> threading.Thread:
    """A daemon thread, not started yet, that runs `work` again when a fault of ours ended it.

    Args:
        name: of the thread.
        work: returns when `stopping` is set; what it raises is reported, and it is called again.
        stopping: ends the thread.
        report: told every fault; None where nobody can be told.
    """
    tell = guarded(report) if report is not None else None

    def run() -> None:
        while not stopping.is_set():
            try:
                work()
                return
            except Exception as error:  # whatever it is, what the thread serves goes on
                if tell is not None:
                    tell(error)
                stopping.wait(RESTART_SECONDS)

    return threading.Thread(target=run, name=name, daemon=True)
