"""The small aligned copies of photos that a profile may keep."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.errors import PhotoUnreadable
from nasfe_cam.frame import Image
from nasfe_cam.sources.picture_header import picture_size

_LARGEST_SIDE = 1024


def encode_copy(crop: Image) -> bytes:
    """An S x S x 3 uint8 BGR crop as PNG: without loss, so that rebuilding gives the same."""
    _, content = cv2.imencode(".png", crop, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return content.tobytes()


def decode_copy(content: bytes) -> Image:
    """The crop that `encode_copy` was given; nothing in it is trusted.

    Raises:
        PhotoUnreadable: damaged, no square, or larger than 1024 x 1024.
    """
    size = picture_size(content)
    if size is None or size[0] != size[1] or not 0 < size[0] <= _LARGEST_SIDE:
        raise PhotoUnreadable("the copy kept in the profile is no small square picture")
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        decoded = None
    if decoded is None:
        raise PhotoUnreadable("the copy kept in the profile is damaged")
    return np.asarray(decoded, np.uint8)
