"""How long to wait before something that failed is tried again."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST_DELAY = 0.5
LONGEST_DELAY = 10.0
HEALTHY_SECONDS = 10.0
"""What worked for so long did not fail because of how it was started."""


class BackOff:
    """Delays between attempts: 0.5 s, doubling, and 0.5 s again after ten seconds of health.

    What works for a moment and fails again, over and over, is tried ever more seldom.

    Args:
        longest: delay, in seconds.
        clock: returns monotonic seconds.
    """

    def __init__(
        self, longest: float = LONGEST_DELAY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._longest = longest
        self._clock = clock
        self._delay = FIRST_DELAY
        self._healthy_since: float | None = None

    def next_delay(self) -> float:
        """It failed: seconds to wait before the next attempt."""
        since, self._healthy_since = self._healthy_since, None
        if since is not None and self._clock() - since >= HEALTHY_SECONDS:
            self._delay = FIRST_DELAY
        delay, self._delay = self._delay, min(self._delay * 2, self._longest)
        return delay

    def succeeded(self) -> None:
        """It works; to be told again and again, or once where it then works until it fails."""
        if self._healthy_since is None:
            self._healthy_since = self._clock()

    def start_again(self) -> None:
        """Begin with the shortest delay: it is known to have been healthy."""
        self._delay = FIRST_DELAY
