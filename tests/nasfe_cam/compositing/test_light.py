"""Light is lifted for the whole frame: by as much as it lacks, in its own hue, and steadily."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.compositing.background import Background
from nasfe_cam.compositing.light import BRIGHTEST_FACE, calm_share, light_of, steady_share
from nasfe_cam.compositing.light_match import match_light
from nasfe_cam.compositing.light_meter import LightMeter, temporal_noise
from nasfe_cam.compositing.tone_curve import look_up, look_up_between, tone_table
from nasfe_cam.core.frame import Frame, Image
from tests.nasfe_cam.stand_ins import face_at

HEIGHT, WIDTH = 180, 320


def room(white: int = 212, skin: int = 130) -> Image:
    """A wall from black to white with a face of one colour before it."""
    ramp = np.linspace(6, white, WIDTH).astype(np.uint8)
    picture = np.repeat(np.repeat(ramp[None, :, None], HEIGHT, 0), 3, 2)
    cv2.circle(picture, (160, 100), 45, (skin * 3 // 4, skin, min(255, skin * 5 // 4)), -1)
    return picture


FACE = face_at(100, 30, 120).landmarks


def darkened(picture: Image, factor: float) -> Image:
    return np.round(picture * factor).astype(np.uint8)


@given(st.floats(0, 1.79), st.floats(0, 12), st.floats(-0.2, 0.2))
def test_the_curve_rises_and_keeps_black_and_white(lift: float, black: float, cast: float) -> None:
    for casts in (None, np.array([cast, 0, -cast], np.float32)):
        table = tone_table(lift, black, casts)[:, 0].astype(int)
        assert (np.diff(table, axis=0) >= 0).all() and (table[0] == 0).all()
        if casts is None:
            assert (table[255] == 255).all()


def test_without_lift_the_curve_does_nothing() -> None:
    assert (tone_table(0.0, black=5.0)[:, 0, 0] == np.arange(256)).all()


def test_hue_and_contrast_are_those_of_the_input() -> None:
    dark = np.array([[[44, 50, 47], [30, 40, 60]]], np.uint8)
    lit = look_up(dark, tone_table(math.log(3))).astype(int)
    assert np.abs(lit - 3 * dark.astype(int)).max() <= 1


def test_between_levels_a_lifted_mean_moves_evenly() -> None:
    table = tone_table(math.log(5), 0.0, np.array([0.1, 0.0, -0.1], np.float32))
    means = np.repeat(np.linspace(20, 30, 401, dtype=np.float32)[None, :, None], 3, axis=2)
    lit = look_up_between(means, table).astype(int)
    assert (np.diff(lit, axis=1) >= 0).all() and np.diff(lit, axis=1).max() == 1
    levels = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    whole = look_up_between(levels.astype(np.float32), table).astype(int)
    assert np.abs(whole - look_up(levels, table)).max() <= 1


def test_a_dark_room_at_rest_hardly_shimmers_when_it_is_lifted() -> None:
    rng = np.random.default_rng(3)
    wall = np.full((HEIGHT, WIDTH, 3), 24.5) + np.linspace(0, 6, WIDTH)[None, :, None]
    table, background = tone_table(math.log(5)), Background()
    shown = []
    for _ in range(60):
        seen = np.clip(np.round(wall + rng.normal(0, 1.5, wall.shape)), 0, 255).astype(np.uint8)
        out = np.empty_like(seen)
        background.relight(seen, table, 1.0, 1.0, out)
        shown.append(out.astype(np.float32))
    changes = np.abs(np.diff(np.stack(shown[30:]), axis=0)).mean()
    # Rounded before it is lifted, it changes by 0.26.
    assert changes < 0.2


@pytest.mark.parametrize("lift", [0.1, 0.3, 0.6])
def test_a_lifted_picture_shimmers_no_more_than_the_camera_s(lift: float) -> None:
    """Little noise is averaged away as far as it is lifted, and fine detail stays."""
    rng = np.random.default_rng(3)
    stripes = 60.0 + 20.0 * (np.arange(WIDTH) % 2)[None, :, None]
    scene = stripes.repeat(HEIGHT, 0).repeat(3, 2)
    background, shown, seen = Background(), [], []
    for _ in range(40):
        # Grains of some pixels, as cameras leave them when they have smoothed and coded a picture.
        grains = rng.normal(0, 12, scene.shape)
        noisy = scene + cv2.GaussianBlur(grains, (0, 0), 1.5)
        seen.append(np.clip(np.round(noisy), 0, 255).astype(np.uint8))
        out = np.empty_like(seen[-1])
        background.relight(seen[-1], tone_table(lift), steady_share(lift), 0.0, out)
        shown.append(out)
    before, after = (
        np.abs(np.diff(np.stack(those[20:]).astype(np.float32), axis=0)).mean()
        for those in (seen, shown)
    )
    assert after <= before
    detail = np.diff(np.mean(shown[20:], axis=0), axis=1)
    assert np.abs(detail).mean() == pytest.approx(20 * math.exp(lift), rel=0.05)


def test_the_veil_of_noise_that_is_cut_off_at_black_comes_off() -> None:
    rng = np.random.default_rng(0)
    levels = np.array([0.0, 4.0, 10.0, 40.0])
    seen = [np.clip(level + rng.normal(0, 8, 100_000), 0, 255).mean() for level in levels]
    table = tone_table(math.log(4), black=8.0)[:, 0, 0]
    lit = np.interp(seen, np.arange(256), table) / 4
    assert np.abs(lit - levels).max() < 1.0
    assert seen[0] > 3, "a grey veil without it"


def test_what_is_a_little_dark_is_lifted_a_little() -> None:
    lift = light_of(darkened(room(), 0.8), FACE, 0.0).needed_lift
    assert 1.02 < math.exp(lift) < 1.2


@pytest.mark.parametrize("factor", [0.2, 0.35, 0.55])
def test_what_was_darkened_is_found_again(factor: float) -> None:
    light = light_of(darkened(room(), factor), FACE, 0.0)
    assert math.exp(light.needed_lift) == pytest.approx(1 / factor, rel=0.1)


def test_a_well_lit_picture_is_left_alone() -> None:
    assert light_of(room(), FACE, 0.0).needed_lift == 0
    assert light_of(room(white=200), FACE, 0.0).needed_lift == 0


def test_skin_is_never_lifted_beyond_a_well_lit_face() -> None:
    """Before a dark wall, the face is the lightest thing there is."""
    picture = np.full((HEIGHT, WIDTH, 3), 20, np.uint8)
    cv2.circle(picture, (160, 100), 45, (100, 100, 100), -1)
    lift = light_of(picture, FACE, 0.0).needed_lift
    assert 100 * math.exp(lift) <= BRIGHTEST_FACE + 1


def test_a_face_before_a_window_is_lifted_though_the_window_is_white() -> None:
    picture = room(white=255, skin=30)
    light = light_of(picture, FACE, 0.0)
    assert light.needed_lift > 0.4
    table = tone_table(light.needed_lift, excess=light.excess)[:, 0, 0]
    assert table[200] < 255 and table[255] == 255, "and the window is not cut off"


def test_bars_around_a_picture_do_not_count() -> None:
    bars = np.zeros((HEIGHT, 3 * WIDTH, 3), np.uint8)
    bars[:, WIDTH : 2 * WIDTH] = darkened(room(), 0.4)
    alone = light_of(darkened(room(), 0.4), None, 0.0)
    assert light_of(bars, None, 0.0).lack == pytest.approx(alone.lack, abs=0.1)
    assert light_of(np.zeros_like(bars), None, 0.0).lack == 0


def test_a_covered_lens_stays_dark() -> None:
    grain = np.random.default_rng(6).integers(0, 9, (HEIGHT, WIDTH, 3), np.uint8)
    assert light_of(grain, None, 3.0).lack == 0


def test_only_strongly_coloured_light_is_corrected_and_gently() -> None:
    neutral = room()
    warm = np.clip(neutral * (0.85, 1.0, 1.1), 0, 255).astype(np.uint8)
    tungsten = np.clip(neutral * (0.5, 1.0, 1.25), 0, 255).astype(np.uint8)
    assert not light_of(neutral, FACE, 0.0).cast.any()
    assert np.abs(light_of(warm, FACE, 0.0).cast).max() < 0.03
    cast = light_of(tungsten, FACE, 0.0).cast
    assert 0.05 < cast[0] <= 0.25 and cast[2] < 0


def test_noise_is_measured_and_movement_is_none() -> None:
    rng = np.random.default_rng(1)
    scene = cv2.resize(rng.integers(40, 200, (12, 20), np.uint8), (320, 180))
    one, other = (
        np.clip(scene + rng.normal(0, 4, scene.shape), 0, 255).astype(np.uint8) for _ in range(2)
    )
    noise = temporal_noise(one, other)
    assert noise is not None and noise == pytest.approx(4, rel=0.15)
    moved = scene.copy()
    moved[60:, 80:200] = np.roll(scene, 9, axis=1)[60:, 80:200]
    still = temporal_noise(scene, moved)
    assert still is not None and still < 0.5
    assert temporal_noise(scene, scene) is None, "a repeated picture says nothing"


def test_a_camera_that_repeats_its_pictures_is_measured_all_the_same() -> None:
    rng = np.random.default_rng(2)
    meter = LightMeter()
    dark = darkened(room(), 0.4)
    light = None
    for number in range(60):
        if number % 2 == 0:
            noisy = np.clip(dark + rng.normal(0, 3, dark.shape), 0, 255).astype(np.uint8)
        light = meter.read(Frame(noisy, number / 30, number), FACE)
    assert light is not None and 2 < light.noise < 3.5


def test_light_follows_slowly() -> None:
    meter = LightMeter()
    lacks = []
    for number in range(150):
        grain = np.random.default_rng(number).integers(0, 2, (HEIGHT, WIDTH, 3), np.uint8)
        picture = darkened(room(), 0.9 if number < 60 else 0.4) + grain
        lacks.append(meter.read(Frame(picture, number / 30, number), FACE).lack)
    assert np.abs(np.diff(lacks)).max() < 0.2
    assert lacks[-1] > 0.75


def test_the_calming_begins_and_ends_smoothly() -> None:
    shares = [calm_share(noise) for noise in np.linspace(0, 8, 81)]
    assert shares[0] == 0 and shares[-1] == 1
    assert np.diff(shares).min() >= 0 and np.diff(shares).max() < 0.06


def test_a_restored_face_takes_the_light_and_hue_of_its_surroundings_and_keeps_its_detail() -> None:
    rng = np.random.default_rng(3)
    coarse = cv2.resize(rng.integers(40, 120, (6, 6, 3), np.uint8), (256, 256))
    fine = (np.arange(256) // 2 % 2 * 24 - 12)[None, :, None]
    lit = np.clip(coarse, 0, 255).astype(np.uint8)
    pink = np.clip(coarse * (1.4, 1.5, 1.9) + 20 + fine, 0, 255).astype(np.uint8)
    matched = match_light(pink, lit)
    gap = cv2.blur(matched, (16, 16)).astype(int) - cv2.blur(lit, (16, 16))
    assert np.abs(gap).mean() < 2
    detail = (matched.astype(float) - cv2.blur(matched, (9, 9))).mean(2)
    assert (
        np.corrcoef(detail.ravel(), np.broadcast_to(fine[..., 0], (256, 256)).ravel())[0, 1] > 0.8
    )


@pytest.mark.parametrize("side", [128, 192, 384])
def test_light_is_matched_alike_in_crops_of_any_size(side: int) -> None:
    rng = np.random.default_rng(4)
    restored, lit = (
        cv2.resize(rng.uniform(60, 190, (12, 12, 3)), (256, 256), interpolation=cv2.INTER_CUBIC)
        for _ in range(2)
    )

    def matched(size: int) -> Image:
        pictures = (
            np.asarray(cv2.resize(one, (size, size)).clip(0, 255), np.uint8)
            for one in (restored, lit)
        )
        shown = match_light(*pictures)
        return np.asarray(cv2.resize(shown, (64, 64), interpolation=cv2.INTER_AREA), np.uint8)

    difference = np.abs(matched(side).astype(int) - matched(256))
    assert difference.mean() < 2.0
