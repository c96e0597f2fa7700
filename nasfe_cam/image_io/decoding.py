"""Reads pictures from untrusted files."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.errors import PathUnreachable, PictureUnreadable, SourceNotFound
from nasfe_cam.core.frame import Image
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.image_io.colour import as_bgr
from nasfe_cam.image_io.headers import picture_size
from nasfe_cam.image_io.heif import decode_heif
from nasfe_cam.image_io.heif_boxes import HeifDamaged, is_heif, parse_heif
from nasfe_cam.image_io.icc import primaries_of_profile, profile_of
from nasfe_cam.image_io.jpeg import count_scans, is_jpeg
from nasfe_cam.image_io.png import is_png, still_png
from nasfe_cam.image_io.shown_picture import from_primaries

_LONGEST_SIDE = 8192
MAXIMUM_PIXELS = _LONGEST_SIDE * _LONGEST_SIDE
"""No picture is decoded to more; a JPEG of a 200-megapixel phone is decoded smaller."""
_MAXIMUM_FILE_BYTES = 512 * 1024 * 1024
# Encoders write 10 or so; every pass goes over the whole picture, whatever few bytes it has.
_MOST_SCANS = 30
_REDUCED = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


def read_picture(path: Path) -> Image:
    """Decode a JPEG, PNG, WebP, BMP, TIFF, HEIC or AVIF file.

    EXIF rotation is applied, transparency is dropped, grey, 16-bit and HDR pictures and those of
    wide colours are converted; of several pages or animation steps the first is taken.

    Returns:
        H x W x 3, uint8, BGR, 0..255, C-contiguous.

    Raises:
        SourceNotFound: there is no such file.
        PictureUnreadable: not such a picture, damaged, or above 8192 x 8192 pixels.
    """
    return decode_picture(_read_bytes(path), path)


def decode_picture(data: bytes, path: Path) -> Image:
    """`read_picture` of a file that was read already; `path` is for messages."""
    shrink = _needed_shrink(data, checked_size(data, path))
    return _decode(data, path, _REDUCED[shrink])


def read_reduced_picture(path: Path, longest_side: int) -> tuple[Image, int]:
    """`read_picture`, but a JPEG with pixels to spare is decoded at a fraction of its size.

    Its decoder skips what is not needed, which takes a half to a quarter of the time.

    Args:
        path: the file.
        longest_side: pixels of the longer side that suffice; a picture that has
            fewer is not enlarged.

    Returns:
        The picture, and by how much its width and height were divided: 1, 2, 4 or 8.

    Raises:
        SourceNotFound, PictureUnreadable: as `read_picture`.
    """
    data = _read_bytes(path)
    size = checked_size(data, path)
    shrink = _needed_shrink(data, size)
    if is_jpeg(data):
        shrink = max(
            factor for factor in _REDUCED if max(size) // factor >= longest_side or factor == shrink
        )
    return _decode(data, path, _REDUCED[shrink]), shrink


def checked_size(data: bytes, path: Path) -> tuple[int, int]:
    """Width and height that a picture file states, before anything is decoded.

    Args:
        data: the whole file.
        path: where it came from, for messages.

    Raises:
        PictureUnreadable: not a picture that can be decoded, or one that would
            take too much memory or time.
    """
    size = picture_size(data)
    if size is None:
        raise PictureUnreadable(path, _not_a_picture(data))
    width, height = size
    scans = count_scans(data) if is_jpeg(data) else 0
    if scans > _MOST_SCANS:
        raise PictureUnreadable(path, f"it is stored in more than {_MOST_SCANS} passes")
    # A JPEG of one pass is decoded line by line, at half, a quarter or an eighth of its size.
    side = 2 * _LONGEST_SIDE if scans == 1 else _LONGEST_SIDE
    if width * height > side * side:
        raise PictureUnreadable(path, f"{width} x {height} pixels are more than {side} x {side}")
    return size


def _needed_shrink(data: bytes, size: tuple[int, int]) -> int:
    """By how much a JPEG is to be reduced so that it has at most `MAXIMUM_PIXELS`."""
    width, height = size
    fitting = (f for f in _REDUCED if (width // f) * (height // f) <= MAXIMUM_PIXELS)
    return min(fitting) if is_jpeg(data) else 1


def _read_bytes(path: Path) -> bytes:
    try:
        kind = kind_of(path)
        if kind is FileKind.MISSING:
            raise SourceNotFound(path)
        # A pipe or a device would block or never end.
        if kind is not FileKind.FILE:
            raise PictureUnreadable(path, Reason.NOT_A_FILE)
        if path.stat().st_size > _MAXIMUM_FILE_BYTES:
            raise PictureUnreadable(path, Reason.FILE_OVER_512_MB)
        data = path.read_bytes()
    except PathUnreachable as error:
        raise PictureUnreadable(path, error.reason) from None
    except PermissionError as error:
        raise PictureUnreadable(path, Reason.MAY_NOT_READ) from error
    except OSError as error:
        raise PictureUnreadable(path, reason_of(error)) from error
    if not data:
        raise PictureUnreadable(path, Reason.EMPTY_FILE)
    return data


def _decode(data: bytes, path: Path, how: int) -> Image:
    if is_heif(data):
        return _decode_heif(data, path)
    content = still_png(data) if is_png(data) else data
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), how)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.size == 0:
        raise PictureUnreadable(path, Reason.DAMAGED)
    return from_primaries(as_bgr(decoded), primaries_of_profile(profile_of(data)))


def _decode_heif(data: bytes, path: Path) -> Image:
    try:
        picture = parse_heif(data)
        image = decode_heif(picture, MAXIMUM_PIXELS)
    except HeifDamaged as error:
        raise PictureUnreadable(path, f"the file is damaged: {error}") from None
    return from_primaries(image, primaries_of_profile(picture.profile))


def _not_a_picture(data: bytes) -> str:
    if is_heif(data):
        return "it holds no photo in HEIC or AVIF that can be read"
    return "it is no JPEG, PNG, WebP, BMP, TIFF, HEIC or AVIF picture"
