"""Damaged photos and profiles in any number, each the same again from its number."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import cv2
import numpy as np

from benchmarks.robustness.fuzzed_words import hostile_value
from benchmarks.robustness.heif_files import heif
from nasfe_cam.core.frame import Image
from nasfe_cam.image_io.crop_png import encode_copy
from nasfe_cam.profiles.codec import profile_to_bytes
from nasfe_cam.profiles.photo_quality import PhotoQuality
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile

PROFILE = ".nasfe-profile"
WIDTH, HEIGHT = 96, 64

# Where parsers turn: nothing, everything, signs, sizes just above or below a power of two.
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_HEADER = 200

Mutation = Callable[[bytearray, np.random.Generator], None]


def fuzzed_file(seed: int, number: int, kind: str = "all") -> tuple[str, bytes]:
    """Suffix and content of a file with one to eight damages.

    Args:
        seed: other seeds give other files.
        number: of the file.
        kind: "photos", "profiles" or "all".
    """
    whole = whole_files()
    if kind != "all":
        whole = [one for one in whole if (one[0] == PROFILE) == (kind == "profiles")]
    suffix, content = whole[number % len(whole)]
    random = np.random.default_rng((seed, number))
    if suffix == PROFILE and number % 4:
        return suffix, _strange_profile(content, random)
    return suffix, damaged(content, random)


def _strange_profile(content: bytes, random: np.random.Generator) -> bytes:
    """A whole archive, whose checksums are right, of a profile that says what it should not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    header = json.loads(members["header.json"])
    names = list(members)
    match int(random.integers(6)):
        case 0 | 1:
            header[list(header)[int(random.integers(len(header)))]] = hostile_value(random)
        case 2 if header["photos"]:
            quality = header["photos"][0]["quality"]
            quality[list(quality)[int(random.integers(len(quality)))]] = hostile_value(random)
        case 3:
            name = names[int(random.integers(len(names)))]
            members[name] = damaged(members[name], random)
        case 4:
            # Somewhere among the numbers.
            array = bytearray(members["identity.npy"])
            at = int(random.integers(200, len(array) - 2))
            array[at : at + 2] = random.bytes(2)
            members["identity.npy"] = bytes(array)
        case _:
            del members[names[int(random.integers(len(names)))]]
    if "header.json" in members and members["header.json"].startswith(b"{"):
        members["header.json"] = json.dumps(header).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def damaged(content: bytes, random: np.random.Generator) -> bytes:
    """The content with one to eight damages."""
    data = bytearray(content)
    for _ in range(int(random.integers(1, 9))):
        if data:
            _MUTATIONS[int(random.integers(len(_MUTATIONS)))](data, random)
    return bytes(data)


@cache
def whole_files() -> list[tuple[str, bytes]]:
    """One file of every kind that enrolment and import take, before it is damaged."""
    colour = _picture()
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    clear = np.dstack([colour, grey])
    deep = colour.astype(np.uint16) * 257
    jpeg = _encoded(".jpg", colour)
    files = [
        (".jpg", jpeg),
        (".jpg", _encoded(".jpg", grey)),
        (".jpg", _encoded(".jpg", colour, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)),
        (".jpg", _encoded(".jpg", colour, cv2.IMWRITE_JPEG_RST_INTERVAL, 2)),
        (".jpg", jpeg[:2] + _exif(6) + jpeg[2:]),
        (".png", _encoded(".png", colour)),
        (".png", _encoded(".png", grey)),
        (".png", _encoded(".png", clear)),
        (".png", _encoded(".png", deep)),
        (".png", _encoded(".png", (grey > 128).astype(np.uint8), cv2.IMWRITE_PNG_BILEVEL, 1)),
        (".webp", _encoded(".webp", colour, cv2.IMWRITE_WEBP_QUALITY, 70)),
        (".webp", _encoded(".webp", clear, cv2.IMWRITE_WEBP_QUALITY, 70)),
        (".webp", _encoded(".webp", clear, cv2.IMWRITE_WEBP_QUALITY, 101)),
        (".bmp", _encoded(".bmp", colour)),
        (".bmp", _encoded(".bmp", grey)),
        (".bmp", _encoded(".bmp", clear)),
    ]
    files += [
        (".tif", _encoded(".tif", colour, cv2.IMWRITE_TIFF_COMPRESSION, compression))
        for compression in _TIFF_COMPRESSIONS
    ]
    files.append((".tif", _encoded(".tif", deep)))
    files.append((".tif", _encoded(".tif", grey.astype(np.float32))))
    files += [(suffix, _animated(suffix, colour)) for suffix in (".png", ".webp")]
    files += [
        (f".{kind}", heif(colour, kind=kind, tile=tile, turns=[(b"irot", 1)], profile=profile))
        for kind in ("heic", "avif")
        for tile in (0, 64)
        for profile in (b"", bytes(200))
    ]
    files += [(PROFILE, _profile(0)), (PROFILE, _profile(2))]
    return files


