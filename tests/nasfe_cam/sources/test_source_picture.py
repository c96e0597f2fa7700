"""A still picture as a source."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.errors import PictureUnreadable, SourceNotFound
from nasfe_cam.image_io.decoding import read_picture
from nasfe_cam.image_io.headers import picture_size
from nasfe_cam.sources.picture import PictureSource
from tests.picture_bytes import png_that_states, with_orientation

SUFFIXES = [".jpg", ".png", ".webp", ".bmp", ".tif"]


def write(path: Path, image: np.ndarray) -> Path:
    encoded, data = cv2.imencode(path.suffix, image)
    assert encoded
    path.write_bytes(data.tobytes())
    return path


def blue_above_red(width: int = 64, height: int = 48) -> np.ndarray:
    image = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, :, 0] = 255
    image[height // 2 :, :, 2] = 255
    return image


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_common_picture_formats_are_shown_in_their_colours(tmp_path, suffix):
    image = read_picture(write(tmp_path / f"picture{suffix}", blue_above_red()))

    assert image.shape == (48, 64, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert image[10, 32, 0] > 240
    assert image[10, 32, 2] < 15
    assert image[40, 32, 2] > 240
    assert image[40, 32, 0] < 15


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("size", [(1, 1), (7, 3), (641, 479)])
def test_the_size_is_known_without_decoding(tmp_path, suffix, size):
    path = write(tmp_path / f"picture{suffix}", blue_above_red(*size))

    assert picture_size(path.read_bytes()) == size
    assert read_picture(path).shape[1::-1] == size


@pytest.mark.parametrize("quality", [80, 101], ids=["lossy", "lossless"])
def test_both_kinds_of_webp_state_their_size(quality):
    _, data = cv2.imencode(".webp", blue_above_red(), [cv2.IMWRITE_WEBP_QUALITY, quality])

    assert picture_size(data.tobytes()) == (64, 48)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_grey_16_bit_and_transparent_pictures_become_three_channels(tmp_path, suffix):
    grey = np.full((5, 9), 200, np.uint8)
    deep = np.full((5, 9, 3), 200 * 257, np.uint16)
    transparent = np.dstack([np.full((5, 9, 3), 200, np.uint8), np.full((5, 9), 128, np.uint8)])

    for image in (grey, deep, transparent):
        shown = read_picture(write(tmp_path / f"picture{suffix}", image))
        assert shown.shape == (5, 9, 3)
        assert np.all(np.abs(shown.astype(int) - 200) <= 1)


@pytest.mark.parametrize(
    ("orientation", "blue_at"),
    [(1, (10, 32)), (3, (40, 32)), (6, (32, 40)), (8, (32, 10))],
)
def test_the_exif_rotation_is_respected(tmp_path, orientation, blue_at):
    path = tmp_path / "phone.jpg"
    _, jpeg = cv2.imencode(".jpg", blue_above_red())
    path.write_bytes(with_orientation(jpeg.tobytes(), orientation))

    image = read_picture(path)

    assert image.shape[:2] == ((48, 64) if orientation < 5 else (64, 48))
    assert image[blue_at][0] > 240


def test_an_8k_picture_is_shown(tmp_path):
    image = read_picture(write(tmp_path / "large.jpg", np.full((4320, 7680, 3), 90, np.uint8)))

    assert image.shape == (4320, 7680, 3)


def test_a_small_file_that_states_a_huge_picture_is_refused_before_decoding(tmp_path, monkeypatch):
    path = tmp_path / "bomb.png"
    path.write_bytes(png_that_states(60_000, 60_000))
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("it was decoded"))

    with pytest.raises(PictureUnreadable, match="60000 x 60000 pixels"):
        read_picture(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kept", [0.5, 0.05, 0.0])
def test_a_truncated_picture_is_shown_as_far_as_it_goes_or_refused(tmp_path, suffix, kept):
    noise = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)
    path = write(tmp_path / f"cut{suffix}", noise)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    try:
        image = read_picture(path)
    except PictureUnreadable as error:
        assert str(path) in str(error)
    else:
        assert image.shape == (48, 64, 3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"hello world", "no JPEG, PNG"),
        (b"\xff\xd8\xff", "no JPEG, PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(500), "no JPEG, PNG"),
        (b"\x89PNG\r\n\x1a\n", "no JPEG, PNG"),
        (png_that_states(0, 0), "damaged"),
        (b"II*\x00\xff\xff\xff\xff", "no JPEG, PNG"),
        (b"BM" + bytes(10), "no JPEG, PNG"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(tmp_path, content, reason):
    path = tmp_path / "fake.png"
    path.write_bytes(content)

    with pytest.raises(PictureUnreadable, match=reason):
        read_picture(path)


def test_a_missing_picture_is_named(tmp_path):
    with pytest.raises(SourceNotFound, match=r"no\.png"):
        read_picture(tmp_path / "no.png")


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(PictureUnreadable, match="folder"):
        read_picture(tmp_path)


def test_the_picture_is_repeated_at_the_frame_rate(tmp_path, clock):
    path = write(tmp_path / "picture.png", blue_above_red())
    source = PictureSource(path, fps=10, clock=clock, sleep=clock.sleep)

    frames = [source.read() for _ in range(5)]

    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    captured = [frame.captured_at - 1000.0 for frame in frames]
    assert captured == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


def test_a_late_reader_of_a_picture_finds_a_gap_in_the_index(tmp_path, clock):
    path = write(tmp_path / "picture.png", blue_above_red())
    source = PictureSource(path, fps=10, clock=clock, sleep=clock.sleep)
    source.read()
    clock.now += 0.55

    assert [source.read().index for _ in range(2)] == [5, 6]
    assert clock.now == pytest.approx(1000.6)


def test_nobody_can_write_into_the_picture_that_all_frames_share(tmp_path, clock):
    path = write(tmp_path / "picture.png", blue_above_red())
    frame = PictureSource(path, clock=clock, sleep=clock.sleep).read()

    with pytest.raises(ValueError, match="read-only"):
        frame.image[0, 0] = 0


def test_a_closed_picture_has_ended(tmp_path, clock):
    path = write(tmp_path / "picture.png", blue_above_red())
    source = PictureSource(path, clock=clock, sleep=clock.sleep)
    source.close()

    assert source.read() is None
    description = source.describe()
    assert (description.width, description.height, description.live) == (64, 48, False)
