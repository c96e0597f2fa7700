"""Puts the restored crop back into the frame."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.alignment import Matrix, bounding_box, invert
from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.tone import tone_table


def blend(
    image: Image,
    restored: Image,
    mask: FloatArray,
    transform: Matrix,
    surround_log_gain: FloatArray,
) -> Image:
    """The frame with the restored face in it and the rest brought along in tone.

    Args:
        image: H x W x 3 uint8 BGR, the camera's frame; not changed.
        restored: S x S x 3 uint8 BGR crop.
        mask: M x M float32 over the crop, 0..1, how much of the restored crop shows.
        transform: from frame to crop pixels.
        surround_log_gain: 3 float32 BGR, tone curve of the whole frame.

    Returns:
        H x W x 3 uint8 BGR, a new picture.
    """
    if np.abs(surround_log_gain).max() > 1e-3:
        out = np.asarray(cv2.LUT(image, tone_table(surround_log_gain)), np.uint8)
    else:
        out = image.copy()
    size = restored.shape[0]
    height, width = image.shape[:2]
    left, top, right, bottom = bounding_box(transform, size, width, height)
    if right <= left or bottom <= top:
        return out
    to_frame = invert(transform)
    to_frame[:, 2] -= (left, top)
    box = (right - left, bottom - top)
    # Mask pixels are larger than crop pixels; their centres do not lie at whole crop pixels.
    step = size / mask.shape[0]
    from_mask = to_frame @ np.array(
        [[step, 0, (step - 1) / 2], [0, step, (step - 1) / 2], [0, 0, 1]]
    )
    weight = cv2.warpAffine(mask, from_mask, box, flags=cv2.INTER_LINEAR)
    face = cv2.warpAffine(
        restored, to_frame, box, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    region = out[top:bottom, left:right]
    cv2.blendLinear(face, region, weight, 1 - weight, dst=region)
    return out
