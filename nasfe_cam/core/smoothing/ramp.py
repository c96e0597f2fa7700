"""A number that moves to a new target over several frames."""

from __future__ import annotations

import time
from collections.abc import Callable

# Long enough not to pop, short enough to follow a slider under the hand.
TRAVEL_SECONDS = 0.25


class Ramp:
    """A number of 0..1; any thread may set its target, one thread reads it.

    Args:
        value: at the start.
        seconds: from 0 to 1, and from 1 to 0.
        clock: returns monotonic seconds.
    """

    def __init__(
        self,
        value: float,
        seconds: float = TRAVEL_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._value = self.target = value
        self._seconds = seconds
        self._clock = clock
        self._read_at = clock()

    def now(self) -> float:
        """The number at this moment, on its way to `target`."""
        now = self._clock()
        step = (now - self._read_at) / self._seconds
        self._read_at = now
        self._value += max(-step, min(step, self.target - self._value))
        return self._value

    def jump(self) -> None:
        """Be at the target at once."""
        self._value = self.target
