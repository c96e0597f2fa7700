"""Pose and expression of a face in a few numbers, told from its landmarks alone."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.landmark_network import LEFT_EYE, RIGHT_EYE

_NOSE, _CHIN, _BROW = 4, 152, 9
_LEFT_CHEEK, _RIGHT_CHEEK = 234, 454
# Upper and lower lid, then the corners.
_EYES = ((159, 145, 33, 133), (386, 374, 362, 263))
# Inside of the lips, upper and lower, then the corners.
_MOUTH = (13, 14, 61, 291)

WEIGHTS = np.array([4.0, 4.0, 3.0, 4.0, 2.0], np.float32)
"""What a difference counts: turn, nod, open eyes, open mouth, broad mouth."""


def expression_of(landmarks: FloatArray) -> FloatArray:
    """Describe pose and expression.

    Args:
        landmarks: 478 x 2 float32 of an aligned crop.

    Returns:
        5 float32: how far the head is turned and nods, -1..1; how far eyes and mouth are
        open, about 0 to 0.4 and 0 to 1 of their widths; the width of the mouth in distances
        of the eyes. Their weighted differences are `unlikeness`.
    """
    across = landmarks[_RIGHT_CHEEK, 0] - landmarks[_LEFT_CHEEK, 0]
    middle = (landmarks[_RIGHT_CHEEK, 0] + landmarks[_LEFT_CHEEK, 0]) / 2
    down = landmarks[_CHIN, 1] - landmarks[_BROW, 1]
    eyes = [_openness(landmarks, *eye) for eye in _EYES]
    apart = float(np.linalg.norm(landmarks[LEFT_EYE] - landmarks[RIGHT_EYE]))
    upper, lower, left, right = _MOUTH
    return np.array(
        [
            (landmarks[_NOSE, 0] - middle) / max(float(across), 1e-3),
            (landmarks[_NOSE, 1] - landmarks[_BROW, 1]) / max(float(down), 1e-3),
            float(np.mean(eyes)),
            _openness(landmarks, upper, lower, left, right),
            float(np.linalg.norm(landmarks[left] - landmarks[right])) / max(apart, 1e-3),
        ],
        np.float32,
    )


def unlikeness(one: FloatArray, other: FloatArray) -> float:
    """0 for the same pose and expression, about 1 where a photo is of little use."""
    return float(np.linalg.norm((one - other) * WEIGHTS))


def _openness(landmarks: FloatArray, upper: int, lower: int, left: int, right: int) -> float:
    height = float(np.linalg.norm(landmarks[upper] - landmarks[lower]))
    return height / max(float(np.linalg.norm(landmarks[left] - landmarks[right])), 1e-3)
