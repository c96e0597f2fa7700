"""Which files are photos."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import cv2
import numpy as np
import pytest

from benchmarks.robustness.heif_files import heif
from nasfe_cam.image_io.decoding import read_picture
from nasfe_cam.image_io.photo_files import PHOTO_SUFFIXES, is_photo, photos_in


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jpg", True),
        ("A.JPEG", True),
        ("phone/IMG_1.HEIC", True),
        ("a.avif", True),
        ("._a.jpg", False),
        (".jpg", False),
        ("a.mp4", False),
        ("jpg", False),
    ],
)
def test_a_photo_is_known_by_its_name(name: str, expected: bool) -> None:
    assert is_photo(PurePosixPath(name)) is expected


def test_the_photos_of_a_folder_come_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.png", ".c.jpg", "d.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in photos_in(tmp_path)] == ["a.png", "b.jpg"]


def test_every_file_that_is_called_a_photo_can_be_read(tmp_path: Path) -> None:
    """One list, for folders, for the window and for sources."""
    image = np.full((48, 64, 3), 90, np.uint8)
    for suffix in PHOTO_SUFFIXES:
        path = tmp_path / f"photo{suffix}"
        if suffix in (".heic", ".heif", ".avif"):
            path.write_bytes(heif(image, kind="avif" if suffix == ".avif" else "heic"))
        else:
            cv2.imwrite(str(path), image)
        assert abs(read_picture(path).astype(int) - 90).max() < 6
