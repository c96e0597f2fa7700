"""Gives a face back the camera's own fine detail that calming and the network's crop took away."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.faces.alignment import Matrix, bounding_box, invert, scale_of

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
    left, top, right, bottom = bounding_box(transform, size, image.shape[1], image.shape[0])
    if visible_noise >= NOISE_ALONE or right <= left or bottom <= top:
        return
    if weight >= 1 and scale >= FINE_ENOUGH:
        return
    region = image[top:bottom, left:right]
    lit = _grey(camera[top:bottom, left:right])
    cv2.LUT(lit, np.round(table[:, 0] @ _LUMA).astype(np.uint8), dst=lit)
    missing = _detail(np.asarray(cv2.subtract(lit, _grey(region), dtype=cv2.CV_32F), np.float32))
    if weight > 0 and scale < FINE_ENOUGH:
        coarse = (max(1, round(lit.shape[1] * scale)), max(1, round(lit.shape[0] * scale)))
        held = cv2.resize(lit, coarse, interpolation=cv2.INTER_AREA)
        finer = cv2.subtract(lit, cv2.resize(held, lit.shape[::-1]), dtype=cv2.CV_32F)
        cv2.addWeighted(missing, 1 - weight, finer, weight, 0, dst=missing)
    elif weight > 0:
        missing *= np.float32(1 - weight)
    to_region = invert(transform)
    to_region[:, 2] -= (left, top)
    share = _share(lit, _warped(mask, to_region, size, lit.shape), visible_noise)
    cv2.multiply(missing, cv2.resize(share, lit.shape[::-1]), dst=missing)
    cv2.add(region, cv2.merge([missing] * 3), dst=region, dtype=cv2.CV_8U)


def _warped(mask: FloatArray, to_region: Matrix, size: int, shape: tuple[int, ...]) -> FloatArray:
    """The mask over half as many pixels of the region as it has: what is smooth needs no more."""
    to_half = to_region / 2
    # From pixels of the mask to those of the crop.
    to_half[:, :2] *= size / len(mask)
    half = (max(1, shape[1] // 2), max(1, shape[0] // 2))
    return np.asarray(cv2.warpAffine(mask, to_half, half, flags=cv2.INTER_LINEAR), np.float32)


def _share(lit: Image, face: FloatArray, visible_noise: float) -> FloatArray:
    """H/2 x W/2 float32, 0..1: how much of the energy of detail is not that of noise, in the face.

    Args:
        lit: H x W uint8.
        face: H/2 x W/2 float32, 0..1, where it is.
        visible_noise: deviation of the noise, in grey levels.
    """
    detail = _detail(lit)
    squares = cv2.multiply(detail, detail)
    energy = cv2.resize(squares, face.shape[::-1], interpolation=cv2.INTER_AREA)
    energy = cv2.blur(energy, (WINDOW, WINDOW))
    sample = energy[::2, ::2][face[::2, ::2] > 0.5]
    noise = min(visible_noise**2, float(np.median(sample))) if sample.size else visible_noise**2
    above = np.maximum(energy - np.float32(CERTAIN * noise), 0) / (energy + np.float32(1e-3))
    trust = 1 - smooth_step(visible_noise, FINE_GRAIN, NOISE_ALONE)
    return np.asarray(face * above * np.float32(trust), np.float32)


def _grey(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _detail(plane: Image | FloatArray) -> FloatArray:
    """What local means do not hold."""
    means = cv2.blur(plane, (COARSE, COARSE))
    return np.asarray(cv2.subtract(plane, means, dtype=cv2.CV_32F), np.float32)
