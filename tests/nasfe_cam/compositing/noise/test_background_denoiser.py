"""Noise of a room at rest averages out; what moves, and another scene, shows at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from nasfe_cam.compositing.noise.background_denoiser import BackgroundDenoiser
from nasfe_cam.core.frame import FloatArray, Image

HEIGHT, WIDTH = 180, 320
DEVIATION = 6.0


def room(shift: int = 0) -> Image:
    """Stripes of many widths, whose light falls to the right."""
    x = np.arange(WIDTH) + shift
    light = np.linspace(90, 60, WIDTH) + 20 * np.sign(np.sin(x * x / 900))
    return np.repeat(np.repeat(light[None, :, None], HEIGHT, 0), 3, 2).astype(np.uint8)


class Webcam:
    """Adds noise to pictures, another at each."""

    def __init__(self, deviation: float = DEVIATION) -> None:
        self._rng = np.random.default_rng(5)
        self._deviation = deviation

    def sees(self, picture: Image) -> Image:
        noise = self._rng.normal(0, self._deviation, picture.shape)
        return np.clip(picture + noise, 0, 255).astype(np.uint8)


def error(shown: Image | FloatArray, truth: Image) -> float:
    return float(np.sqrt(np.square(shown.astype(float) - truth).mean()))


def settled(webcam: Webcam, picture: Image, noise: float = 1.0) -> BackgroundDenoiser:
    """A steadier that has seen one second of a room at rest."""
    steadier = BackgroundDenoiser()
    for _ in range(30):
        steadier.steady(webcam.sees(picture), noise)
    return steadier


def test_the_noise_of_a_room_at_rest_averages_out() -> None:
    webcam, truth = Webcam(), room()
    steadier = settled(webcam, truth)
    # White noise would keep 0.2 of its deviation; some of it is taken for movement.
    assert error(steadier.steady(webcam.sees(truth), 1.0), truth) < 0.45 * DEVIATION


def test_bars_beside_the_picture_change_nothing_of_that() -> None:
    webcam, truth = Webcam(), room()
    inside = slice(120, 200)

    def barred() -> Image:
        picture = np.zeros_like(truth)
        picture[:, inside] = webcam.sees(truth)[:, inside]
        return picture

    steadier = BackgroundDenoiser()
    for _ in range(30):
        shown = steadier.steady(barred(), 1.0)
    assert error(shown[:, inside], truth[:, inside]) < 0.45 * DEVIATION


def test_the_first_picture_and_one_without_noise_are_shown_as_they_are() -> None:
    webcam, truth = Webcam(), room()
    steadier = BackgroundDenoiser()
    first = webcam.sees(truth)
    assert (steadier.steady(first, 1.0) == first).all()
    for _ in range(5):
        seen = webcam.sees(truth)
        assert np.abs(steadier.steady(seen, 0.0).astype(int) - seen).max() <= 1


def test_half_the_noise_takes_half_the_past() -> None:
    webcam, truth = Webcam(), room()
    errors = [
        error(settled(webcam, truth, noise).steady(webcam.sees(truth), noise), truth)
        for noise in (0.0, 0.5, 1.0)
    ]
    assert errors[0] > errors[1] > errors[2]


def other_scenes() -> Iterator[tuple[str, Image]]:
    yield "another room", np.ascontiguousarray(room()[:, ::-1] // 2)
    yield "the lamp is switched on", np.clip(room().astype(int) + 25, 0, 255).astype(np.uint8)
    yield "the lamp is switched off", room() // 2
    yield "the camera is turned", room(shift=40)


@pytest.mark.parametrize(
    "after", [picture for _, picture in other_scenes()], ids=[name for name, _ in other_scenes()]
)
def test_another_scene_or_light_shows_with_its_first_picture(after: Image) -> None:
    webcam, before = Webcam(), room()
    steadier = settled(webcam, before)
    ghost = np.abs(before.astype(int) - after) > 12
    seen = webcam.sees(after)
    left = (seen.astype(int) - steadier.steady(seen, 1.0))[ghost]
    before_by = (after.astype(int) - before)[ghost]
    # How much of the difference between the two scenes is still to be seen.
    assert (left * before_by).sum() / np.square(before_by).sum() < 0.08


@pytest.mark.parametrize("speed", [2, 8, 24])
def test_a_hand_leaves_no_trail(speed: int) -> None:
    webcam, truth = Webcam(), room()
    steadier = settled(webcam, truth)
    for x in range(20, 260, speed):
        picture = truth.copy()
        picture[60:120, x : x + 40] = 170
        seen = webcam.sees(picture)
        shown = steadier.steady(seen, 1.0).copy()
    # Behind it, where it was in the pictures before.
    behind = (slice(64, 116), slice(max(0, x - 20), x - 4))
    trail = shown[behind].astype(float).mean() - truth[behind].mean()
    assert abs(trail) < 0.08 * (170 - truth[behind].mean())
    inside = (slice(64, 116), slice(x + 6, x + 34))
    assert abs(shown[inside].astype(float).mean() - 170) < 4


def test_after_a_picture_that_stood_still_it_goes_on() -> None:
    webcam, truth = Webcam(), room()
    steadier = settled(webcam, truth)
    frozen = webcam.sees(truth)
    for _ in range(60):
        shown = steadier.steady(frozen, 1.0)
    assert error(shown, frozen) < 1
    for _ in range(60):
        shown = steadier.steady(webcam.sees(truth), 1.0)
    assert error(shown, truth) < 0.45 * DEVIATION


def test_another_size_begins_anew_and_nothing_given_is_changed() -> None:
    webcam, truth = Webcam(), room()
    steadier = settled(webcam, truth)
    smaller = webcam.sees(truth)[:90, :161].copy()
    given = smaller.copy()
    assert (steadier.steady(smaller, 1.0) == given).all()
    steadier.steady(smaller, 1.0)
    assert (smaller == given).all()


def test_after_a_reset_nothing_of_before_is_left() -> None:
    webcam, truth = Webcam(), room()
    steadier = settled(webcam, truth)
    steadier.reset()
    seen = webcam.sees(truth)
    assert (steadier.steady(seen, 1.0) == seen).all()
