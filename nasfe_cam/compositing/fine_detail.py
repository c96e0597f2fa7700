"""Gives a face back the camera's own fine detail that calming and the network's crop took away."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.mask import covered_box
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.median import median
from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.faces.alignment import Matrix, invert, scale_of

# A crop with as many pixels as this part of the frame's holds all that a camera shows.
FINE_ENOUGH = 0.85
# Detail is what means over so many pixels do not hold; its strength is compared with that of noise
# in windows of so many of half as many pixels.
COARSE, WINDOW = 11, 3
# Half of all windows hold more noise than the median: detail has so many times its energy.
CERTAIN = 1.5
# Deviation of the visible noise, in grey levels, up to which the filter tells detail from it, and
# from which on there is nothing to tell.
FINE_GRAIN, NOISE_ALONE = 8.0, 14.0
_LUMA = np.array([0.114, 0.587, 0.299])


def add_fine_detail(
    image: Image,
    camera: Image,
    table: Image,
    visible_noise: float,
    mask: FloatArray,
    weight: float,
    transform: Matrix,
    size: int,
) -> None:
    """Add what the camera saw of a face and `image` lacks, where it stands out of the noise.

    What was averaged over time, halved, or warped to the crop and back is softer than the
    camera's frame, and a face of 500 pixels passes the network in a crop of half its pixels. Of
    a face that hardly needs the network, all fine detail comes back; of a restored one, what is
    finer than its crop, since the rest was changed with reason. A Wiener filter tells detail from
    noise, whose energy is the median over the face, where most is plain skin. Luminance only, so
    that no coloured noise comes back.

    Args:
        image: H x W x 3 uint8 BGR, with the face in it; written to.
        camera: H x W x 3 uint8 BGR, the camera's frame.
        table: 256 x 1 x 3 uint8, the tone curves that `image` was lit with.
        visible_noise: deviation of the noise after that, in grey levels.
        mask: M x M float32 over the crop, 0..1, where the face is.
        weight: 0..1, how much of it is the network's.
        transform: from frame to crop pixels.
        size: side S of the crop.
    """
    scale = scale_of(transform)
    if visible_noise >= NOISE_ALONE or (weight >= 1 and scale >= FINE_ENOUGH):
        return
    height, width = image.shape[:2]
    left, top, right, bottom = covered_box(mask, transform, size, width, height)
    # Of even sides: OpenCV halves no others quickly.
    right, bottom = right - (right - left) % 2, bottom - (bottom - top) % 2
    if right <= left or bottom <= top:
        return
    region = image[top:bottom, left:right]
    lit = _grey(camera[top:bottom, left:right])
    cv2.LUT(lit, np.round(table[:, 0] @ _LUMA).astype(np.uint8), dst=lit)
    means = _means(lit)
    held = _held(lit, means, region, weight, scale)
    to_region = invert(transform)
    to_region[:, 2] -= (left, top)
    face = _warped(mask, to_region, size, lit.shape)
    share = cv2.convertScaleAbs(_share(lit, means, face, visible_noise), alpha=255)
    share = cv2.resize(share, lit.shape[::-1])
    # Brighter and darker detail apart, each in whole numbers: a sum of levels and signed numbers
    # takes OpenCV ten times as long.
    brighter = cv2.multiply(cv2.subtract(lit, held), share, scale=1 / 255)
    cv2.add(region, cv2.cvtColor(brighter, cv2.COLOR_GRAY2BGR), dst=region)
    darker = cv2.multiply(cv2.subtract(held, lit), share, scale=1 / 255)
    cv2.subtract(region, cv2.cvtColor(darker, cv2.COLOR_GRAY2BGR), dst=region)


def _held(lit: Image, means: Image, region: Image, weight: float, scale: float) -> Image:
    """The light of the region without the detail that it lacks: H x W uint8.

    Args:
        lit: H x W uint8, the camera's.
        means: H x W uint8, local means of that.
        region: H x W x 3 uint8 BGR, what it is to be added to.
        weight: 0..1, how much of that is the network's.
        scale: crop pixels per pixel of the frame.
    """
    passed = lit
    if weight > 0 and scale < FINE_ENOUGH:
        passed = _as_in_the_crop(lit, scale)
        if weight >= 1:
            return passed
    grey = _grey(region)
    # In its own light, however much that differs from the camera's.
    region_means = _means(grey)
    held = cv2.add(grey, cv2.subtract(means, region_means))
    cv2.subtract(held, cv2.subtract(region_means, means), dst=held)
    if weight > 0:
        cv2.addWeighted(held, 1 - weight, passed, weight, 0, dst=held)
    return np.asarray(held, np.uint8)


def _as_in_the_crop(lit: Image, scale: float) -> Image:
    """What a crop of fewer pixels holds of H x W uint8."""
    size = lit.shape[::-1]
    crop = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    return np.asarray(
        cv2.resize(cv2.resize(lit, crop, interpolation=cv2.INTER_AREA), size), np.uint8
    )


def _warped(mask: FloatArray, to_region: Matrix, size: int, shape: tuple[int, ...]) -> FloatArray:
    """The mask over half as many pixels of the region as it has: what is smooth needs no more."""
    to_half = to_region / 2
    # From pixels of the mask to those of the crop.
    to_half[:, :2] *= size / len(mask)
    half = (shape[1] // 2, shape[0] // 2)
    return np.asarray(cv2.warpAffine(mask, to_half, half, flags=cv2.INTER_LINEAR), np.float32)


def _share(lit: Image, means: Image, face: FloatArray, visible_noise: float) -> FloatArray:
    """H/2 x W/2 float32, 0..1: how much of the energy of detail is not that of noise, in the face.

    Args:
        lit: H x W uint8.
        means: H x W uint8, local means of that.
        face: H/2 x W/2 float32, 0..1, where it is.
        visible_noise: deviation of the noise, in grey levels.
    """
    detail = cv2.absdiff(lit, means)
    squares = cv2.multiply(detail, detail, dtype=cv2.CV_16U)
    squares = cv2.resize(squares, face.shape[::-1], interpolation=cv2.INTER_AREA)
    windows = cv2.blur(squares.astype(np.float32), (WINDOW, WINDOW))
    energy = np.asarray(windows, np.float32)
    sample = energy[::2, ::2][face[::2, ::2] > 0.5]
    noise = min(visible_noise**2, median(sample)) if sample.size else visible_noise**2
    above = np.maximum(energy - np.float32(CERTAIN * noise), 0) / (energy + np.float32(1e-3))
    trust = 1 - smooth_step(visible_noise, FINE_GRAIN, NOISE_ALONE)
    return np.asarray(face * above * np.float32(trust), np.float32)


def _grey(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _means(plane: Image) -> Image:
    """Local means, without which detail is left."""
    return np.asarray(cv2.blur(plane, (COARSE, COARSE)), np.uint8)
