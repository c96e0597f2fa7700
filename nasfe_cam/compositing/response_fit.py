"""Fits the curve by which restoration changed the light of a crop.

`nasfe_cam.compositing.tone_curve` has one number per channel, which is right for the rest of the
frame, where little is known. Inside the crop both pictures are there, and a
cubic follows whatever camera response and exposure lie between them, and the
offset that noise has where it is cut off at black.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image

# Local means over this grid tell light from noise and from fine detail.
GRID = 16
# Grey levels of deviation from the curve up to which a mean counts in full.
TOLERANCE = 4.0
_ROUNDS = 4
_RIDGE = 1e-4 * np.eye(4)
# Which power of x each entry of the normal matrix sums.
_POWERS = np.add.outer(np.arange(4), np.arange(4))


def grid_means(picture: Image | FloatArray) -> FloatArray:
    """Local means of an S x S (x C) picture of uint8 or float32: 256 x C float32, its own units."""
    coarse = halved(picture, 4 * GRID).astype(np.float32)
    small = cv2.resize(coarse, (GRID, GRID), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).reshape(GRID * GRID, -1)


def halved(picture: Image | FloatArray, side: int) -> Image | FloatArray:
    """Local means of an S x S (x C) picture, halved as often as a multiple of `side` remains.

    OpenCV halves pictures in a fraction of the time that it takes for larger cells.
    """
    while picture.shape[0] % (2 * side) == 0:
        half = (picture.shape[1] // 2, picture.shape[0] // 2)
        smaller = cv2.resize(picture, half, interpolation=cv2.INTER_AREA)
        picture = cast("Image | FloatArray", smaller)
    return picture


def fit_curves(before: FloatArray, after: FloatArray) -> FloatArray:
    """Fit `after = curve(before)`, by least squares that outliers rule little.

    Args:
        before, after: K x C grey levels, 0..255; each channel has its own curve.

    Returns:
        C x 4 float32, coefficients of before / 255 from the constant to the cube.
    """
    x = before.T.astype(np.float64) / 255
    y = after.T.astype(np.float64)
    # x to the powers 0..6, and y times those to 3: their weighted sums are all that is solved.
    terms = np.empty((len(x), 11, x.shape[1]))
    terms[:, 0] = 1
    for power in range(1, 7):
        np.multiply(terms[:, power - 1], x, out=terms[:, power])
    np.multiply(terms[:, :4], y[:, None], out=terms[:, 7:])
    sums = terms.sum(axis=2)
    for left in reversed(range(_ROUNDS)):
        coefficients = np.linalg.solve(sums[:, _POWERS] + _RIDGE, sums[:, 7:, None])
        if left:
            fitted = (coefficients.transpose(0, 2, 1) @ terms[:, :4])[:, 0]
            weight = 1 / np.maximum(np.abs(y - fitted), TOLERANCE)
            sums = (terms @ weight[:, :, None])[:, :, 0]
    return np.asarray(coefficients[:, :, 0], np.float32)


def apply_curves(curves: FloatArray, before: FloatArray) -> FloatArray:
    """Evaluate the curves (C x 4) at K x C grey levels."""
    x = before * np.float32(1 / 255)
    constant, linear, square, cube = curves.T
    return np.asarray(constant + x * (linear + x * (square + x * cube)), np.float32)
