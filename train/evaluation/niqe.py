"""NIQE: how far a picture's statistics are from those of clean pictures, without a reference.

A. Mittal, R. Soundararajan, A. C. Bovik, "Making a 'completely blind' image
quality analyzer", IEEE Signal Processing Letters 20(3), 2013; equations and
section II are theirs. Lower is better.

With the published parameters this code gives the published program's figures
(5.7296 on BasicSR's baboon.png, as MATLAB does). But those parameters belong to
patches of 96 x 96 pixels, of which a face of 176 x 144 has one, too few for a
covariance. So the clean statistics are our own, of clean training faces at 176
and 256 pixels, in overlapping patches of half that side (`nasfe-train niqe`):
compare the figures with each other, not with those of other programs.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.core.frame import FloatArray

PRISTINE = Path(__file__).parent / "niqe_pristine.npz"
"""Fitted by `nasfe-train niqe`."""

PATCH, STEP = 48, 24
FEATURES = 36
"""18 at each of two scales."""

SHARP_ENOUGH = 0.75
"""T of section II-B: a clean patch counts from this part of its picture's highest sharpness."""

Array = NDArray[np.float64]

_WINDOW, _WINDOW_SIGMA = 7, 7 / 6
# A deviation that rounding alone makes, in levels of 256.
_ONE_COLOUR = 1e-3
_NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))
_SHAPES: Array = np.arange(0.2, 10.001, 0.001)
_SHAPE_RATIOS: Array = np.array(
    [math.gamma(2 / s) ** 2 / (math.gamma(1 / s) * math.gamma(3 / s)) for s in _SHAPES]
)
# Cubic convolution (a = -1/2) stretched by two, which blurs what half the pixels cannot hold.
_HALVING: Array = np.array([-3, -9, 29, 111, 111, 29, -9, -3], np.float64) / 256


@dataclass(frozen=True, slots=True, eq=False)
class PristineModel:
    """The multivariate Gaussian of clean patches (eq. 9).

    Attributes:
        mean: 36 float64.
        covariance: 36 x 36 float64.
        patch, step: side of the patches and the way from one to the next, in
            pixels, even.
    """

    mean: Array
    covariance: Array
    patch: int = PATCH
    step: int = STEP


def niqe(picture: FloatArray, pristine: PristineModel) -> float | None:
    """The distance of eq. 10, 0 and up.

    Args:
        picture: H x W x 3 float32, RGB, 0..1; both sides at least one patch.
        pristine: what clean pictures are like.

    Returns:
        None where less than two patches show anything: no covariance, no distance.
    """
    features, _ = patch_features(luminance(picture), pristine.patch, pristine.step)
    if len(features) < 2:
        return None
    mean, covariance = _gaussian(features)
    difference = pristine.mean - mean
    inverse = np.linalg.pinv((pristine.covariance + covariance) / 2)
    return float(np.sqrt(difference @ inverse @ difference))


def fit_pristine(
    pictures: Iterable[FloatArray], patch: int = PATCH, step: int = STEP
) -> PristineModel:
    """Fit the Gaussian to the sharp patches of clean pictures, each as in `niqe`."""
    chosen = []
    for picture in pictures:
        features, sharpness = patch_features(luminance(picture), patch, step)
        chosen.append(features[sharpness > SHARP_ENOUGH * sharpness.max(initial=0)])
    return PristineModel(*_gaussian(np.concatenate(chosen)), patch, step)


def pristine_file(model: PristineModel) -> bytes:
    """What `load_pristine` reads."""
    content = io.BytesIO()
    np.savez(
        content,
        mean=model.mean,
        covariance=model.covariance,
        patch_and_step=np.array([model.patch, model.step]),
    )
    return content.getvalue()


def load_pristine(path: Path = PRISTINE) -> PristineModel:
    """Read what `nasfe-train niqe` wrote.

    Raises:
        ModelFileMissing, ModelFileDamaged: no such file, cut short, or something else.
    """
    if not path.exists():
        raise ModelFileMissing(path)
    try:
        with np.load(path) as content:
            patch, step = (int(size) for size in content["patch_and_step"])
            return PristineModel(content["mean"], content["covariance"], patch, step)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise ModelFileDamaged(path, str(error)) from None


def luminance(picture: FloatArray) -> Array:
    """H x W x 3 float32 RGB 0..1 -> H x W float64, 16..235, whole: Y of BT.601 in eight bits."""
    weights = np.array([65.481, 128.553, 24.966])
    levels: Array = np.round(picture.astype(np.float64) @ weights + 16)
    return levels


