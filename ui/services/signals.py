"""Signals of the system, told to Qt at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PyQt6.QtCore import QObject, QSocketNotifier, QTimer

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_PULSE_MILLISECONDS = 500


class EndSignals(QObject):
    """Calls a function when the program is asked to end.

    Python runs its handlers only between two of its own instructions, of which there are none
    while Qt waits. So the C part of Python's handler writes to a pipe, which wakes Qt up.

    Args:
        end: called in the thread of the window.
    """

    def __init__(self, end: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        for name in _NAMES:
            if hasattr(signal, name):  # Windows has no SIGHUP
                signal.signal(getattr(signal, name), lambda *_: end())
        if sys.platform == "win32":
            # It knows only Ctrl+C, and a wake-up there would be a network socket.
            self._pulse = QTimer(self)
            self._pulse.timeout.connect(lambda: None)
            self._pulse.start(_PULSE_MILLISECONDS)
            return
        self._read, self._write = os.pipe()
        for descriptor in (self._read, self._write):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)  # type: ignore[call-overload]
        # Python calls `end` as soon as it gets to run, which is here.
        self._notifier.activated.connect(lambda: os.read(self._read, 64))
