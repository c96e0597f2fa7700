"""Whether something that runs is alive: how long it has given no sign of life."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

# Between two looks no more counts as silence: a program that is looked at seldom, or a
# machine that stood still or slept, says nothing about whom it looks at.
_LONGEST_LOOK_SECONDS = 1.0


class Heartbeat:
    """Counts the seconds for which a sign of life has not changed; for one thread.

    Args:
        clock: returns monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sign: object = None
        self._looked_at = clock()
        self._silent = 0.0

    def silent_for(self, sign: object) -> float:
        """Look at the newest sign, to be called often.

        Args:
            sign: anything that changes while the other side lives, such as the time of its
                last report.

        Returns:
            Seconds for which it was looked at and has not changed.
        """
        now = self._clock()
        since, self._looked_at = now - self._looked_at, now
        if sign != self._sign:
            self._sign, self._silent = sign, 0.0
        else:
            self._silent += min(since, _LONGEST_LOOK_SECONDS)
        return self._silent

    def begin_anew(self) -> None:
        """Forget the silence so far: there is something else to look at."""
        self._looked_at = self._clock()
        self._sign, self._silent = None, 0.0


def is_stopped(process: int) -> bool:
    """Whether a program was halted from outside, such as by SIGSTOP, and not just busy."""
    try:
        return bool(psutil.Process(process).status() == psutil.STATUS_STOPPED)
    except psutil.Error:
        return False


def processor_time(process: int) -> float | None:
    """Seconds of processor time that a program has used; None where it is gone."""
    try:
        times = psutil.Process(process).cpu_times()
    except psutil.Error:
        return None
    return float(times.user + times.system)
