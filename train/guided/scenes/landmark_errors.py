"""Landmarks as they are found live: off, and off in much the same way a moment later."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray
from train.guided.scenes.landmark_bank import load_bank

LEVELS = (0.15, 1.8)
"""How large the errors are against those that were measured on restored dark pictures."""

_KEPT = (0.5, 0.97)
# Of each point for itself, in crops at a level of 1.
_WHITE = 0.001


class LandmarkErrors:
    """The errors of one tracker on one face: an autoregressive walk in the measured errors.

    Args:
        rng: source of randomness, also of all that follows.
        levels: from where the size of the errors is drawn, logarithmically.
    """

    def __init__(self, rng: np.random.Generator, levels: tuple[float, float] = LEVELS) -> None:
        self._rng = rng
        self._mean, self._components = load_bank()
        self._level = float(np.exp(rng.uniform(*np.log(levels))))
        self._kept = rng.uniform(*_KEPT)
        self._state = self._drawn()

    def next(self, landmarks: FloatArray) -> FloatArray:
        """What the tracker finds of 478 x 2 float32 landmarks, 0..1; one frame after the last."""
        fresh = np.sqrt(1 - self._kept**2)
        self._state = [
            self._kept * old + fresh * new
            for old, new in zip(self._state, self._drawn(), strict=True)
        ]
        ways, white = self._state
        off = self._mean + np.tensordot(ways.astype(np.float32), self._components, 1)
        return np.asarray(landmarks + self._level * (off + _WHITE * white), np.float32)

    def _drawn(self) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
        draw = self._rng.standard_normal
        return [draw(len(self._components)), draw((478, 2))]
