"""Reads the headers of a JPEG file without decoding it (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
import struct

_SIGNATURE = b"\xff\xd8\xff"
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA
_APP2, _ICC = 0xE2, b"ICC_PROFILE\0"
# Decoders skip what is between segments; inside a scan, 0xFF is followed by 0 or a restart marker.
_SEGMENT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def is_jpeg(start: bytes) -> bool:
    """Whether a file that starts so is a JPEG."""
    return start.startswith(_SIGNATURE)


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None if the header is damaged.

    Raises:
        IndexError, struct.error: the header is cut short.
    """
    at = 2
    while True:
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in _SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at = _next_segment(data, at, marker)


def jpeg_profile(data: bytes) -> bytes:
    """The ICC profile, put together from its parts (ICC.1:2022, annex B.4); or nothing."""
    parts: dict[int, bytes] = {}
    at = 2
    try:
        while data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
            marker = data[at + 1]
            following = _next_segment(data, at, marker)
            if marker == _APP2 and data[at + 4 : at + 4 + len(_ICC)] == _ICC:
                start = at + 4 + len(_ICC)
                parts[data[start]] = data[start + 2 : following]
            at = following
    except (IndexError, struct.error):
        return b""
    return b"".join(parts[number] for number in sorted(parts))


def count_scans(data: bytes) -> int:
    """How many passes over the picture the file holds; a progressive one has several.

    Each may state, in a few bytes, that it changes nothing anywhere, and still
    the decoder goes over the whole picture: many of them keep it busy for hours.
    """
    scans, following = 0, _SEGMENT.search(data, 2)
    while following is not None and (marker := data[following.start() + 1]) != _END_OF_IMAGE:
        scans += marker == _START_OF_SCAN
        try:
            at = _next_segment(data, following.start(), marker)
        except struct.error:
            break
        following = _SEGMENT.search(data, at)
    return scans


def _next_segment(data: bytes, at: int, marker: int) -> int:
    if marker == 0xFF:
        return at + 1
    if marker in _BARE_MARKERS:
        return at + 2
    return at + 2 + max(2, int(struct.unpack_from(">H", data, at + 2)[0]))
