"""Restores detail that the camera saw clearly and the network smoothed away."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.noise.crop_denoiser import DenoisedCrop
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
    after = np.asarray(cv2.cvtColor(restored, cv2.COLOR_BGR2GRAY), np.uint8)
    means = grid_means(before)
    curve = fit_curves(means, grid_means(after))[0]
    brought, slope = _in_the_light(before, curve, float(means.min()), float(means.max()))
    brought -= after
    # Single pixels are noise, however far they stand out; the rim of glasses is wider.
    detail = cv2.medianBlur(_fine(brought), 3)
    squares = np.asarray(cv2.multiply(detail, detail), np.float32)
    energy = _means(squares, WINDOW)
    gain = cv2.multiply(slope, slope, dst=slope)
    cv2.multiply(gain, _means(steadied.noise_left, WINDOW), dst=gain)
    noise = _noise(before[::4, ::4], energy[::4, ::4] / gain[::4, ::4], before)
    cv2.multiply(noise, gain, dst=noise)
    visible = np.square(noise)
    visible *= np.float32(VISIBLE_NOISE**-4)
    visible += np.float32(1)
    cv2.multiply(noise, visible, dst=noise)
    share = _above(noise, energy)
    cv2.multiply(share, _going_on(squares, noise), dst=share)
    kept = cv2.multiply(_means(share, 3), detail, dst=detail)
    return np.asarray(cv2.add(restored, cv2.merge([kept] * 3), dtype=cv2.CV_8U), np.uint8)


def _in_the_light(
    levels: FloatArray, curve: FloatArray, lowest: float, highest: float
) -> tuple[FloatArray, FloatArray]:
    """Levels along the curve, and its slope there, both of the shape of `levels`.

    Args:
        levels: float32, 0..255.
        curve: of `fit_curves`, 4 float32.
        lowest, highest: means that it was fitted to; beyond, a cubic may run anywhere, and its
            slope at the last of them goes on.
    """
    constant, linear, square, cube = curve
    x = np.clip(levels, np.float32(lowest), np.float32(highest))
    beyond = np.subtract(levels, x)
    x *= np.float32(1 / 255)
    slope = np.multiply(x, np.float32(3 / 255) * cube)
    slope += np.float32(2 / 255) * square
    slope *= x
    slope += np.float32(1 / 255) * linear
    np.clip(slope, np.float32(SMALLEST_SLOPE), np.float32(LARGEST_SLOPE), out=slope)
    brought = np.multiply(x, cube)
    for coefficient in (square, linear):
        brought += coefficient
        brought *= x
    brought += constant
    beyond *= slope
    brought += beyond
    return brought, slope


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
    above = np.subtract(energy, noise)
    np.maximum(above, np.float32(0), out=above)
    above /= energy + np.float32(1e-3)
    return above


def _noise(level: FloatArray, energy: FloatArray, levels: FloatArray) -> FloatArray:
    """Variance of the noise at `levels`: photon noise grows with the level, so it is a line.

    Args:
        level, energy: samples of grey level and of the energy of detail and noise there.
        levels: where the variance is wanted.
    """
    bright = level > median(level)
    dark = ~bright
    if not bright.any():
        return np.full_like(levels, median(energy))
    low, high = median(energy[dark]), median(energy[bright])
    distance = float(level[bright].mean() - level[dark].mean())
    rise = (high - low) / max(distance, 1.0)
    line = np.multiply(levels, np.float32(rise))
    line += np.float32(low - rise * float(level[dark].mean()))
    least, most = np.float32(0.5 * min(low, high)), np.float32(2 * max(low, high))
    return np.asarray(np.clip(line, least, most, out=line), np.float32)


def _fine(plane: FloatArray) -> FloatArray:
    """What local means do not hold."""
    size = plane.shape[::-1]
    coarse = cv2.resize(plane, (COARSE, COARSE), interpolation=cv2.INTER_AREA)
    smooth = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(plane, smooth), np.float32)
