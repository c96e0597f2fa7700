"""MS-SSIM: structural similarity over scales.

Wang, Simoncelli and Bovik, "Multi-scale structural similarity for image quality assessment"
(2003), eq. 7, with their weights. The windows are those of the tables' SSIM, 7 x 7 and all
pixels alike, as a face of 176 x 144 is 9 pixels wide at the fifth scale: their Gaussian of 11 does
not fit.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
WINDOW = 7

_C1, _C2 = 0.01**2, 0.03**2

Array = NDArray[np.float64]


def ms_ssim(clean: FloatArray, restored: FloatArray) -> float | None:
    """Similarity of two pictures, 1 for equal ones; None where they are too small.

    Args:
        clean, restored: H x W x 3 float32, RGB, 0..1.
    """
    if min(clean.shape[:2]) < WINDOW * 2 ** (len(WEIGHTS) - 1):
        return None
    one, other = clean.astype(np.float64), restored.astype(np.float64)
    result = 1.0
    for scale, weight in enumerate(WEIGHTS):
        light, structure = _parts(one, other)
        last = scale == len(WEIGHTS) - 1
        value = float((light * structure if last else structure).mean())
        # Below zero a power is no number; such pictures have nothing in common.
        result *= max(value, 0.0) ** weight
        one, other = _halved(one), _halved(other)
    return result


def _parts(one: Array, other: Array) -> tuple[Array, Array]:
    """Luminance, and contrast with structure, of every whole window."""
    mean_one, mean_other = _mean(one), _mean(other)
    variance_one = _mean(one * one) - mean_one**2
    variance_other = _mean(other * other) - mean_other**2
    covariance = _mean(one * other) - mean_one * mean_other
    light = (2 * mean_one * mean_other + _C1) / (mean_one**2 + mean_other**2 + _C1)
    structure = (2 * covariance + _C2) / (variance_one + variance_other + _C2)
    return light, structure


def _mean(picture: Array) -> Array:
    edge = WINDOW // 2
    means = cv2.blur(picture, (WINDOW, WINDOW))
    return np.asarray(means[edge:-edge, edge:-edge], np.float64)


def _halved(picture: Array) -> Array:
    height, width = (side // 2 * 2 for side in picture.shape[:2])
    whole = picture[:height, :width]
    return np.asarray(
        (whole[::2, ::2] + whole[1::2, ::2] + whole[::2, 1::2] + whole[1::2, 1::2]) / 4
    )
