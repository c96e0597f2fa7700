"""Restores detail that the camera saw clearly and the network smoothed away."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.crop_denoiser import DenoisedCrop
from nasfe_cam.compositing.response_fit import fit_curves, grid_means
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.median import median

# Detail is what local means over this many cells of the crop do not hold.
COARSE = 32
# Side of the window in which the strength of detail is compared with that of noise.
WINDOW = 5
# Sides, in cells of 2 x 2 pixels, of about the same window and of the one around it that must
# hold detail too; and the part of its energy that is enough.
INNER, OUTER, ENOUGH = 3, 5, 0.5
# Deviation, in restored grey levels, from which noise counts more than once. Below, a little of
# it is worth the detail.
VISIBLE_NOISE = 18.0
# A dark crop cannot be brought to light more steeply, nor turned upside down.
SMALLEST_SLOPE, LARGEST_SLOPE = 0.2, 12.0


def transfer_detail(restored: Image, steadied: DenoisedCrop) -> Image:
    """Add the camera's own fine detail where it stands out of the noise.

    A network that is trained for the mean error smooths what it is not sure of,
    and with it what makes a face this person's: the rim of glasses, the corners
    of the eyes. In the steadied crop, brought to the restored light, that
    detail is often plain to see. A Wiener filter decides pixel by pixel how
    much of the difference to the restored crop is detail: local energy above
    that of the noise, which is the median over the crop, scaled with the slope
    of the light curve. A clump of noise that stands alone would look like a blemish
    of the skin; the rim of glasses goes on, so around its window there is detail
    as well. Luminance only, so that no coloured noise comes back.

    Args:
        restored: S x S x 3 uint8 BGR, from the network.
        steadied: what the network was given, from `CropDenoiser`.

    Returns:
        S x S x 3 uint8 BGR.
    """
    before = np.asarray(cv2.cvtColor(steadied.picture, cv2.COLOR_BGR2GRAY), np.float32)
    after = np.asarray(cv2.cvtColor(restored, cv2.COLOR_BGR2GRAY), np.float32)
    means = grid_means(before)
    curve = fit_curves(means, grid_means(after))[0]
    # Beyond the means that the curve was fitted to, a cubic may run anywhere.
    inside = np.clip(before, means.min(), means.max()) * np.float32(1 / 255)
    slope = (curve[1] + inside * (2 * curve[2] + inside * (3 * curve[3]))) * np.float32(1 / 255)
    slope = np.clip(slope, SMALLEST_SLOPE, LARGEST_SLOPE)
    brought = curve[0] + inside * (curve[1] + inside * (curve[2] + inside * curve[3]))
    brought += (before - inside * 255) * slope
    # Single pixels are noise, however far they stand out; the rim of glasses is wider.
    detail = cv2.medianBlur(_fine(brought - after), 3)
    squares = np.asarray(cv2.multiply(detail, detail), np.float32)
    energy = _means(squares, WINDOW)
    gain = slope * slope * _means(steadied.noise_left, WINDOW)
    noise = gain * _noise(before[::4, ::4], (energy / gain)[::4, ::4], before)
    visible = noise * np.float32(1 / VISIBLE_NOISE**2)
    noise *= 1 + visible * visible
    share = _above(noise, energy)
    share *= _going_on(squares, noise)
    kept = cv2.multiply(_means(share, 3), detail)
    return np.asarray(cv2.add(restored, cv2.merge([kept] * 3), dtype=cv2.CV_8U), np.uint8)


def _going_on(squares: FloatArray, noise: FloatArray) -> FloatArray:
    """S x S float32: 1 where there is detail all around as well, 0 where it stands alone."""
    height, width = squares.shape
    cells = (width // 2, height // 2)
    squares, noise = (
        np.asarray(cv2.resize(plane, cells, interpolation=cv2.INTER_AREA), np.float32)
        for plane in (squares, noise)
    )
    ring = OUTER**2 * _means(squares, OUTER) - INNER**2 * _means(squares, INNER)
    around = np.maximum(0, ring / np.float32(OUTER**2 - INNER**2))
    share = np.minimum(1, _above(_means(noise, OUTER), around) / ENOUGH)
    return np.asarray(cv2.resize(share, (width, height)), np.float32)


def _means(plane: FloatArray, side: int) -> FloatArray:
    """Local means over a square window."""
    return np.asarray(cv2.blur(plane, (side, side)), np.float32)


def _above(noise: FloatArray, energy: FloatArray) -> FloatArray:
    """The part of the energy, 0..1, that is more than noise."""
    return np.asarray(np.maximum(0, energy - noise) / (energy + np.float32(1e-3)), np.float32)


def _noise(level: FloatArray, energy: FloatArray, levels: FloatArray) -> FloatArray:
    """Variance of the noise at `levels`: photon noise grows with the level, so it is a line.

    Args:
        level, energy: samples of grey level and of the energy of detail and noise there.
        levels: where the variance is wanted.
    """
    middle = median(level)
    dark, bright = level <= middle, level > middle
    if not bright.any():
        return np.full_like(levels, median(energy))
    low, high = median(energy[dark]), median(energy[bright])
    distance = float(level[bright].mean() - level[dark].mean())
    rise = (high - low) / max(distance, 1.0)
    line = low + (levels - np.float32(level[dark].mean())) * np.float32(rise)
    return np.asarray(np.clip(line, 0.5 * min(low, high), 2 * max(low, high)), np.float32)


def _fine(plane: FloatArray) -> FloatArray:
    """What local means do not hold."""
    size = plane.shape[::-1]
    coarse = cv2.resize(plane, (COARSE, COARSE), interpolation=cv2.INTER_AREA)
    smooth = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(plane, smooth), np.float32)
