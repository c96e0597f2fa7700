"""MS-SSIM and FID against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm
from skimage.metrics import structural_similarity

from train.evaluation.frechet import Moments, frechet_distance
from train.evaluation.ms_ssim import WEIGHTS, ms_ssim


def moments(rows: np.ndarray) -> Moments:
    kept = Moments()
    for row in rows:
        kept.add(row)
    return kept


def test_equal_pictures_have_similarity_one_and_noise_lowers_it() -> None:
    rng = np.random.default_rng(0)
    clean = rng.random((176, 144, 3), np.float32)
    noise = rng.standard_normal(clean.shape, np.float32)
    assert ms_ssim(clean, clean) == pytest.approx(1.0)
    little, much = (ms_ssim(clean, np.clip(clean + s * noise, 0, 1)) for s in (0.05, 0.3))
    assert little is not None and much is not None and 1 > little > much > 0
    assert ms_ssim(clean[:100], clean[:100]) is None


def test_the_last_scale_is_ssim_of_the_smallest_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    clean = rng.random((32, 32, 3), np.float32)
    noisy = np.clip(clean + 0.2 * rng.standard_normal(clean.shape), 0, 1).astype(np.float32)
    monkeypatch.setattr("train.evaluation.ms_ssim.WEIGHTS", (1.0,))
    wanted = structural_similarity(
        clean, noisy, channel_axis=2, data_range=1, use_sample_covariance=False
    )
    assert ms_ssim(clean, noisy) == pytest.approx(float(wanted), abs=1e-6)
    assert sum(WEIGHTS) == pytest.approx(1, abs=1e-3)


def test_moments_are_mean_and_covariance() -> None:
    rows = np.random.default_rng(0).standard_normal((30, 5)) + 3
    kept = moments(rows)
    np.testing.assert_allclose(kept.mean, rows.mean(0))
    np.testing.assert_allclose(kept.covariance, np.cov(rows.T), atol=1e-10)


def test_the_distance_is_equation_6_of_fid() -> None:
    rng = np.random.default_rng(0)
    one = rng.standard_normal((60, 6)) @ rng.standard_normal((6, 6))
    other = 1 + rng.standard_normal((50, 6)) @ rng.standard_normal((6, 6))
    first, second = np.cov(one.T), np.cov(other.T)
    wanted = np.square(one.mean(0) - other.mean(0)).sum() + np.trace(
        first + second - 2 * np.real(sqrtm(first @ second))
    )
    got = frechet_distance(moments(one), moments(other))
    assert got == pytest.approx(float(wanted), rel=1e-6)
    assert frechet_distance(moments(one), moments(one)) == pytest.approx(0, abs=1e-8)
    assert frechet_distance(moments(one[:1]), moments(one)) is None
