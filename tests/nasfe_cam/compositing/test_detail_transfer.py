"""Detail comes back where it stands out of the noise, and noise does not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.detail_transfer import _in_the_light, transfer_detail
from nasfe_cam.compositing.mask import agreement
from nasfe_cam.compositing.noise.crop_denoiser import DenoisedCrop
from nasfe_cam.compositing.response_fit import GRID, apply_curves, fit_curves, grid_means
from nasfe_cam.core.frame import FloatArray, Image

SIZE = 256


def smooth_face(seed: int = 0) -> Image:
    """Something with the light and shade of a face and no fine detail."""
    coarse = np.random.default_rng(seed).integers(60, 230, (6, 6, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC), np.uint8)


def seen(picture: Image, light: float, noise: float, seed: int = 0) -> FloatArray:
    """The picture as a linear camera sees it in little light, with noise in grey levels."""
    rng = np.random.default_rng(seed)
    dark = picture * light + rng.normal(0, noise, picture.shape)
    return np.asarray(np.clip(dark, 0, 255), np.float32)


def steadied(picture: FloatArray) -> DenoisedCrop:
    """A crop without a past: all of its noise is left."""
    return DenoisedCrop(picture, np.ones(picture.shape[:2], np.float32))


def deviation(one: Image, other: Image) -> float:
    return float((one.astype(float) - other).std())


@pytest.mark.parametrize("light", [1.0, 0.3, 0.15])
def test_a_crop_that_only_changed_its_light_comes_out_as_restored(light: float) -> None:
    restored = smooth_face()
    kept = transfer_detail(restored, steadied(seen(restored, light, 0.0)))
    assert np.abs(kept.astype(int) - restored).mean() < 1


@pytest.mark.parametrize("noise", [1.0, 4.0, 8.0])
def test_noise_does_not_come_back(noise: float) -> None:
    restored = smooth_face()
    dark = seen(restored, 0.3, noise)
    brought = np.clip(dark / 0.3, 0, 255).astype(np.uint8)
    assert deviation(transfer_detail(restored, steadied(dark)), restored) < 0.15 * deviation(
        brought, restored
    )


def test_noise_that_could_not_be_averaged_is_known_as_noise() -> None:
    """Where something moved, the steadier leaves all noise, and elsewhere a seventh."""
    restored = smooth_face()
    left = np.full((SIZE, SIZE), 1 / 7, np.float32)
    left[100:130, 100:130] = 1
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 10, restored.shape) * np.sqrt(left)[..., None]
    dark = np.asarray(np.clip(restored * 0.25 + noise, 0, 255), np.float32)
    kept = transfer_detail(restored, DenoisedCrop(dark, left))
    change = np.abs(kept.astype(int) - restored).mean(2)
    assert change[104:126, 104:126].mean() < 3


def test_a_single_pixel_is_noise_however_far_it_stands_out() -> None:
    restored = smooth_face()
    dark = seen(restored, 0.3, 2.0)
    dark[10::20, 10::20] += 30
    kept = transfer_detail(restored, steadied(np.clip(dark, 0, 255)))
    change = np.abs(kept.astype(int) - restored)[10:-10:20, 10:-10:20]
    assert change.mean() < 3


def test_clumps_of_noise_make_no_blemishes() -> None:
    """Demosaicing, JPEG and scaling spread noise over neighbours."""
    restored = smooth_face()
    noise = 3 * cv2.blur(np.random.default_rng(0).normal(0, 4, restored.shape), (3, 3))
    dark = np.asarray(np.clip(restored * 0.3 + noise, 0, 255), np.float32)
    change = np.abs(transfer_detail(restored, steadied(dark)).astype(int) - restored).max(2)
    # 259 without a look around each window.
    assert (change > 12).sum() < 100


def test_the_rim_of_glasses_comes_back() -> None:
    restored = smooth_face()
    clean = restored.copy()
    cv2.circle(clean, (100, 110), 28, (20, 20, 20), 2, cv2.LINE_AA)
    kept = transfer_detail(restored, steadied(seen(clean, 0.3, 2.0)))
    rim = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(rim, (100, 110), 28, 255, 1)
    lost = (restored.astype(float) - clean).mean(2)[rim > 0].mean()
    still_lost = (kept.astype(float) - clean).mean(2)[rim > 0].mean()
    assert still_lost < 0.45 * lost


def test_only_the_luminance_is_touched() -> None:
    restored = smooth_face()
    kept = transfer_detail(restored, steadied(seen(restored, 0.3, 5.0))).astype(int)
    change = kept - restored
    inside = (kept > 0).all(2) & (kept < 255).all(2)
    assert (np.ptp(change, axis=2)[inside] <= 1).all()


def test_heavy_noise_in_little_light_is_not_taken_for_a_hand() -> None:
    """Noise is cut off at black, so dark places look lighter than they are."""
    restored = smooth_face()
    assert agreement(seen(restored, 0.15, 6.0), restored).min() > 0.95


def test_a_hand_is_found_in_little_light_and_noise_too() -> None:
    scene = smooth_face()
    scene[96:160, 96:160] = (40, 160, 90)
    restored = scene.copy()
    restored[96:160, 96:160] = (150, 60, 200)
    trust = agreement(seen(scene, 0.2, 3.0), restored)
    assert trust[28:36, 28:36].max() < 0.1
    assert trust[:16].min() > 0.95


def test_curves_follow_any_exposure_and_mind_outliers_little() -> None:
    x = np.linspace(5, 90, 256, dtype=np.float32)[:, None]
    y = np.asarray(255 * (x / 255) ** 0.45 * 0.9, np.float32)
    spoiled = y.copy()
    spoiled[100:130] += 80
    error = np.abs(apply_curves(fit_curves(x, spoiled), x) - y)
    assert np.median(error) < 3


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("size", [64, 256, 96])
def test_the_means_are_those_of_the_cells(kind: type, size: int) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (size, size, 3)).astype(kind)
    side = size // GRID
    cells = picture.reshape(GRID, side, GRID, side, 3).mean((1, 3), dtype=np.float64)
    error = grid_means(picture) - cells.reshape(-1, 3)
    # Halving rounds up by an eighth of a level, at most three times.
    assert np.abs(error).max() < (1 if kind is np.uint8 else 1e-3)
    assert abs(error.mean()) < 0.4


def test_the_light_of_a_crop_follows_the_curve_and_goes_on_straight_beyond_it() -> None:
    levels = np.arange(0, 256, dtype=np.float32)[None]
    curve = np.array([5, 260, -40, 10], np.float32)
    brought, slope = _in_the_light(levels, curve, 30.0, 180.0)
    polynomial = np.polynomial.Polynomial(curve.astype(np.float64))
    inside = np.clip(levels, 30, 180) / 255
    steep = polynomial.deriv()(inside) / 255
    assert np.allclose(slope, steep, atol=1e-4)
    assert np.allclose(brought, polynomial(inside) + (levels - inside * 255) * steep, atol=1e-2)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_curves_solve_their_weighted_least_squares(channels: int) -> None:
    rng = np.random.default_rng(3)
    x = rng.uniform(5, 200, (256, channels)).astype(np.float32)
    y = (20 + 0.8 * x + rng.normal(0, 6, x.shape)).astype(np.float32)
    curves = fit_curves(x, y)
    for channel in range(channels):
        powers = np.vander(x[:, channel].astype(np.float64) / 255, 4, increasing=True)
        weight = np.ones(len(x))
        for _ in range(4):
            normal = powers.T @ (weight[:, None] * powers) + 1e-4 * np.eye(4)
            plain = np.linalg.solve(normal, powers.T @ (weight * y[:, channel]))
            weight = 1 / np.maximum(np.abs(y[:, channel] - powers @ plain), 4.0)
        assert np.allclose(curves[channel], plain, rtol=1e-4)
