"""A program that waits ready, to take the place of one that ends or hangs."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

from nasfe_cam.core.back_off import BackOff
from nasfe_cam.processes.heartbeat import is_stopped
from nasfe_cam.sinks.helper_program import HelperProgram

# Ten times what it needs, beside all that the machine does: a spare must never cost the picture.
_LEAST_MEMORY_BYTES = 1 << 30
_LOOK_AGAIN_SECONDS = 10.0
_LOOK_SECONDS = 1.0
# Between two starts, where those that wait end over and over: nobody misses them.
_LONGEST_DELAY = 600.0


class SpareProgram:
    """Keeps one program waiting where memory allows; for one thread.

    Args:
        start: starts a program that reads its input, and ends with it: so it ends with this
            process too. May raise OSError.
    """

    def __init__(self, start: Callable[[], HelperProgram]) -> None:
        self._start = start
        self._waiting: HelperProgram | None = None
        self._back_off = BackOff(_LONGEST_DELAY)
        self._start_at = self._look_at = 0.0

    def keep(self) -> None:
        """Have one waiting; to be called often while all is well."""
        now = time.monotonic()
        if self._waiting is not None:
            if now < self._look_at:
                return
            self._look_at = now + _LOOK_SECONDS
            if _is_ready(self._waiting):
                self._back_off.succeeded()
                return
            self.close()
            self._start_at = now + self._back_off.next_delay()
        if now < self._start_at:
            return
        if psutil.virtual_memory().available < _LEAST_MEMORY_BYTES:
            self._start_at = now + _LOOK_AGAIN_SECONDS
            return
        try:
            self._waiting = self._start()
        except OSError:
            self._start_at = now + self._back_off.next_delay()

    def take(self) -> HelperProgram | None:
        """The one that waits, called; None where there is none."""
        if self._waiting is None:
            return None
        if not _is_ready(self._waiting):
            self.close()
            return None
        taken, self._waiting = self._waiting, None
        taken.call()
        return taken

    def close(self) -> None:
        """End the one that waits."""
        if self._waiting is not None:
            # There is nothing that it would have to finish, and it may hang.
            self._waiting.kill()
            self._waiting.stop()
            self._waiting = None


def _is_ready(program: HelperProgram) -> bool:
    return program.exit_code() is None and not is_stopped(program.process)
