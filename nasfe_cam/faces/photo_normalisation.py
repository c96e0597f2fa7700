"""What a photo says about a person, whatever its light was: the network's input `guidance`."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.warp import Levels

GUIDANCE_LEVELS = Levels(1 / 32, 128.0)
"""Levels of a normalised photo: mean 0 at 128, a deviation of 1 is 32 levels, cut at 4."""

GUIDANCE_REACH = 0.2
"""How far around the landmarks a photo is taken for valid, in crops: hair, not the room."""

# Deviation of the face's luminance below which a photo is flat, and not enlarged further.
_LEAST_CONTRAST = 8.0


def normalised_photo(
    photo: Image, landmarks: FloatArray, uncovered: NDArray[np.uint8] | None = None
) -> Image:
    """Take the mean off each colour of a face and set its contrast to 1.

    Args:
        photo: S x S x 3 uint8 RGB, an aligned crop.
        landmarks: 478 x 2 float32, 0..1 from edge to edge of the crop.
        uncovered: S x S uint8, 255 where the face may be taken from; None is everywhere.

    Returns:
        S x S x 4 uint8: RGB in `GUIDANCE_LEVELS`, and the mask, 0..255.
    """
    side = photo.shape[0]
    face = np.zeros((side, side), np.uint8)
    hull = cv2.convexHull((landmarks * side - 0.5).astype(np.float32))
    cv2.fillConvexPoly(face, np.round(hull).astype(np.int32), 255)
    mean, _ = cv2.meanStdDev(photo, mask=face)
    luminance = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
    _, deviation = cv2.meanStdDev(luminance, mask=face)
    scale = 1 / (GUIDANCE_LEVELS.scale * max(_LEAST_CONTRAST, float(deviation[0, 0])))
    tables = (np.arange(256)[:, None] - mean[:, 0]) * scale + GUIDANCE_LEVELS.zero
    levels = np.clip(np.round(tables), 0, 255).astype(np.uint8)
    colours = cv2.LUT(photo, levels[:, None])
    mask = np.full((side, side), 255, np.uint8) if uncovered is None else uncovered
    return np.asarray(cv2.merge([*cv2.split(colours), mask]), np.uint8)