def patch_features(grey: Array, patch: int, step: int) -> tuple[Array, Array]:
    """The features of section II-C of every patch, at two scales.

    Args:
        grey: H x W float64, 0..255.
        patch, step: even, in pixels.

    Returns:
        N x 36 features, and N sharpnesses (delta of eq. 4, here the mean);
        without the patches of one colour, to which no distribution can be fitted.

    Raises:
        ValueError: the picture is smaller than a patch.
    """
    # Odd rests would give the two scales different patches.
    grey = grey[: _covered(grey.shape[0], patch, step), : _covered(grey.shape[1], patch, step)]
    contrast, deviation = _contrast_normalised(grey)
    sharpness = _patches(deviation, patch, step).mean((1, 2))
    halved_contrast, _ = _contrast_normalised(_halved(grey))
    with np.errstate(divide="ignore", invalid="ignore"):
        features = np.concatenate(
            [
                _statistics(_patches(contrast, patch, step)),
                _statistics(_patches(halved_contrast, patch // 2, step // 2)),
            ],
            axis=1,
        )
    usable = np.isfinite(features).all(1) & (sharpness > _ONE_COLOUR)
    return features[usable], sharpness[usable]


def _contrast_normalised(grey: Array) -> tuple[Array, Array]:
    """Eq. 1 to 3: (I - mu) / (sigma + 1), and sigma."""
    mean = _local_mean(grey)
    deviation = np.sqrt(np.abs(_local_mean(grey * grey) - mean * mean))
    return (grey - mean) / (deviation + 1), deviation


def _local_mean(grey: Array) -> Array:
    size = (_WINDOW, _WINDOW)
    blurred = cv2.GaussianBlur(grey, size, _WINDOW_SIGMA, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.float64)


def _halved(grey: Array) -> Array:
    # A pixel of the half lies between two: the anchor puts the eight weights evenly around it.
    filtered = cv2.sepFilter2D(
        grey, -1, _HALVING, _HALVING, anchor=(3, 3), borderType=cv2.BORDER_REFLECT
    )
    return np.asarray(filtered[::2, ::2], np.float64)


def _covered(length: int, patch: int, step: int) -> int:
    if length < patch:
        raise ValueError(f"{length} pixels hold no patch of {patch}")
    return patch + (length - patch) // step * step


def _patches(grey: Array, side: int, step: int) -> Array:
    """N x side x side, row by row."""
    views = sliding_window_view(grey, (side, side))[::step, ::step]
    return views.reshape(-1, side, side)


def _statistics(patches: Array) -> Array:
    """18 features of N patches of normalised contrast: eq. 5 to 8."""
    shape, left, right = _asymmetric_gaussian(patches)
    columns = [shape, (left + right) / 2]
    for shift in _NEIGHBOURS:
        # The neighbour of the last pixel is the first: the authors turn the patch round.
        product = patches * np.roll(patches, shift, axis=(1, 2))
        shape, left, right = _asymmetric_gaussian(product)
        ratio = np.array([math.gamma(2 / s) / math.gamma(1 / s) for s in shape])
        columns += [shape, (right - left) * ratio, left, right]
    return np.stack(columns, 1)


def _asymmetric_gaussian(values: Array) -> tuple[Array, Array, Array]:
    """Fit an asymmetric generalised Gaussian by its moments: shape and two scales, N each."""
    flat = values.reshape(len(values), -1)
    squares = flat * flat
    left = np.sqrt(_mean_where(squares, flat < 0))
    right = np.sqrt(_mean_where(squares, flat > 0))
    ratio = left / right
    spread = np.abs(flat).mean(1) ** 2 / squares.mean(1)
    wanted = spread * (ratio**3 + 1) * (ratio + 1) / (ratio**2 + 1) ** 2
    above = np.searchsorted(_SHAPE_RATIOS, wanted).clip(1, len(_SHAPES) - 1)
    nearer = wanted - _SHAPE_RATIOS[above - 1] < _SHAPE_RATIOS[above] - wanted
    shape = _SHAPES[above - nearer]
    scale = np.sqrt([math.gamma(1 / s) / math.gamma(3 / s) for s in shape])
    return shape, left * scale, right * scale


def _mean_where(values: Array, chosen: NDArray[np.bool_]) -> Array:
    mean: Array = (values * chosen).sum(1) / np.maximum(chosen.sum(1), 1)
    return mean


def _gaussian(features: Array) -> tuple[Array, Array]:
    return features.mean(0), np.cov(features, rowvar=False)
