"""What the camera saw of a face is not lost to calming or to the crop, and noise stays out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.fine_detail import (
    CERTAIN,
    COARSE,
    NOISE_ALONE,
    WINDOW,
    add_fine_detail,
)
from nasfe_cam.compositing.tone_curve import tone_table
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import bounding_box, crop_transform, scale_of
from tests.nasfe_cam.stand_ins import face_at

SIZE = 256
LARGE, SMALL = (face_at(300, 20, 640), 640), (face_at(500, 250, 150), 150)
INSIDE = {640: (slice(200, 500), slice(500, 800)), 150: (slice(300, 360), slice(545, 605))}


def plain() -> Image:
    return np.full((720, 1280, 3), 125, np.uint8)


def hatched() -> Image:
    """Skin with hairs: lines of two pixels, every sixteen, on plain ground."""
    picture = plain()
    picture[:, 4::16] = picture[:, 5::16] = 60
    return picture


def with_noise(picture: Image, deviation: float) -> Image:
    grain = np.random.default_rng(4).normal(0, deviation, (*picture.shape[:2], 1))
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def shown(camera: Image, image: Image, noise: float, weight: float, large: bool) -> Image:
    """The inner part of the face after its detail was added."""
    face, side = LARGE if large else SMALL
    transform = crop_transform(face.landmarks, SIZE)
    mask = np.ones((64, 64), np.float32)
    out = image.copy()
    add_fine_detail(out, camera, tone_table(0.0), noise, mask, weight, transform, SIZE)
    return out[INSIDE[side]]


def contrast(picture: Image) -> float:
    return float(picture.std())


@pytest.mark.parametrize("noise", [0.5, 4.0])
@pytest.mark.parametrize("weight", [0.2, 1.0])
def test_a_large_face_gets_its_fine_detail_back(noise: float, weight: float) -> None:
    inner = shown(with_noise(hatched(), noise), plain(), noise, weight, large=True)
    true = hatched()[INSIDE[640]]
    assert np.corrcoef(inner.ravel(), true.ravel())[0, 1] > 0.75
    assert contrast(inner) > 0.4 * contrast(true)


@pytest.mark.parametrize("noise", [3.0, 8.0])
def test_noise_stays_out(noise: float) -> None:
    camera = with_noise(plain(), noise)
    assert contrast(shown(camera, plain(), noise, 0.3, large=True)) < 0.25 * noise


def test_in_heavy_noise_nothing_is_taken_for_detail() -> None:
    camera = with_noise(hatched(), NOISE_ALONE)
    assert (shown(camera, plain(), NOISE_ALONE, 1.0, large=True) == 125).all()


def test_a_small_face_that_hardly_needs_the_network_is_no_softer_than_the_camera_s() -> None:
    camera = with_noise(hatched(), 1.0)
    soft = np.asarray(cv2.blur(camera, (3, 3)), np.uint8)
    inner = shown(camera, soft, 1.0, 0.1, large=False)
    assert contrast(inner) > 0.85 * contrast(camera[INSIDE[150]])
    assert contrast(soft[INSIDE[150]]) < 0.75 * contrast(camera[INSIDE[150]])


def test_what_the_network_changed_in_a_small_face_stays() -> None:
    inner = shown(with_noise(hatched(), 1.0), plain(), 1.0, 1.0, large=False)
    assert (inner == 125).all()


@pytest.mark.parametrize("weight", [0.0, 0.4, 1.0])
def test_whole_numbers_give_what_the_formula_gives(weight: float) -> None:
    camera = with_noise(hatched(), 2.0)
    soft = np.asarray(cv2.blur(camera // 2 + 40, (9, 9)), np.uint8)
    face, _ = LARGE
    transform = crop_transform(face.landmarks, SIZE)
    mask = np.ones((64, 64), np.float32)
    out = soft.copy()
    add_fine_detail(out, camera, tone_table(0.0), 2.0, mask, weight, transform, SIZE)

    left, top, right, bottom = bounding_box(transform, SIZE, 1280, 720)
    part = np.s_[top : bottom - (bottom - top) % 2, left : right - (right - left) % 2]
    lit, grey = (
        cv2.cvtColor(one[part], cv2.COLOR_BGR2GRAY).astype(np.float32) for one in (camera, soft)
    )
    scale = scale_of(transform)
    coarse = (round(lit.shape[1] * scale), round(lit.shape[0] * scale))
    held = cv2.resize(cv2.resize(lit, coarse, interpolation=cv2.INTER_AREA), lit.shape[::-1])
    missing = (1 - weight) * without_means(lit - grey) + weight * (lit - held)
    half = (lit.shape[1] // 2, lit.shape[0] // 2)
    squares = np.square(without_means(lit))
    energy = cv2.blur(cv2.resize(squares, half, interpolation=cv2.INTER_AREA), (WINDOW, WINDOW))
    noise = min(4.0, float(np.median(energy[::2, ::2])))
    share = np.maximum(energy - CERTAIN * noise, 0) / (energy + 1e-3)
    change = cv2.resize(share, lit.shape[::-1]) * missing
    expected = np.clip(soft[part] + change[..., None], 0, 255)
    # The border of the crop fades out.
    inner = np.s_[8:-8, 8:-8]
    error = np.abs(out[part][inner] - expected[inner])
    assert np.percentile(error, 99) < 1.5
    assert error.mean() < 0.5


def without_means(plane: FloatArray) -> FloatArray:
    return np.asarray(plane - cv2.blur(plane, (COARSE, COARSE)), np.float32)
