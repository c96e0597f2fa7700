"""Photos of unknown origin are read upright and whole, or refused with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as pillow

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.faces.alignment import CANONICAL_POSITIONS, STABLE_LANDMARKS
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.faces.tracker import Face
from tests.picture_bytes import png_that_states
from tests.train.photo_files import (
    astronaut,
    bad_photos,
    jpeg,
    portrait,
    rotated_by_exif,
)
from train.data.preparation.aligned_crops import align_photo, take_crop
from train.data.preparation.photo_reading import decode_photo, read_photo_file

BAD = bad_photos()


@pytest.fixture(scope="module")
def finder() -> Iterator[StillDetector]:
    finder = StillDetector(find_model("face_landmarker.task"))
    yield finder
    # Left to the garbage collector, MediaPipe may wait for itself for ever.
    finder.close()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".bmp", ".tif"])
def test_every_format_of_the_camera_is_read_in_its_colours(suffix: str) -> None:
    face = portrait()
    read = decode_photo(cv2.imencode(suffix, face)[1].tobytes())
    assert read.shape == face.shape and read.dtype == np.uint8 and read.flags.c_contiguous
    assert cv2.PSNR(read, face) > 30


def test_transparent_and_palette_pictures_lose_only_that() -> None:
    face = portrait()
    transparent = np.dstack([face, np.full(face.shape[:2], 128, np.uint8)])
    assert np.array_equal(decode_photo(cv2.imencode(".png", transparent)[1].tobytes()), face)


def test_a_photo_is_turned_as_its_exif_data_says() -> None:
    face = portrait()
    assert cv2.PSNR(decode_photo(rotated_by_exif(face)), face) > 30


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_learned_from_is_refused_with_the_reason(
    name: str, finder: StillDetector
) -> None:
    content, reason = BAD[name]
    with pytest.raises(PhotoError) as caught:
        align_photo(decode_photo(content), finder)
    assert caught.value.code == reason
    assert "\n" not in str(caught.value)


def test_a_huge_picture_is_refused_before_a_pixel_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pillow.Image, "load", lambda _: pytest.fail("it was decoded"))
    with pytest.raises(PhotoError, match="too large"):
        decode_photo(png_that_states(9000, 9000))


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("gone.jpg", "pipe.jpg", "."):
        with pytest.raises(PhotoError, match="no file"):
            read_photo_file(tmp_path / name)


def test_a_head_in_profile_is_refused(finder: StillDetector) -> None:
    class InProfile:
        def find(self, image: Image) -> list[Face]:
            return [replace(face, turn=0.9) for face in finder.find(image)]

    with pytest.raises(PhotoError, match="from the side"):
        align_photo(portrait(), InProfile())


@pytest.mark.parametrize("degrees", [0, 25])
def test_a_crop_is_aligned_as_the_live_camera_aligns_it(
    finder: StillDetector, degrees: float
) -> None:
    tilt = cv2.getRotationMatrix2D((256, 256), degrees, 1)
    photo = cv2.warpAffine(portrait(), tilt, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    crop = align_photo(np.asarray(photo, np.uint8), finder)
    assert (crop.side, crop.native_side) == (256, pytest.approx(427, abs=20))
    picture = cv2.imdecode(np.frombuffer(crop.jpeg, np.uint8), cv2.IMREAD_COLOR)
    (face,) = finder.find(np.asarray(picture, np.uint8))
    misplaced = face.landmarks[STABLE_LANDMARKS] / 256 - CANONICAL_POSITIONS
    assert np.abs(misplaced.mean(0)).max() < 0.01


def test_a_small_face_is_stored_at_its_own_size(finder: StillDetector) -> None:
    crop = align_photo(astronaut(), finder)
    assert crop.side == crop.native_side == pytest.approx(168, abs=8)
    assert cv2.imdecode(np.frombuffer(crop.jpeg, np.uint8), 1).shape == (crop.side, crop.side, 3)


def test_an_aligned_crop_keeps_every_byte() -> None:
    content = jpeg(cv2.resize(portrait(), (200, 200)))
    crop = take_crop(content, native_side=431)
    assert (crop.jpeg, crop.side, crop.native_side) == (content, 200, 431)
    assert take_crop(content).native_side == 200


def test_an_aligned_crop_must_be_square_and_whole() -> None:
    with pytest.raises(PhotoError, match="square"):
        take_crop(jpeg(portrait()[:400]))
    with pytest.raises(PhotoError, match="ends before"):
        take_crop(jpeg(portrait())[:9000])
