"""The size of a picture file, read from its first bytes without decoding it.

A file of a few kilobytes can decode to gigabytes; OpenCV tells the size only
after it has allocated the pixels.
"""

from __future__ import annotations

import struct
from typing import Literal

from nasfe_cam.image_io.heif_boxes import HeifDamaged, is_heif, parse_heif
from nasfe_cam.image_io.jpeg import is_jpeg, jpeg_size
from nasfe_cam.image_io.png import is_png, png_size

SIGNATURE_BYTES = 12
"""How much of a file `has_picture_signature` needs."""

_TIFF_LITTLE = b"II*\x00"
_TIFF_BIG = b"MM\x00*"
_TIFF_SIZE, _TIFF_TILE = (256, 257), (322, 323)
_LARGEST_TILE = 8192
# Byte, short and long; decoders take stranger types too, which no camera writes.
_TIFF_WHOLE_NUMBERS = {1: "B", 3: "H", 4: "I"}


def has_picture_signature(start: bytes) -> bool:
    """Whether a file that starts so is a JPEG, PNG, WebP, BMP, TIFF, HEIC or AVIF."""
    return (
        start.startswith((b"BM", _TIFF_LITTLE, _TIFF_BIG))
        or is_png(start)
        or is_jpeg(start)
        or _is_webp(start)
        or is_heif(start)
    )


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels that the file states, before any EXIF rotation.

    Args:
        data: the whole file.

    Returns:
        None if it is no JPEG, PNG, WebP, BMP, TIFF, HEIC or AVIF, or its header is damaged.
    """
    try:
        if is_png(data):
            return png_size(data)
        if is_jpeg(data):
            return jpeg_size(data)
        if _is_webp(data):
            return _webp_size(data)
        if data.startswith(b"BM"):
            return _bmp_size(data)
        if data.startswith(_TIFF_LITTLE):
            return _tiff_size(data, "<")
        if data.startswith(_TIFF_BIG):
            return _tiff_size(data, ">")
        if is_heif(data):
            picture = parse_heif(data)
            return picture.width, picture.height
    except (struct.error, IndexError, HeifDamaged):
        return None
    return None


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        return width, height
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _bmp_size(data: bytes) -> tuple[int, int] | None:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        return struct.unpack_from("<HH", data, 18)
    # A negative height means rows from the top.
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)


def _tiff_size(data: bytes, order: Literal["<", ">"]) -> tuple[int, int] | None:
    (directory,) = struct.unpack_from(f"{order}I", data, 4)
    (entries,) = struct.unpack_from(f"{order}H", data, directory)
    stated = dict.fromkeys((*_TIFF_SIZE, *_TIFF_TILE), 0)
    for entry in range(entries):
        at = directory + 2 + 12 * entry
        tag, kind, count = struct.unpack_from(f"{order}HHI", data, at)
        if tag not in stated:
            continue
        if kind not in _TIFF_WHOLE_NUMBERS or count != 1:
            return None
        (value,) = struct.unpack_from(order + _TIFF_WHOLE_NUMBERS[kind], data, at + 8)
        # Stated twice, readers may take either.
        stated[tag] = max(value, stated[tag])
    # The decoder reserves memory for a whole tile, however small the picture is.
    if any(stated[tag] > _LARGEST_TILE for tag in _TIFF_TILE):
        return None
    width, height = (stated[tag] for tag in _TIFF_SIZE)
    return (width, height) if width and height else None
