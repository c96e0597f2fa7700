"""Files that a data folder may hold: faces that may be redistributed, and everything bad."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import skimage.data
from PIL import Image as pillow

from nasfe_cam.core.frame import Image
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from tests.picture_bytes import png_that_states, with_orientation

ASSETS = BUNDLED_CLIP.parent
PORTRAITS = tuple(ASSETS / f"reference_{number}.jpg" for number in (1, 2, 3))
"""Three photos of one person that nobody is (CC0), 512 x 512."""


def portrait(number: int = 1) -> Image:
    """A photo of the person in `PORTRAITS`: 512 x 512 x 3 uint8 BGR."""
    return np.asarray(cv2.imread(str(PORTRAITS[number - 1])), np.uint8)


def astronaut() -> Image:
    """A photo of another person (NASA, public domain): 512 x 512 x 3 uint8 BGR."""
    return np.ascontiguousarray(skimage.data.astronaut()[..., ::-1])


def write(path: Path, image: Image) -> Path:
    """Save a BGR picture in the format of its ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded, data = cv2.imencode(path.suffix, image)
    assert encoded
    path.write_bytes(data.tobytes())
    return path


def jpeg(image: Image) -> bytes:
    return cv2.imencode(".jpg", image)[1].tobytes()


def rotated_by_exif(image: Image) -> bytes:
    """A JPEG whose pixels lie on their side and whose EXIF data says so (orientation 6)."""
    return with_orientation(jpeg(np.ascontiguousarray(np.rot90(image))), 6)


def cmyk(image: Image) -> bytes:
    buffer = io.BytesIO()
    pillow.fromarray(image[..., ::-1]).convert("CMYK").save(buffer, "JPEG")
    return buffer.getvalue()


def bad_photos() -> dict[str, tuple[bytes, str]]:
    """Content and the reason why it must be refused, by file name."""
    face = portrait()
    grey = cv2.cvtColor(face, cv2.COLOR_BGR2GRAY)
    deep = cv2.imencode(".png", grey.astype(np.uint16) * 257)[1].tobytes()
    meadow = np.random.default_rng(0).integers(90, 160, (300, 300, 3), np.uint8)
    return {
        "garbage.jpg": (b"hello world" * 50, "unreadable"),
        "empty.png": (b"", "unreadable"),
        "phone.heic": (b"\0\0\0\x18ftypheic" + bytes(100), "unreadable"),
        "half.jpg": (jpeg(face)[:20_000], "truncated"),
        "half.png": (cv2.imencode(".png", face)[1].tobytes()[:100_000], "truncated"),
        "thumbnail.jpg": (jpeg(cv2.resize(face, (100, 100))), "tiny"),
        "one_pixel.png": (cv2.imencode(".png", face[:1, :1])[1].tobytes(), "tiny"),
        "grey.jpg": (jpeg(grey), "grey"),
        "grey_in_three_channels.jpg": (jpeg(cv2.merge([grey] * 3)), "grey"),
        "grey_16_bit.png": (deep, "grey"),
        "for_print.jpg": (cmyk(face), "cmyk"),
        "bomb.png": (png_that_states(20_000, 20_000), "too-large"),
        "poster.png": (png_that_states(8_192, 8_193), "too-large"),
        "meadow.jpg": (jpeg(meadow), "no-face"),
        "couple.jpg": (jpeg(np.hstack([face, portrait(2)])), "several-faces"),
        "far_away.jpg": (jpeg(cv2.resize(face, (150, 150))), "too-small"),
        "night.jpg": (jpeg(cv2.convertScaleAbs(face, alpha=0.3)), "too-dark"),
        "soft.jpg": (jpeg(cv2.GaussianBlur(face, (0, 0), 9)), "blurred"),
        "cut.jpg": (jpeg(np.ascontiguousarray(face[130:])), "cut-off"),
    }
