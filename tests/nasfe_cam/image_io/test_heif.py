"""Photos as new phones store them, HEIC and AVIF, are read wherever photos are."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.robustness.heif_files import heif
from nasfe_cam.config.settings import SourceSettings
from nasfe_cam.core.errors import PictureUnreadable
from nasfe_cam.core.frame import Image
from nasfe_cam.enrolment.photos import read_photo, read_reduced_photo
from nasfe_cam.image_io.decoding import read_picture
from nasfe_cam.image_io.heif_boxes import HeifDamaged, parse_heif
from nasfe_cam.sources.factory import open_source


@pytest.fixture(scope="module")
def photo() -> Image:
    """Smooth, with something in each corner; neither side is a whole number of tiles."""
    rows, columns = np.mgrid[:150, :200]
    image = np.dstack([columns, 255 - rows, (rows + columns) / 2]).clip(0, 255).astype(np.uint8)
    image[:40, :60] = (120, 150, 220)
    image[-40:, -60:] = (30, 30, 30)
    return image


def difference(image: Image, other: Image) -> float:
    assert image.shape == other.shape
    return float(np.abs(image.astype(float) - other.astype(float)).mean())


def read(tmp_path: Path, content: bytes, name: str = "IMG_0001.HEIC") -> Image:
    path = tmp_path / name
    path.write_bytes(content)
    return read_picture(path)


@pytest.mark.parametrize("kind", ["heic", "avif"])
@pytest.mark.parametrize("tile", [0, 64])
def test_a_photo_is_read_whole_or_from_tiles(
    tmp_path: Path, photo: Image, kind: str, tile: int
) -> None:
    assert difference(read(tmp_path, heif(photo, kind=kind, tile=tile)), photo) < 4


def test_enrolment_and_source_read_it_too(tmp_path: Path, photo: Image) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(heif(photo))
    assert difference(read_photo(path), photo) < 4
    assert difference(read_reduced_photo(path, 10)[0], photo) < 4
    source = open_source(SourceSettings(source=str(path)), "NASFE Camera")
    frame = source.read()
    source.close()
    assert frame is not None and difference(frame.image, photo) < 4


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([(b"irot", 1)], lambda image: cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE)),
        ([(b"irot", 2)], lambda image: cv2.rotate(image, cv2.ROTATE_180)),
        ([(b"irot", 3)], lambda image: cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)),
        ([(b"imir", 0)], lambda image: cv2.flip(image, 0)),
        ([(b"imir", 1)], lambda image: cv2.flip(image, 1)),
        (
            [(b"irot", 1), (b"imir", 1)],
            lambda image: cv2.flip(cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), 1),
        ),
    ],
)
@pytest.mark.parametrize("tile", [0, 64])
def test_it_is_turned_and_mirrored_as_it_says(
    tmp_path: Path, photo: Image, turns: list[tuple[bytes, int]], expected, tile: int
) -> None:
    assert difference(read(tmp_path, heif(photo, tile=tile, turns=turns)), expected(photo)) < 4


@pytest.mark.parametrize(
    "colour", [(1, 13, 6, True), (1, 13, 1, True), (1, 1, 1, False), (2, 2, 2, True), None]
)
def test_its_colours_are_those_that_it_states(
    tmp_path: Path, photo: Image, colour: tuple[int, int, int, bool] | None
) -> None:
    assert difference(read(tmp_path, heif(photo, colour=colour)), photo) < 4


def test_the_wide_colours_of_phones_are_brought_to_a_usual_screen(tmp_path: Path) -> None:
    """The red of BT.709, as numbers for the primaries of Display P3."""
    red = np.full((64, 64, 3), (35, 51, 234), np.uint8)
    by_number = read(tmp_path, heif(red, colour=(12, 13, 6, True)))
    by_profile = read(tmp_path, heif(red, colour=None, profile=display_p3()))
    for image in (by_number, by_profile):
        assert np.abs(image[32, 32].astype(int) - (0, 0, 255)).max() <= 16


def display_p3() -> bytes:
    """As much of Apple's profile as says which primaries it is of."""
    colorants = [(0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.784)]
    start = 132 + 12 * 3
    tags = b"".join(
        struct.pack(">4sII", name, start + 20 * number, 20)
        for number, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))
    )
    values = b"".join(
        b"XYZ " + bytes(4) + struct.pack(">3i", *(round(one * 65536) for one in colorant))
        for colorant in colorants
    )
    return bytes(128) + struct.pack(">I", 3) + tags + values


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_the_profile_of_other_photos_is_obeyed_too(tmp_path: Path, suffix: str) -> None:
    red = np.full((64, 64, 3), (35, 51, 234), np.uint8)
    plain = cv2.imencode(suffix, red, [cv2.IMWRITE_WEBP_QUALITY, 101])[1].tobytes()
    profile = display_p3()
    image = read(tmp_path, with_profile(plain, profile, suffix), f"photo{suffix}")
    assert np.abs(image[32, 32].astype(int) - (0, 0, 255)).max() <= 16
    assert np.abs(read(tmp_path, plain, f"p{suffix}")[32, 32].astype(int) - (35, 51, 234)).max() < 8


