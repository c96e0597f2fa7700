"""Lets the light around the face run into the light of the room, so that no halo stands there."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.tone import tone_table

# In cells of the mask: wide enough to pass no noise on.
SMOOTHNESS = 1.5


def join_light(restored: Image, crop: Image, log_gain: FloatArray, face: FloatArray) -> Image:
    """Bring the restored crop, outside the face, to the light of the frame around it.

    Network and tone curve do not agree on how bright a wall behind the face is,
    and the mask takes a part of the wall in. As in the pyramids of Burt and
    Adelson ("A Multiresolution Spline", 1983), low and high frequencies are
    blended over different widths: outside the outline of the face the restored
    crop keeps its fine structure and takes its light from the frame.

    Args:
        restored: S x S x 3 uint8 BGR, the restored crop.
        crop: S x S x 3 uint8 BGR, from the camera.
        log_gain: 3 float32 BGR, the tone curve that the frame around is brought along with.
        face: M x M float32, 0..1, where the light of the restored crop is to stay.

    Returns:
        S x S x 3 uint8 BGR.
    """
    cells = face.shape[::-1]
    around = cv2.LUT(cv2.resize(crop, cells, interpolation=cv2.INTER_AREA), tone_table(log_gain))
    inside = cv2.resize(restored, cells, interpolation=cv2.INTER_AREA)
    difference = cv2.subtract(around, inside, dtype=cv2.CV_32F) * (1 - face)[..., None]
    smooth = cv2.GaussianBlur(difference, (0, 0), SMOOTHNESS)
    change = cv2.resize(smooth, restored.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(restored, change, dtype=cv2.CV_8U), np.uint8)
