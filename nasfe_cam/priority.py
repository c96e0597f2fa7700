"""Lets a thread work in the background only."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

BACKGROUND_NICENESS = 10


def run_in_background() -> None:
    """Lower the priority of the calling thread; threads that it starts inherit it.

    On Linux priority belongs to threads; elsewhere to processes, where lowering
    it would slow the picture down, so nothing is done there.
    """
    if sys.platform == "linux":
        # Forbidden only in sandboxes; the picture is right without it.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND_NICENESS)
