"""Small files that would take much memory or time are refused before they are decoded."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.errors import PictureUnreadable
from nasfe_cam.image_io.decoding import read_picture, read_reduced_picture
from nasfe_cam.image_io.jpeg import count_scans
from nasfe_cam.image_io.png import still_png
from tests.picture_bytes import png_that_states, with_orientation

LARGE = 60_000


def encoded(suffix: str, *parameters: int, width: int = 64, height: int = 48) -> bytes:
    image = np.full((height, width, 3), 90, np.uint8)
    return cv2.imencode(suffix, image, list(parameters))[1].tobytes()


def jpeg() -> bytes:
    data = encoded(".jpg")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", LARGE, LARGE) + data[at + 4 :]


def webp() -> bytes:
    header = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    header += (LARGE - 1).to_bytes(3, "little") * 2
    rest = encoded(".webp")[12:]
    return b"RIFF" + struct.pack("<I", 4 + len(header) + len(rest)) + b"WEBP" + header + rest


def bmp() -> bytes:
    data = encoded(".bmp")
    return data[:18] + struct.pack("<ii", LARGE, -LARGE) + data[26:]


def tiff() -> bytes:
    """Width and height are stated twice, small and large; readers may take either."""
    entries = [(256, LARGE), (256, 64), (257, LARGE), (257, 48)]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(4)


@pytest.mark.parametrize("kind", [2, 6, 8, 9, 11, 12, 16])
def test_a_tiff_that_states_its_size_in_a_strange_type_is_refused(
    tmp_path: Path, kind: int
) -> None:
    """Some decoders read it, as another number than the usual type would give."""
    width = struct.pack("<HHII", 256, kind, 1, 65_537)
    height = struct.pack("<HHIHH", 257, 3, 1, 48, 0)
    path = tmp_path / "bomb.tif"
    path.write_bytes(b"II*\0" + struct.pack("<IH", 8, 2) + width + height + bytes(4))
    with pytest.raises(PictureUnreadable, match="no JPEG"):
        read_picture(path)


def test_a_small_tiff_of_huge_tiles_is_refused(tmp_path: Path) -> None:
    entries = [(256, 64), (257, 48), (322, 1 << 20), (323, 1 << 10)]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    path = tmp_path / "bomb.tif"
    path.write_bytes(b"II*\0" + struct.pack("<I", 8) + directory + bytes(4))
    with pytest.raises(PictureUnreadable, match="no JPEG"):
        read_picture(path)


def png() -> bytes:
    return png_that_states(LARGE, LARGE)


@pytest.mark.parametrize("bomb", [jpeg, webp, bmp, tiff, png])
@pytest.mark.parametrize("read", [read_picture, lambda path: read_reduced_picture(path, 1600)])
def test_a_small_file_of_any_format_that_states_a_huge_picture_is_not_decoded(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bomb: Callable[[], bytes],
    read: Callable[[Path], object],
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bomb())
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(PictureUnreadable, match=f"{LARGE} x {LARGE} pixels"):
        read(path)


def test_a_png_whose_first_part_is_not_its_header_is_refused(tmp_path: Path) -> None:
    """The decoder might find the size elsewhere than where it was looked for."""
    path = tmp_path / "bomb.png"
    data = png_that_states(64, 64)
    path.write_bytes(data[:8] + data[8:].replace(b"IHDR", b"iTXt", 1))
    with pytest.raises(PictureUnreadable):
        read_picture(path)


def progressive(extra_passes: int, between: bytes = b"") -> bytes:
    """Its last pass, which changes nothing, again and again."""
    data = encoded(".jpg", cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    last = data[[found.start() for found in re.finditer(b"\xff\xda", data)][-1] : -2]
    return data[:-2] + (between + last) * extra_passes + data[-2:]


@pytest.mark.parametrize("between", [b"", b"garbage", b"\xff\xff"])
def test_a_jpeg_of_endless_passes_is_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: bytes
) -> None:
    path = tmp_path / "bomb.jpg"
    path.write_bytes(progressive(1000, between))
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(PictureUnreadable, match="passes"):
        read_picture(path)


def test_the_passes_of_a_jpeg_are_counted() -> None:
    baseline = encoded(".jpg", cv2.IMWRITE_JPEG_RST_INTERVAL, 2)
    assert count_scans(baseline) == 1
    usual = count_scans(progressive(0))
    assert 2 < usual < 20
    assert count_scans(progressive(7)) == usual + 7
    # A preview picture in the metadata, and what follows the end, are not passes.
    thumbnail = b"\xff\xe1" + struct.pack(">H", len(baseline) + 2) + baseline
    assert count_scans(baseline[:2] + thumbnail + baseline[2:] + progressive(99)) == 1


def test_a_progressive_photo_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(progressive(0))
    assert read_picture(path).shape == (48, 64, 3)


@pytest.mark.parametrize(
    ("enough", "shrink"), [(1600, 1), (1000, 1), (500, 2), (499, 2), (250, 4), (100, 8), (10, 8)]
)
def test_a_jpeg_is_reduced_to_no_less_than_is_enough(
    tmp_path: Path, enough: int, shrink: int
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(".jpg", width=1000, height=600))
    image, found = read_reduced_picture(path, enough)
    assert found == shrink
    assert image.shape[:2] == (600 // shrink, 1000 // shrink)


def test_a_reduced_photo_is_turned_upright_too(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(with_orientation(encoded(".jpg", width=1000, height=600), 6))
    image, _ = read_reduced_picture(path, 500)
    assert image.shape[:2] == (500, 300)


def test_other_formats_are_not_reduced(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(encoded(".png", width=1000, height=600))
    image, shrink = read_reduced_picture(path, 100)
    assert (image.shape[:2], shrink) == ((600, 1000), 1)


def test_a_heic_file_without_a_photo_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(struct.pack(">I", 24) + b"ftypheic" + bytes(100))
    with pytest.raises(PictureUnreadable, match="HEIC"):
        read_picture(path)


def chunk(name: bytes, content: bytes = b"") -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def test_of_a_png_only_what_makes_up_its_picture_is_decoded(tmp_path: Path) -> None:
    """The first step of an animation is its still picture."""
    data = encoded(".png")
    animation = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", bytes(26))
    other = chunk(b"tEXt", b"Comment\0hello") + chunk(b"iCCP", bytes(50))
    at = 8 + 12 + 13
    animated = data[:at] + animation + other + data[at:-12] + chunk(b"fdAT", bytes(99)) + data[-12:]
    assert still_png(animated) == data
    path = tmp_path / "animated.png"
    path.write_bytes(animated)
    assert np.all(read_picture(path) == 90)


def test_a_part_of_a_png_that_claims_to_be_huge_is_not_believed(tmp_path: Path) -> None:
    """OpenCV reserves the memory before it looks for the bytes: 2 GB here."""
    data = encoded(".png")
    at = 8 + 12 + 13
    bomb = data[:at] + b"\x80\0\0\0" + data[at + 4 :]
    assert len(still_png(bomb)) < 100
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb)
    with pytest.raises(PictureUnreadable, match="damaged"):
        read_picture(path)


def test_a_second_header_of_a_png_is_left_out() -> None:
    data = encoded(".png")
    at = 8 + 12 + 13
    assert still_png(data[:at] + png_that_states(LARGE, LARGE)[8:at] + data[at:]) == data
