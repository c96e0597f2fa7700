"""Bringing any layout of pixels to three 8-bit channels."""

from __future__ import annotations

import numpy as np
import pytest

from nasfe_cam.image_io.colour import as_bgr


def test_a_picture_in_the_right_layout_is_not_copied():
    image = np.zeros((4, 6, 3), np.uint8)

    assert as_bgr(image) is image


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (1, 1), (1, 1, 1)])
def test_grey_becomes_three_equal_channels(shape):
    bgr = as_bgr(np.full(shape, 77, np.uint8))

    assert bgr.shape == (*shape[:2], 3)
    assert np.all(bgr == 77)


def test_alpha_is_dropped_and_the_order_of_colours_kept():
    image = np.tile(np.array([10, 20, 30, 0], np.uint8), (4, 6, 1))

    assert np.array_equal(as_bgr(image), np.tile(np.array([10, 20, 30], np.uint8), (4, 6, 1)))


@pytest.mark.parametrize(("deep", "shallow"), [(0, 0), (65535, 255), (32896, 128), (257, 1)])
@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 3), (4, 6, 4)])
def test_16_bits_become_8_over_the_whole_range(deep, shallow, shape):
    bgr = as_bgr(np.full(shape, deep, np.uint16))

    assert bgr.dtype == np.uint8
    assert np.all(bgr == shallow)


def test_a_view_with_gaps_becomes_contiguous():
    image = np.arange(4 * 12 * 3, dtype=np.uint8).reshape(4, 12, 3)[:, ::2]

    bgr = as_bgr(image)

    assert bgr.flags.c_contiguous
    assert np.array_equal(bgr, image)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((0, 6, 3), np.uint8),
        np.zeros((4, 6, 2), np.uint8),
        np.zeros((4, 6, 3), np.float32),
        np.zeros(5, np.uint8),
        np.zeros((2, 4, 6, 3), np.uint8),
    ],
    ids=["empty", "two channels", "float", "one axis", "four axes"],
)
def test_what_is_no_picture_is_refused(image):
    with pytest.raises(ValueError, match="not a picture"):
        as_bgr(image)
