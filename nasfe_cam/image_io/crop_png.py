"""Writes and reads the small aligned copies of photos that a profile can store."""

from __future__ import annotations

from pathlib import Path

import cv2

from nasfe_cam.core.errors import PictureUnreadable
from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import PhotoUnreadable
from nasfe_cam.image_io.decoding import decode_picture
from nasfe_cam.image_io.headers import picture_size

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
        return decode_picture(content, Path("copy"))
    except PictureUnreadable as error:
        raise PhotoUnreadable(f"the copy kept in the profile: {error.reason}") from None