# None, LZW, deflate (both numbers), PackBits.
_TIFF_COMPRESSIONS = (1, 5, 8, 32946, 32773)


def _picture() -> Image:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    smooth = np.dstack([rows * 3, columns * 2, rows + columns]) % 256
    noise = np.random.default_rng(0).integers(0, 40, smooth.shape)
    return np.clip(smooth + noise, 0, 255).astype(np.uint8)


def _encoded(suffix: str, image: np.ndarray, *parameters: int) -> bytes:
    done, data = cv2.imencode(suffix, image, list(parameters))
    assert done
    return data.tobytes()


def _animated(suffix: str, image: Image) -> bytes:
    animation = cv2.Animation()
    animation.frames = [image, np.ascontiguousarray(image[::-1])]
    animation.durations = [50, 50]
    done, data = cv2.imencodeanimation(suffix, animation)
    assert done
    return bytes(np.asarray(data, np.uint8))


def _exif(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    block = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block


def _profile(copies: int) -> bytes:
    random = np.random.default_rng(0)
    embedding = random.normal(size=128).astype(np.float32)
    quality = PhotoQuality(400, 700.0, 130.0, 0.0, 0.0, 0.0, 0.0)
    copy = encode_copy(random.integers(0, 256, (32, 32, 3), np.uint8))
    return profile_to_bytes(
        Profile(
            name="Fuzz",
            created=datetime(2026, 11, 21, tzinfo=UTC),
            identity=np.zeros((256, 32, 32), np.float32),
            embedding=embedding / np.float32(np.linalg.norm(embedding)),
            extractor_sha256="e" * 64,
            photo_count=copies,
            photos=(EnrolledPhoto(quality, copy),) * copies,
        )
    )


def _place(data: bytearray, random: np.random.Generator) -> int:
    """Half of them in the header, or at the end, where archives have theirs."""
    near = min(_HEADER, len(data))
    choice = random.integers(4)
    if choice == 0:
        return int(random.integers(near))
    if choice == 1:
        return len(data) - 1 - int(random.integers(near))
    return int(random.integers(len(data)))


def _flip(data: bytearray, random: np.random.Generator) -> None:
    data[_place(data, random)] ^= 1 << int(random.integers(8))


def _overwrite(data: bytearray, random: np.random.Generator) -> None:
    data[_place(data, random)] = int(random.integers(256))


def _number(data: bytearray, random: np.random.Generator) -> None:
    value = _NUMBERS[int(random.integers(len(_NUMBERS)))]
    form = ("<H", ">H", "<I", ">I")[int(random.integers(4))]
    packed = struct.pack(form, value & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
    at = _place(data, random)
    data[at : at + len(packed)] = packed


def _cut(data: bytearray, random: np.random.Generator) -> None:
    del data[_place(data, random) :]


def _remove(data: bytearray, random: np.random.Generator) -> None:
    at = _place(data, random)
    del data[at : at + int(random.integers(1, 64))]


def _repeat(data: bytearray, random: np.random.Generator) -> None:
    at = _place(data, random)
    part = bytes(data[at : at + int(random.integers(1, 64))])
    data[at:at] = part * int(random.integers(1, 50))


def _insert(data: bytearray, random: np.random.Generator) -> None:
    at = _place(data, random)
    data[at:at] = random.bytes(int(random.integers(1, 64)))


def _graft(data: bytearray, random: np.random.Generator) -> None:
    """A part of another file in the place of its own."""
    files = whole_files()
    other = files[int(random.integers(len(files)))][1]
    at = int(random.integers(min(len(data), len(other))))
    length = int(random.integers(1, 256))
    data[at : at + length] = other[at : at + length]


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _flip,
    _overwrite,
    _overwrite,
    _number,
    _number,
    _cut,
    _remove,
    _repeat,
    _insert,
    _graft,
)
