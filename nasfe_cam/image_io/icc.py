"""Which red, green and blue a photo means, by the ICC profile in it (ICC.1:2022)."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from nasfe_cam.image_io.jpeg import is_jpeg, jpeg_profile
from nasfe_cam.image_io.png import is_png, png_part
from nasfe_cam.image_io.wide_colour import Primaries

_LARGEST = 1 << 20
_MOST_TAGS = 200
_NAMES = (b"rXYZ", b"gXYZ", b"bXYZ")
# XYZ of red, green and blue, adapted to D50, as the makers' profiles have them.
_KNOWN = {
    Primaries.P3: ((0.515, 0.241, -0.001), (0.292, 0.692, 0.042), (0.157, 0.067, 0.784)),
    Primaries.ADOBE_RGB: ((0.610, 0.311, 0.019), (0.205, 0.626, 0.061), (0.149, 0.063, 0.745)),
    Primaries.BT2020: ((0.673, 0.279, -0.002), (0.166, 0.675, 0.030), (0.125, 0.046, 0.797)),
}
_TOLERANCE = 0.01


def primaries_of_profile(profile: bytes) -> Primaries:
    """Those of a usual screen, if the profile is of none that is known."""
    try:
        colorants = _colorants(profile)
    except (struct.error, IndexError):
        return Primaries.BT709
    for primaries, known in _KNOWN.items():
        if len(colorants) == len(_NAMES) and np.abs(np.subtract(colorants, known)).max() < (
            _TOLERANCE
        ):
            return primaries
    return Primaries.BT709


def profile_of(data: bytes) -> bytes:
    """The profile in a JPEG, PNG or WebP file; nothing if there is none."""
    if is_jpeg(data):
        return jpeg_profile(data)[:_LARGEST]
    if is_png(data):
        return _unpacked(png_part(data, b"iCCP"))
    if data[:4] == b"RIFF" and data[12:16] == b"VP8X" and data[30:34] == b"ICCP":
        return data[38 : 38 + min(int.from_bytes(data[34:38], "little"), _LARGEST)]
    return b""


def _unpacked(part: bytes) -> bytes:
    """A name, a zero, the number of the method, then the compressed profile."""
    try:
        return zlib.decompressobj().decompress(part[part.index(b"\0") + 2 :], _LARGEST)
    except (ValueError, zlib.error):
        return b""


def _colorants(profile: bytes) -> list[tuple[float, float, float]]:
    (count,) = struct.unpack_from(">I", profile, 128)
    places = {}
    for number in range(min(count, _MOST_TAGS)):
        name, offset, _ = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        places[name] = offset
    found = []
    for name in _NAMES:
        if name in places:
            x, y, z = struct.unpack_from(">3i", profile, places[name] + 8)
            found.append((x / 65536, y / 65536, z / 65536))
    return found
