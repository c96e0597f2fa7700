"""Lets the light around the face run into the light of the room, so that no halo stands there."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.tone import tone_table

# In cells of the mask: wide enough to pass no noise on.
SMOOTHNESS = 3.0
# Radius, in cells, and variance of grey levels of the guided filter: edges of more contrast than
# the root of the variance part face and wall.
EDGE_RADIUS, EDGE_VARIANCE = 5, 72.0


def join_light(restored: Image, crop: Image, log_gain: FloatArray, face: FloatArray) -> Image:
    """Bring the restored crop, outside the face, to the light of the frame around it.

    Network and tone curve do not agree on how bright a wall behind the face is,
    and the mask takes a part of the wall in. As in the pyramids of Burt and
    Adelson ("A Multiresolution Spline", 1983), low and high frequencies are
    blended over different widths: outside the outline of the face the restored
    crop keeps its fine structure and takes its light from the frame. Where the
    outline ends is decided by the edges of the picture itself (guided filter, He and
    others, 2010), since a soft outline would leave a bright seam beside the cheeks.

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
    outside = 1 - face
    # The seam says little about the room's light: it is continued from further out.
    sure = outside * outside
    difference = cv2.subtract(around, inside, dtype=cv2.CV_32F)
    total = cv2.GaussianBlur(difference * sure[..., None], (0, 0), SMOOTHNESS)
    weight = np.maximum(cv2.GaussianBlur(sure, (0, 0), SMOOTHNESS), 1e-3)
    share = cv2.ximgproc.guidedFilter(inside, outside, EDGE_RADIUS, EDGE_VARIANCE)
    change = total * (np.clip(share, 0, 1) / weight)[..., None]
    full = cv2.resize(change, restored.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(restored, full, dtype=cv2.CV_8U), np.uint8)
