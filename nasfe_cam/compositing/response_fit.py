"""Fits the curve by which restoration changed the light of a crop.

`nasfe_cam.compositing.tone_curve` has one number per channel, which is right for the rest of the
frame, where little is known. Inside the crop both pictures are there, and a
cubic follows whatever camera response and exposure lie between them, and the
offset that noise has where it is cut off at black.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray

# Local means over this grid tell light from noise and from fine detail.
GRID = 16
# Grey levels of deviation from the curve up to which a mean counts in full.
TOLERANCE = 4.0
_ROUNDS = 4
_RIDGE = 1e-4 * np.eye(4)


def grid_means(picture: FloatArray) -> FloatArray:
    """Local means of an S x S (x C) picture: 256 x C float32 in its own units."""
    small = cv2.resize(picture, (GRID, GRID), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).reshape(GRID * GRID, -1)


def fit_curves(before: FloatArray, after: FloatArray) -> FloatArray:
    """Fit `after = curve(before)`, by least squares that outliers rule little.

    Args:
        before, after: K x C grey levels, 0..255; each channel has its own curve.

    Returns:
        C x 4 float32, coefficients of before / 255 from the constant to the cube.
    """
    x = before.T.astype(np.float64) / 255
    y = after.T.astype(np.float64)
    powers = np.stack([np.ones_like(x), x, x**2, x**3], axis=-1)
    weight: NDArray[np.float64] = np.ones_like(x)
    coefficients: NDArray[np.float64] = np.zeros((len(x), 4))
    for _ in range(_ROUNDS):
        weighted = powers * weight[..., None]
        normal = weighted.transpose(0, 2, 1) @ powers + _RIDGE
        right = weighted.transpose(0, 2, 1) @ y[..., None]
        coefficients = np.asarray(np.linalg.solve(normal, right)[..., 0], np.float64)
        error = np.abs(y - np.einsum("ckp,cp->ck", powers, coefficients))
        weight = np.asarray(1 / np.maximum(error, TOLERANCE), np.float64)
    return np.asarray(coefficients, np.float32)


def apply_curves(curves: FloatArray, before: FloatArray) -> FloatArray:
    """Evaluate the curves (C x 4) at K x C grey levels."""
    x = before * np.float32(1 / 255)
    constant, linear, square, cube = curves.T
    return np.asarray(constant + x * (linear + x * (square + x * cube)), np.float32)
