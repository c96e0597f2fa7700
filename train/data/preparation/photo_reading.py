"""Reads photos of unknown origin for training, and refuses what would teach something wrong.

The camera's own reader (`nasfe_cam.image_io.decoding`) shows a truncated picture as
far as it goes and turns grey and CMYK into colours, as it should for a viewer;
OpenCV, which it uses, does not tell. Training must know, so Pillow reads here.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image as pillow
from PIL import ImageOps, UnidentifiedImageError

from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import PhotoUnreadable
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.enrolment.face_checks import SMALLEST_SIDE
from nasfe_cam.image_io.decoding import MAXIMUM_PIXELS
from train.data.errors import (
    PhotoForPrint,
    PhotoGrey,
    PhotoTiny,
    PhotoTooLarge,
    PhotoTruncated,
)

# The formats of the camera; Pillow knows others that start helper programs.
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_LARGEST_FILE = 512 * 1024 * 1024
_GREY_MODES = frozenset({"1", "L", "LA", "La", "F", "I", "I;16", "I;16B", "I;16L"})


def read_photo_file(path: Path) -> bytes:
    """The content of a photo file.

    Raises:
        PhotoUnreadable, PhotoTooLarge: no ordinary file, no permission, above 512 MB.
    """
    try:
        # A pipe or a device would block or never end.
        if not path.is_file():
            raise PhotoUnreadable("it is no file")
        if path.stat().st_size > _LARGEST_FILE:
            raise PhotoTooLarge("more than 512 MB")
        return path.read_bytes()
    except OSError as error:
        raise PhotoUnreadable(reason_of(error)) from None


def decode_photo(content: bytes) -> Image:
    """Decode a JPEG, PNG, WebP, BMP or TIFF file; of several pages the first.

    Args:
        content: the whole file.

    Returns:
        H x W x 3 uint8 BGR, turned upright as its EXIF data says.

    Raises:
        PhotoUnreadable, PhotoTruncated, PhotoTooLarge, PhotoTiny, PhotoGrey,
        PhotoForPrint: it cannot be used. Size and colour model are judged before
            a pixel is decoded.
    """
    try:
        # Only the header is read here.
        photo = pillow.open(io.BytesIO(content), formats=_FORMATS)
    except pillow.DecompressionBombError:
        raise PhotoTooLarge("more pixels than Pillow opens") from None
    except Exception as error:
        raise _unreadable(error) from None
    _check_header(photo)
    try:
        photo.load()
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    # A decoder answers damaged data with errors of any kind.
    except Exception as error:
        raise _unreadable(error) from None
    return np.ascontiguousarray(np.asarray(upright)[..., ::-1])


def _check_header(photo: pillow.Image) -> None:
    width, height = photo.size
    if width * height > MAXIMUM_PIXELS:
        raise PhotoTooLarge(f"{width} x {height} pixels, more than 8192 x 8192")
    if min(width, height) < SMALLEST_SIDE:
        raise PhotoTiny(width, height)
    if photo.mode in _GREY_MODES:
        raise PhotoGrey()
    if photo.mode == "CMYK":
        raise PhotoForPrint()


def _unreadable(error: Exception) -> PhotoUnreadable | PhotoTruncated:
    if "truncated" in str(error):
        return PhotoTruncated()
    if isinstance(error, UnidentifiedImageError):
        return PhotoUnreadable("it is no JPEG, PNG, WebP, BMP or TIFF picture")
    return PhotoUnreadable(str(error).strip().splitlines()[0] if str(error).strip() else "damaged")
