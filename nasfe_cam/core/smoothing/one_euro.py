"""The One-Euro filter: steady at rest, quick in motion."""

from __future__ import annotations

import math

import numpy as np

from nasfe_cam.core.frame import FloatArray

DERIVATIVE_CUTOFF = 1.0


class OneEuroFilter:
    """Casiez, Roussel, Vogel: "1 euro filter", CHI 2012, over an array of any shape.

    Args:
        minimum_cutoff: cutoff at rest, in hertz; lower is steadier.
        speed_coefficient: how much the cutoff rises with speed (per unit/second).
    """

    def __init__(self, minimum_cutoff: float, speed_coefficient: float) -> None:
        self._minimum_cutoff = minimum_cutoff
        self._speed_coefficient = speed_coefficient
        self._value: FloatArray | None = None
        self._speed: FloatArray | None = None
        self._time = 0.0

    def reset(self) -> None:
        """Forget the past; the next value passes unchanged."""
        self._value = self._speed = None

    def filter(self, value: FloatArray, time: float) -> FloatArray:
        """Smooth one sample taken at `time` (seconds, rising); same shape out."""
        if self._value is None or self._speed is None:
            self._value, self._speed, self._time = value, np.zeros_like(value), time
            return value
        elapsed = max(time - self._time, 1e-4)
        self._time = time
        speed = (value - self._value) / elapsed
        self._speed = self._speed + _weight(DERIVATIVE_CUTOFF, elapsed) * (speed - self._speed)
        # One cutoff for all points, from the median speed: points filtered each
        # by itself would move against each other and bend the face.
        cutoff = self._minimum_cutoff + self._speed_coefficient * float(
            np.median(np.abs(self._speed))
        )
        self._value = self._value + _weight(cutoff, elapsed) * (value - self._value)
        return self._value


def _weight(cutoff: float, elapsed: float) -> float:
    rate = 2 * math.pi * cutoff * elapsed
    return rate / (rate + 1)