def with_profile(data: bytes, profile: bytes, suffix: str) -> bytes:
    if suffix == ".jpg":
        half = len(profile) // 2
        parts = b"".join(
            b"\xff\xe2"
            + struct.pack(">H", len(part) + 16)
            + b"ICC_PROFILE\0"
            + bytes((n, 2))
            + part
            for n, part in ((1, profile[:half]), (2, profile[half:]))
        )
        return data[:2] + parts + data[2:]
    if suffix == ".png":
        body = b"iCCP" + b"P3\0\0" + zlib.compress(profile)
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return data[:33] + chunk + data[33:]
    head = b"VP8X" + struct.pack("<I", 10) + b"\x20\0\0\0" + (63).to_bytes(3, "little") * 2
    rest = head + b"ICCP" + struct.pack("<I", len(profile)) + profile + data[12:]
    return b"RIFF" + struct.pack("<I", len(rest) + 4) + b"WEBP" + rest


def test_a_profile_of_nothing_costs_nothing(tmp_path: Path, photo: Image) -> None:
    plain = cv2.imencode(".png", photo)[1].tobytes()
    for profile in (b"", b"x" * 10, bytes(200), b"\xff" * 400):
        content = with_profile(plain, profile, ".png")
        assert np.array_equal(read(tmp_path, content, "photo.png"), photo)


def test_a_photo_that_states_a_huge_size_is_not_decoded(tmp_path: Path, photo: Image) -> None:
    content = heif(photo)
    huge = content.replace(struct.pack(">II", 200, 150), struct.pack(">II", 60_000, 60_000), 1)
    with pytest.raises(PictureUnreadable, match="60000 x 60000 pixels"):
        read(tmp_path, huge)


def test_a_photo_whose_tiles_are_larger_than_it_says_is_not_decoded(
    tmp_path: Path, photo: Image
) -> None:
    """The size is in the compressed picture too."""
    large = np.zeros((1024, 1024, 3), np.uint8)
    content = heif(large).replace(struct.pack(">II", 1024, 1024), struct.pack(">II", 64, 64))
    with pytest.raises(PictureUnreadable, match="damaged"):
        read(tmp_path, content)


def test_tiles_that_name_one_place_again_and_again_are_refused(photo: Image) -> None:
    content = heif(photo, tile=64)
    picture = parse_heif(content)
    assert picture.columns == 4 and len(picture.tiles) == 12
    # Every tile is all of the file.
    at = content.index(b"iloc") + 4 + 4 + 4 + 16
    bombed = bytearray(content)
    for number in range(12):
        struct.pack_into(">II", bombed, at + 16 * number + 8, 0, len(content))
    with pytest.raises(HeifDamaged, match="larger than the file"):
        parse_heif(bytes(bombed))


def test_a_short_list_of_endless_parts_is_refused() -> None:
    # A part without offset and length takes no byte: 6 of them tell of 65,535 parts.
    listed = struct.pack(">BBH", 0, 0, 3) + b"".join(
        struct.pack(">HHH", number, 0, 0xFFFF) for number in range(3)
    )
    places = struct.pack(">I4sI", 12 + len(listed), b"iloc", 0) + listed
    meta = struct.pack(">I4sI", 12 + len(places), b"meta", 0) + places
    with pytest.raises(HeifDamaged, match="too many parts"):
        parse_heif(struct.pack(">I4s4s", 12, b"ftyp", b"heic") + meta)


def test_a_photo_that_is_turned_again_and_again_is_refused(photo: Image) -> None:
    # A byte each in the file, and half a second for a photo of 50 megapixels.
    assert len(parse_heif(heif(photo, turns=[(b"irot", 1)] * 4)).turns) == 4
    with pytest.raises(HeifDamaged, match="turned too often"):
        parse_heif(heif(photo, turns=[(b"irot", 1)] * 5))


@pytest.mark.parametrize("tile", [0, 64])
def test_a_photo_cut_short_or_changed_anywhere_is_refused_or_shown(
    tmp_path: Path, photo: Image, tile: int
) -> None:
    whole = heif(photo, tile=tile)
    random = np.random.default_rng(5)
    refused = 0
    for number in range(150):
        changed = bytearray(whole)
        if number % 3 == 0:
            del changed[int(random.integers(12, len(whole))) :]
        else:
            # Most of them where it says what is where.
            for _ in range(3):
                changed[int(random.integers(12, 900))] = int(random.integers(256))
        try:
            read(tmp_path, bytes(changed))
        except PictureUnreadable:
            refused += 1
    assert refused > 50


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="it makes this photo")
def test_a_photo_of_another_writer_is_read(tmp_path: Path, photo: Image) -> None:
    plain, path = tmp_path / "a.png", tmp_path / "a.avif"
    cv2.imwrite(str(plain), photo)
    command = ["ffmpeg", "-v", "error", "-i", str(plain), "-still-picture", "1", "-crf", "8"]
    command += ["-c:v", "libaom-av1", "-cpu-used", "8", "-pix_fmt", "yuv444p"]
    command += ["-vf", "scale=out_color_matrix=bt601:out_range=tv", "-colorspace", "smpte170m"]
    subprocess.run([*command, "-color_range", "tv", str(path)], check=True)
    assert difference(read_picture(path), photo) < 4
