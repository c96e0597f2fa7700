"""Bringing pictures of any size to the output size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nasfe_cam.config.settings import Fit
from nasfe_cam.pipeline.resize import fit

sides = st.integers(1, 300)
modes = st.sampled_from(list(Fit))
unhurried = settings(deadline=None)  # the machine may be busy


def white(width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def content_box(image: np.ndarray) -> tuple[int, int]:
    """Width and height of what is not black."""
    filled = image.max(axis=2) > 0
    return int(filled.any(axis=0).sum()), int(filled.any(axis=1).sum())


@given(sides, sides, sides, sides, modes)
@unhurried
def test_the_result_always_has_the_asked_size_and_layout(width, height, to_width, to_height, mode):
    result = fit(white(width, height), to_width, to_height, mode)

    assert result.shape == (to_height, to_width, 3)
    assert result.dtype == np.uint8
    assert result.flags.c_contiguous


@given(sides, sides, modes)
@unhurried
def test_a_picture_of_the_right_size_is_returned_itself(width, height, mode):
    image = white(width, height)

    assert fit(image, width, height, mode) is image


@given(sides, sides, sides, sides)
@unhurried
def test_letterbox_keeps_the_aspect_within_a_pixel_and_touches_two_edges(
    width, height, to_width, to_height
):
    inner_width, inner_height = content_box(
        fit(white(width, height), to_width, to_height, Fit.LETTERBOX)
    )

    scale = min(to_width / width, to_height / height)
    assert abs(inner_width - max(1.0, width * scale)) <= 1
    assert abs(inner_height - max(1.0, height * scale)) <= 1
    assert inner_width == to_width or inner_height == to_height


@given(sides, sides, sides, sides)
@unhurried
def test_letterbox_centres_the_picture_between_black_bars(width, height, to_width, to_height):
    result = fit(white(width, height), to_width, to_height, Fit.LETTERBOX)
    filled = result.max(axis=2) > 0

    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    assert abs(rows[0] - (to_height - 1 - rows[-1])) <= 1
    assert abs(columns[0] - (to_width - 1 - columns[-1])) <= 1
    assert np.all(result[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] == 255)


@given(st.integers(8, 200), st.integers(8, 200), st.integers(64, 300), st.integers(64, 300))
@unhurried
def test_letterbox_loses_no_corner(width, height, to_width, to_height):
    image = np.zeros((height, width, 3), np.uint8)
    reach_x, reach_y = max(2, width // 4), max(2, height // 4)
    colours = {(0, 0): (255, 0, 0), (0, 1): (0, 255, 0), (1, 0): (0, 0, 255), (1, 1): (255,) * 3}
    for (bottom, right), colour in colours.items():
        rows = slice(height - reach_y, height) if bottom else slice(0, reach_y)
        columns = slice(width - reach_x, width) if right else slice(0, reach_x)
        image[rows, columns] = colour

    result = fit(image, to_width, to_height, Fit.LETTERBOX)
    filled = result.max(axis=2) > 40
    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))

    for (bottom, right), colour in colours.items():
        corner = result[rows[-bottom], columns[-right]].astype(int)
        assert np.argmax(corner) == np.argmax(colour)


@given(sides, sides, sides, sides)
@unhurried
def test_crop_fills_the_whole_result(width, height, to_width, to_height):
    assert np.all(fit(white(width, height), to_width, to_height, Fit.CROP) == 255)


@given(st.integers(20, 200), st.integers(20, 200), st.integers(20, 200), st.integers(20, 200))
@unhurried
def test_crop_keeps_the_middle_in_the_middle_and_the_aspect(width, height, to_width, to_height):
    """Two ramps say for each pixel of the result where it came from."""
    across = np.broadcast_to(np.linspace(0, 250, width), (height, width))
    down = np.broadcast_to(np.linspace(0, 250, height)[:, None], (height, width))
    image = np.dstack([across, down, down]).astype(np.uint8)

    result = fit(image, to_width, to_height, Fit.CROP).astype(float)

    columns, rows = result[..., 0].mean(axis=0), result[..., 1].mean(axis=1)
    pixel = 250 / min(width, height)
    assert columns.mean() == pytest.approx(125, abs=pixel + 1)
    assert rows.mean() == pytest.approx(125, abs=pixel + 1)
    taken_width = (columns[-1] - columns[0]) / 250 * width
    taken_height = (rows[-1] - rows[0]) / 250 * height
    scale = min(width / to_width, height / to_height)
    tolerance = 2 + 2 * max(1.0, scale)
    assert taken_width == pytest.approx(to_width * scale, abs=tolerance)
    assert taken_height == pytest.approx(to_height * scale, abs=tolerance)


@given(sides, sides, sides, sides, modes)
@unhurried
def test_a_given_buffer_is_filled_completely_and_returned(width, height, to_width, to_height, mode):
    if (width, height) == (to_width, to_height):
        width += 1
    buffer = np.full((to_height, to_width, 3), 99, np.uint8)
    image = white(width, height)

    result = fit(image, to_width, to_height, mode, out=buffer)

    assert result is buffer
    assert np.array_equal(result, fit(image, to_width, to_height, mode))


@given(sides, sides, modes)
@unhurried
def test_the_given_picture_is_never_changed(width, height, mode):
    image = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    image.setflags(write=False)
    before = image.copy()

    fit(image, 64, 48, mode)

    assert np.array_equal(image, before)


def test_a_buffer_of_another_size_is_refused():
    with pytest.raises(ValueError, match="out has shape"):
        fit(white(10, 10), 20, 20, Fit.CROP, out=np.empty((20, 21, 3), np.uint8))


@pytest.mark.parametrize("mode", list(Fit))
@pytest.mark.parametrize("size", [(7680, 4320), (8192, 8192), (8000, 1), (1, 8000), (1, 1)])
def test_extreme_sizes_come_through(size, mode):
    result = fit(white(*size), 1280, 720, mode)

    assert result.shape == (720, 1280, 3)
    assert result.max() == 255


def test_a_fine_pattern_shrinks_to_its_average_instead_of_flickering():
    stripes = np.zeros((720, 1280, 3), np.uint8)
    stripes[:, ::3] = 255

    result = fit(stripes, 160, 90, Fit.LETTERBOX)

    # Eight pixels hold two or three of the stripes; picking single pixels gives 0 to 255.
    assert np.all(np.abs(result.astype(int) - 85) <= 22)


def test_a_grown_edge_is_smooth():
    image = np.zeros((2, 2, 3), np.uint8)
    image[:, 1] = 255

    row = fit(image, 100, 100, Fit.LETTERBOX)[50, :, 0].astype(int)

    assert np.all(np.diff(row) >= 0)
    assert len(np.unique(row)) > 20


def test_letterbox_equals_opencv_on_the_part_that_is_not_black():
    image = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)

    result = fit(image, 1280, 720, Fit.LETTERBOX)

    expected = cv2.resize(image, (960, 720), interpolation=cv2.INTER_LINEAR)
    assert np.array_equal(result[:, 160:1120], expected)
    assert not result[:, :160].any()
    assert not result[:, 1120:].any()
