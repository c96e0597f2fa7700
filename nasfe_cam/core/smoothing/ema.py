"""An array that changes slowly: the exponential mean over time."""

from __future__ import annotations

import math

from nasfe_cam.core.frame import FloatArray


class ExponentialMean:
    """The mean of the arrays so far, in which older ones count exponentially less.

    Args:
        seconds: time constant; what came in so long ago counts 1 / e of what comes now.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._value: FloatArray | None = None
        self._time = 0.0

    def reset(self) -> None:
        """Forget the past."""
        self._value = None

    def add(self, value: FloatArray, time: float) -> FloatArray:
        """Take in a float32 array of `time` (seconds); the mean, which begins at the first."""
        if self._value is None:
            self._value = value
        else:
            weight = 1 - math.exp(-max(0.0, time - self._time) / self._seconds)
            self._value = self._value + weight * (value - self._value)
        self._time = time
        return self._value
