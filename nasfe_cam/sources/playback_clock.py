"""Time for sources: waiting for a moment, and the rate at which things arrive."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class Pacer:
    """A clock to wait by, whose waits end at once when it is stopped.

    Args:
        clock: returns seconds that only grow.
        sleep: waits that many seconds; None waits on the stop signal, so that
            a source can be closed while it waits for its next picture.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._clock = clock
        self._stopping = threading.Event()
        self._sleep = sleep if sleep is not None else self._stopping.wait

    @property
    def stopped(self) -> bool:
        return self._stopping.is_set()

    def now(self) -> float:
        """Seconds on the clock."""
        return self._clock()

    def wait_until(self, moment: float) -> None:
        """Return at `moment` (clock seconds), at once if it has passed, or when stopped."""
        remaining = moment - self._clock()
        if remaining > 0 and not self.stopped:
            self._sleep(remaining)

    def stop(self) -> None:
        """Wake the waiter and make every later wait return at once."""
        self._stopping.set()


class RunningRate:
    """Events per second over the latest `window` events."""

    def __init__(self, window: int = 30) -> None:
        self._moments: deque[float] = deque(maxlen=window)
        self._per_second: float | None = None

    @property
    def per_second(self) -> float | None:
        """The estimate; None until there are enough events to tell."""
        return self._per_second

    def add(self, moment: float) -> None:
        """Count an event at `moment` (clock seconds)."""
        self._moments.append(moment)
        elapsed = self._moments[-1] - self._moments[0]
        # Two or three intervals say more about scheduling jitter than about the camera.
        if len(self._moments) >= 5 and elapsed > 0:
            self._per_second = (len(self._moments) - 1) / elapsed
