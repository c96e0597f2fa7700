"""Gives a large face back what is finer than the network's crop."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.tone_curve import look_up
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.faces.alignment import Matrix, bounding_box, invert, scale_of

# A crop with as many pixels as this part of the frame's holds all that a camera shows.
FINE_ENOUGH = 0.85
# Deviation of the visible noise, in grey levels, up to which fine detail is all detail, and
# from which on it is all noise.
CLEAN_GRAIN, NOISE_ALONE = 1.5, 6.0


def add_fine_detail(
    image: Image,
    camera: Image,
    table: Image,
    visible_noise: float,
    mask: FloatArray,
    transform: Matrix,
    size: int,
) -> None:
    """Add the camera's detail that a crop of this size cannot hold, where the crop is shown.

    A face of 500 pixels passes the network in a crop of half its pixels, and comes out as if seen
    through a finer veil. What the crop left out is in the frame, as far as it is not noise.

    Args:
        image: H x W x 3 uint8 BGR, with the restored crop in it; written to.
        camera: H x W x 3 uint8 BGR, the camera's frame.
        table: 256 x 1 x 3 uint8, the tone curves that `image` was lit with.
        visible_noise: deviation of the noise after that, in grey levels.
        mask: M x M float32 over the crop, 0..1, how much of it is shown.
        transform: from frame to crop pixels.
        size: side S of the crop.
    """
    scale = scale_of(transform)
    share = 1 - smooth_step(visible_noise, CLEAN_GRAIN, NOISE_ALONE)
    left, top, right, bottom = bounding_box(transform, size, image.shape[1], image.shape[0])
    if scale >= FINE_ENOUGH or share <= 0 or right <= left or bottom <= top:
        return
    lit = look_up(np.ascontiguousarray(camera[top:bottom, left:right]), table)
    width, height = right - left, bottom - top
    coarse_size = (max(1, round(width * scale)), max(1, round(height * scale)))
    coarse = cv2.resize(lit, coarse_size, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    fine = cv2.subtract(lit, coarse, dtype=cv2.CV_32F)
    to_frame = invert(transform)
    to_frame[:, 2] -= (left, top)
    whole = cv2.resize(mask * np.float32(share), (size, size))
    shown = cv2.warpAffine(whole, to_frame, (width, height), flags=cv2.INTER_LINEAR)
    cv2.multiply(fine, cv2.merge([shown] * 3), dst=fine)
    region = image[top:bottom, left:right]
    cv2.add(region, fine, dst=region, dtype=cv2.CV_8U)
