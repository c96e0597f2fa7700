"""The crop is averaged over time where nothing moved."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.noise.crop_denoiser import CropDenoiser

SIZE = 64


def still() -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.integers(60, 180, (8, 8, 3)).repeat(8, 0).repeat(8, 1).astype(np.float64)


def noisy(picture: np.ndarray, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 10, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def test_noise_of_a_still_face_is_averaged_out() -> None:
    steadier, truth = CropDenoiser(), still()
    for seed in range(12):
        crop = noisy(truth, seed)
        steadied = steadier.steady(crop, 1.0).picture
    assert np.abs(steadied - truth).mean() < 0.6 * np.abs(crop - truth).mean()


def test_noise_that_neighbours_share_is_averaged_out_too() -> None:
    """Of demosaicing, JPEG and scaling."""
    steadier, truth = CropDenoiser(), np.full((256, 256, 3), 110.0)
    rng = np.random.default_rng(0)
    for _ in range(12):
        noise = cv2.blur(rng.normal(0, 20, truth.shape), (2, 2))
        crop = np.clip(truth + noise, 0, 255).astype(np.uint8)
        steadied = steadier.steady(crop, 1.0)
    assert np.abs(steadied.picture - truth).mean() < 0.5 * np.abs(crop - truth).mean()
    assert steadied.noise_left.mean() < 0.2


def test_what_moves_is_not_smeared() -> None:
    steadier, truth = CropDenoiser(), still()
    for seed in range(6):
        steadier.steady(noisy(truth, seed), 1.0)
    truth[16:48, 16:48] = 255 - truth[16:48, 16:48] * 0.5
    crop = noisy(truth, 99)
    steadied = steadier.steady(crop, 1.0).picture
    inside = (slice(22, 42), slice(22, 42))
    assert np.abs(steadied[inside] - crop[inside]).mean() < 2.0


def test_without_noise_or_past_the_crop_passes_unchanged() -> None:
    steadier, crop = CropDenoiser(), noisy(still(), 1)
    assert (steadier.steady(crop, 1.0).picture == crop).all()
    assert (steadier.steady(noisy(still(), 2), 0.0).picture == noisy(still(), 2)).all()
    steadier.reset()
    assert (steadier.steady(crop, 1.0).picture == crop).all()


def test_it_knows_how_much_noise_is_left() -> None:
    steadier, truth = CropDenoiser(), still()
    for seed in range(12):
        steadied = steadier.steady(noisy(truth, seed), 1.0)
    # Dark and light places are left out: there noise is cut off.
    middle = (truth.min(2) > 40) & (truth.max(2) < 215)
    variance = ((steadied.picture - truth) ** 2).mean(2)[middle].mean()
    assert variance / 10**2 == pytest.approx(steadied.noise_left[middle].mean(), rel=0.25)
