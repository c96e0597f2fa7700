"""Moves the landmarks of a still photo as if its head moved: all together, and smoothly."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray

LEVELS = (0.002, 0.012)
"""Size of the movement in crops: 0.35 to 2.1 pixels of 176."""

# How much of it is left in the next frame; shares that shift, turn and bend the face.
_KEPT = (0.3, 0.95)
_SHIFT, _TURN, _BEND = 0.6, 1.5, 0.5


class Movement:
    """An autoregressive walk of shift, turn, scale and bend.

    Args:
        rng: source of randomness, also of all that follows.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._level = float(np.exp(rng.uniform(*np.log(LEVELS))))
        self._kept = rng.uniform(*_KEPT)
        self._state = self._drawn()

    def next(self, landmarks: FloatArray) -> FloatArray:
        """478 x 2 float32 landmarks, 0..1, one frame later."""
        fresh = np.sqrt(1 - self._kept**2)
        self._state = [
            self._kept * old + fresh * new
            for old, new in zip(self._state, self._drawn(), strict=True)
        ]
        shift, turn, bend = self._state
        centred = (landmarks - landmarks.mean(0)).astype(np.float64)
        x, y = centred.T / 0.25
        # Turn and scale in two numbers, as a complex factor; bending in the quadratic terms.
        turned = np.stack([turn[0] * x - turn[1] * y, turn[1] * x + turn[0] * y], axis=1) * 0.25
        bent = np.stack([x * x, x * y, y * y], axis=1) @ bend
        way = _SHIFT * shift + _TURN * turned + _BEND * bent
        return np.asarray(landmarks + self._level * way, np.float32)

    def _drawn(self) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
        draw = self._rng.standard_normal
        return [draw(2), draw(2), draw((3, 2))]
