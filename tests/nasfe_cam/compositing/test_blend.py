"""Mask, surroundings and blending: the picture path without a network."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.background import Background, calm_colour
from nasfe_cam.compositing.blend import blend_into
from nasfe_cam.compositing.mask import MASK_SIZE, agreement, covered_box, face_mask
from nasfe_cam.compositing.tone_curve import tone_table
from nasfe_cam.faces.alignment import crop_transform, invert
from tests.nasfe_cam.stand_ins import face_at

SIZE = 128


def textured(seed: int, height: int = SIZE, width: int = SIZE) -> np.ndarray:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(30, 220, (height // 8 + 1, width // 8 + 1, 3), np.uint8)
    return coarse.repeat(8, 0).repeat(8, 1)[:height, :width].copy()


def test_the_mask_is_full_on_the_face_and_zero_along_the_border_of_the_crop() -> None:
    face = face_at(100, 40, 200)
    mask = face_mask(face.landmarks, crop_transform(face.landmarks, SIZE), SIZE)
    assert mask.shape == (MASK_SIZE, MASK_SIZE)
    assert mask[int(0.6 * MASK_SIZE), MASK_SIZE // 2] > 0.99
    border = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.max() == 0


def test_the_mask_has_no_hard_edge() -> None:
    face = face_at(0, 0, 200)
    mask = face_mask(face.landmarks, crop_transform(face.landmarks, SIZE), SIZE)
    assert max(np.abs(np.diff(mask, axis=0)).max(), np.abs(np.diff(mask, axis=1)).max()) < 0.3


def brought_along(image: np.ndarray, noise: float) -> np.ndarray:
    out = np.empty_like(image)
    Background().relight(image, tone_table(0.0), noise, noise, out)
    return out


def test_nothing_to_do_gives_an_equal_picture() -> None:
    image = textured(2)
    assert (brought_along(image, 0.0) == image).all()


def test_averaging_over_time_alone_shows_a_first_picture_as_it_is() -> None:
    image, out = textured(2), np.empty((SIZE, SIZE, 3), np.uint8)
    Background().relight(image, tone_table(0.0), 1.0, 0.0, out)
    assert np.abs(out.astype(int) - image).max() <= 1


@pytest.mark.parametrize("shape", [(1, 1, 3), (33, 77, 3)], ids=["1x1", "odd"])
@pytest.mark.parametrize("noise", [0.5, 1.0])
def test_frames_of_any_size_are_calmed(shape: tuple[int, int, int], noise: float) -> None:
    assert (brought_along(np.full(shape, 90, np.uint8), noise) == 90).all()


def test_noise_around_the_face_is_calmed_and_edges_stay() -> None:
    rng = np.random.default_rng(3)
    clean = np.full((180, 320, 3), 80, np.uint8)
    clean[:, 160:] = 160
    noisy = np.clip(clean + rng.normal(0, 15, clean.shape), 0, 255).astype(np.uint8)
    out = brought_along(noisy, 1.0).astype(int)
    assert np.abs(out - clean).mean() < 0.4 * np.abs(noisy.astype(int) - clean).mean()
    assert out[:, 170].mean() - out[:, 150].mean() > 70


def test_a_hand_that_the_network_would_smear_is_left_as_it_was() -> None:
    before = textured(4)
    after = before.copy()
    after[64:112, 64:112] = 255 - after[64:112, 64:112]
    after[64:112, 64:112, :] = np.where(after[64:112, 64:112] > 127, 255, 0)
    trust = agreement(before.astype(np.float32), after)
    assert trust[:24, :24].min() == 1
    assert trust[36:52, 36:52].mean() < 0.3


def test_colour_is_calmed_over_more_pixels_than_light() -> None:
    """Blotches of colour are larger than grain, and no eye looks for fine detail in colour."""
    rng = np.random.default_rng(5)
    picture = np.full((64, 64, 3), 120, np.uint8)
    picture[:, 32:] = 60
    noisy = np.clip(picture + rng.normal(0, 12, picture.shape), 0, 255).astype(np.uint8)
    before, after = noisy.copy(), noisy.copy()
    calm_colour(after)

    def colour(image: np.ndarray) -> np.ndarray:
        return image[..., 2].astype(int) - image[..., 0]

    def light(image: np.ndarray) -> np.ndarray:
        return image.astype(float) @ (0.114, 0.587, 0.299)

    assert colour(after).std() < 0.3 * colour(before).std()
    assert np.abs(light(after) - light(before)).mean() < 2


def test_the_colour_of_cells_is_their_mean() -> None:
    """Written out in floats; halving in whole numbers must not tint the picture."""
    picture = textured(6, 64, 64)
    picture = cv2.blur(
        np.clip(picture + np.random.default_rng(6).normal(0, 9, picture.shape), 0, 255).astype(
            np.uint8
        ),
        (3, 3),
    )
    after = picture.copy()
    calm_colour(after)
    apart = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb).astype(np.float32)
    coarse = cv2.blur(cv2.resize(apart, (16, 16), interpolation=cv2.INTER_AREA), (3, 3))
    whole = cv2.resize(coarse, (64, 64))
    whole[..., 0] = apart[..., 0]
    expected = cv2.cvtColor(np.round(whole).astype(np.uint8), cv2.COLOR_YCrCb2BGR)
    error = after.astype(int) - expected
    assert np.abs(error).max() <= 3 and np.abs(error).mean() < 0.6
    assert np.abs(error.mean((0, 1))).max() < 0.2


def test_colour_is_calmed_in_part() -> None:
    before = textured(7, 64, 64)
    none, half, wholly = (before.copy() for _ in range(3))
    for picture, share in ((none, 0.0), (half, 0.5), (wholly, 1.0)):
        calm_colour(picture, share)
    assert np.abs(none.astype(int) - before).max() <= 2
    inside = (wholly > 3).all(2) & (wholly < 252).all(2)
    between = (before.astype(float) + wholly) / 2
    assert np.abs(half - between)[inside].max() <= 3


def test_an_equal_crop_blends_to_an_equal_frame() -> None:
    face = face_at(60, 20, 140)
    frame = np.full((180, 320, 3), 90, np.uint8)
    transform = crop_transform(face.landmarks, SIZE)
    mask = face_mask(face.landmarks, transform, SIZE)
    blend_into(frame, np.full((SIZE, SIZE, 3), 90, np.uint8), mask, transform)
    assert (np.abs(frame.astype(int) - 90) <= 1).all()


def test_only_the_face_changes_and_it_changes_where_it_is() -> None:
    face = face_at(60, 20, 140)
    frame = np.full((180, 320, 3), 90, np.uint8)
    transform = crop_transform(face.landmarks, SIZE)
    mask = face_mask(face.landmarks, transform, SIZE)
    blend_into(frame, np.full((SIZE, SIZE, 3), 200, np.uint8), mask, transform)
    assert frame[20 + 84, 60 + 70].min() > 195
    outside = np.ones((180, 320), bool)
    outside[20:160, 60:200] = False
    assert (frame[outside] == 90).all()


def test_nothing_shows_outside_of_the_covered_box() -> None:
    face = face_at(60, 20, 140)
    transform = crop_transform(face.landmarks, SIZE)
    mask = np.zeros((MASK_SIZE, MASK_SIZE), np.float32)
    mask[20:30, 12:40] = 1
    left, top, right, bottom = covered_box(mask, transform, SIZE, 320, 180)
    frame = np.zeros((180, 320, 3), np.uint8)
    everywhere = cv2.warpAffine(
        cv2.resize(mask, (SIZE, SIZE)), invert(transform), (320, 180), flags=cv2.INTER_LINEAR
    )
    blend_into(frame, np.full((SIZE, SIZE, 3), 255, np.uint8), mask, transform)
    assert np.abs(frame / 255 - everywhere[..., None]).max() < 0.05
    outside = everywhere.copy()
    outside[top:bottom, left:right] = 0
    assert outside.max() < 0.5 / 255
    assert (right - left) * (bottom - top) < 0.2 * 140**2


def test_an_empty_mask_covers_nothing() -> None:
    transform = crop_transform(face_at(60, 20, 140).landmarks, SIZE)
    assert covered_box(np.zeros((8, 8), np.float32), transform, SIZE, 320, 180) == (0, 0, 0, 0)


def test_a_face_outside_the_frame_changes_nothing() -> None:
    face = face_at(900, 900, 140)
    frame = np.full((180, 320, 3), 90, np.uint8)
    transform = crop_transform(face.landmarks, SIZE)
    mask = face_mask(face.landmarks, transform, SIZE)
    blend_into(frame, np.full((SIZE, SIZE, 3), 200, np.uint8), mask, transform)
    assert (frame == 90).all()
