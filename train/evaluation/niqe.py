"""NIQE: how natural a picture looks, without a clean one to compare with.

Mittal, Soundararajan and Bovik, "Making a 'completely blind' image quality
analyzer" (2013). Lower is better. Two things differ from the authors' program:
blocks have 48 pixels instead of 96, because a face crop of 176 x 144 holds one
block of 96, and the pristine model is fitted on sharp clean face crops by
`fit_pristine` instead of on landscapes. So figures here compare with each
other, not with those of other programs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.special import gamma

from nasfe_cam.frame import FloatArray

BLOCK = 48
SCALES = 2
FEATURES = 36
WINDOW, WINDOW_SIGMA = 7, 7 / 6
SHARP_SHARE = 0.75
PRISTINE = Path(__file__).parent / "niqe_pristine.npz"
Array = NDArray[np.float64]

_SHAPES = np.arange(0.2, 10, 0.001)
_RATIOS = gamma(2 / _SHAPES) ** 2 / (gamma(1 / _SHAPES) * gamma(3 / _SHAPES))


@dataclass(frozen=True, slots=True)
class PristineModel:
    """Multivariate Gaussian of the features of natural pictures: mean 36, covariance 36 x 36."""

    mean: Array
    covariance: Array


def load_pristine(path: Path = PRISTINE) -> PristineModel:
    """Read what `nasfe-train niqe` wrote."""
    with np.load(path) as content:
        return PristineModel(content["mean"], content["covariance"])


def fit_pristine(pictures: Iterable[FloatArray]) -> PristineModel:
    """Fit the model to the sharp blocks of clean pictures (H x W x 3, RGB, 0..1)."""
    rows = []
    for picture in pictures:
        features, sharpness = block_features(picture)
        rows.append(features[sharpness > SHARP_SHARE * sharpness.max()])
    every = np.concatenate(rows)
    return PristineModel(every.mean(0), np.cov(every, rowvar=False))


def niqe(picture: FloatArray, pristine: PristineModel) -> float:
    """Distance of a picture from natural ones.

    Args:
        picture: H x W x 3 float32, RGB, 0..1, at least 96 pixels high and wide.
        pristine: what natural pictures are like.
    """
    features, _ = block_features(picture)
    difference = features.mean(0) - pristine.mean
    covariance = (np.cov(features, rowvar=False) + pristine.covariance) / 2
    return float(np.sqrt(difference @ np.linalg.pinv(covariance) @ difference))


def block_features(picture: FloatArray) -> tuple[Array, Array]:
    """Features of every block, K x 36, and its sharpness, K."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float64) * 255
    rows, columns = grey.shape[0] // BLOCK, grey.shape[1] // BLOCK
    grey = grey[: rows * BLOCK, : columns * BLOCK]
    parts, sharpness = [], np.empty(0)
    for scale in range(SCALES):
        side = BLOCK >> scale
        normalised, deviation = _normalised(grey)
        if scale == 0:
            sharpness = np.array([block.mean() for block in _blocks(deviation, side)])
        parts.append(np.array([_statistics(block) for block in _blocks(normalised, side)]))
        half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        grey = np.asarray(half, np.float64)
    return np.concatenate(parts, axis=1), sharpness


def _normalised(grey: Array) -> tuple[Array, Array]:
    """Mean-subtracted, contrast-normalised luminance (eq. 1) and the local deviation."""
    window = (WINDOW, WINDOW)
    mean = cv2.GaussianBlur(grey, window, WINDOW_SIGMA)
    square = cv2.GaussianBlur(grey * grey, window, WINDOW_SIGMA)
    deviation = np.sqrt(np.abs(square - mean * mean))
    return np.asarray((grey - mean) / (deviation + 1), np.float64), deviation


def _blocks(plane: Array, side: int) -> list[Array]:
    rows, columns = plane.shape[0] // side, plane.shape[1] // side
    return [
        plane[r * side : (r + 1) * side, c * side : (c + 1) * side]
        for r in range(rows)
        for c in range(columns)
    ]


def _statistics(block: Array) -> list[float]:
    """18 features: of the block's distribution and of products of neighbours (eq. 4 to 8)."""
    shape, left, right = _asymmetric_gaussian(block)
    features = [shape, (left + right) / 2]
    for down, across in ((0, 1), (1, 0), (1, 1), (1, -1)):
        product = block * np.roll(block, (down, across), (0, 1))
        shape, left, right = _asymmetric_gaussian(product)
        mean = (right - left) * gamma(2 / shape) / gamma(1 / shape)
        features += [shape, mean, left, right]
    return [float(value) for value in features]


def _asymmetric_gaussian(values: Array) -> tuple[float, float, float]:
    """Shape and the two scales of the asymmetric generalised Gaussian, by matching moments."""
    left_part, right_part = values[values < 0], values[values > 0]
    left = np.sqrt(np.mean(left_part**2)) if left_part.size else 1e-6
    right = np.sqrt(np.mean(right_part**2)) if right_part.size else 1e-6
    ratio = left / right
    moment = np.mean(np.abs(values)) ** 2 / (np.mean(values**2) + 1e-12)
    wanted = moment * (ratio**3 + 1) * (ratio + 1) / (ratio**2 + 1) ** 2
    shape = _SHAPES[np.argmin((_RATIOS - wanted) ** 2)]
    scale = np.sqrt(gamma(1 / shape) / gamma(3 / shape))
    return float(shape), float(left * scale), float(right * scale)
