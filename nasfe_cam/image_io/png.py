"""The parts of a PNG file that make up its picture (PNG specification, section 5)."""

from __future__ import annotations

import struct

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER, _END = b"IHDR", b"IEND"
_STILL = frozenset({_HEADER, b"PLTE", b"tRNS", b"IDAT", b"eXIf", _END})
_EMPTY_END = b"\0\0\0\0IEND\xaeB\x60\x82"
# Length and name before the data, a checksum after it.
_FRAME = 12


def is_png(start: bytes) -> bool:
    """Whether a file that starts so is a PNG."""
    return start.startswith(_SIGNATURE)


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None if the header is not where it must be.

    Raises:
        struct.error: the header is cut short.
    """
    if data[12:16] != _HEADER:
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def png_part(data: bytes, wanted: bytes) -> bytes:
    """The content of the first part of a name before the picture itself; or nothing."""
    at = len(_SIGNATURE)
    while at + _FRAME <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name in (wanted, b"IDAT"):
            return data[at + 8 : at + 8 + length] if name == wanted else b""
        at += _FRAME + length
    return b""


def still_png(data: bytes) -> bytes:
    """The same picture without animation, text and colour profiles.

    OpenCV's reader of animations crashes on some damaged ones, and reserves as
    many gigabytes for a part as the part claims to have: found by
    benchmarks/robustness/fuzzing.py with OpenCV 4.14.

    Args:
        data: a whole PNG file.

    Returns:
        A PNG that ends before the first part that is cut short.
    """
    parts = [_SIGNATURE]
    at = len(_SIGNATURE)
    while at + _FRAME <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + _FRAME + length
        if end > len(data):
            break
        if name in _STILL and (name != _HEADER or len(parts) == 1):
            parts.append(data[at:end])
        if name == _END:
            return b"".join(parts)
        at = end
    return b"".join([*parts, _EMPTY_END])
