"""A camera's exposure is told from what happens before it, and followed at once."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.exposure import Exposure
from nasfe_cam.compositing.light_meter import LightMeter
from nasfe_cam.core.frame import Frame, Image

HEIGHT, WIDTH = 360, 640


def scene() -> Image:
    rng = np.random.default_rng(0)
    coarse = rng.integers(20, 230, (9, 16, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (WIDTH, HEIGHT)), np.uint8)


def seen(picture: Image, gain: float, number: int, noise: float = 3.0) -> Image:
    grain = np.random.default_rng(number).normal(0, noise, picture.shape)
    return np.clip(picture * gain + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("gains", [(0.3, 0.4, 0.5, 0.6), (0.8, 0.7, 0.6, 0.45)])
def test_one_factor_for_all_is_exposure(gains: tuple[float, ...]) -> None:
    exposure = Exposure()
    for number, gain in enumerate(gains):
        exposure.follow(seen(scene(), gain, number))
    assert exposure.now == pytest.approx(math.log(gains[-1] / gains[0]), abs=0.02)


def test_noise_is_none() -> None:
    exposure = Exposure()
    for number in range(60):
        exposure.follow(seen(scene(), 0.2, number, noise=8.0))
    assert abs(exposure.now) < 0.02


def test_a_hand_a_cut_and_a_covered_lens_are_none() -> None:
    exposure = Exposure()
    hand = scene()
    hand[60:, 200:520] = (120, 150, 200)
    for picture in (scene(), hand, scene(), scene()[::-1], scene(), np.zeros_like(hand), scene()):
        exposure.follow(np.ascontiguousarray(picture))
        assert exposure.now == 0


def test_a_picture_is_no_lighter_than_it_should_be_while_a_webcam_starts() -> None:
    """It begins dark and finds its exposure within ten frames; what is shown is steady."""
    meter = LightMeter()
    # A picture whose lightest parts are as light as those of a well-lit one at a gain of 1.
    gains = [min(0.7, 0.3 * 1.15**number) for number in range(30)]
    shown = []
    for number, gain in enumerate(gains):
        frame = Frame(seen(scene(), gain, number, noise=1.0), number / 30, number)
        shown.append(gain * math.exp(meter.read(frame, None).lack))
    assert max(shown) / min(shown) < 1.06
