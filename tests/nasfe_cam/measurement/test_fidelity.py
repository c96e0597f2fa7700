"""How near a picture comes to the true one."""

from __future__ import annotations

import subprocess
import sys

import cv2
import numpy as np
import pytest

from nasfe_cam.measurement.fidelity import HIGHEST_PSNR, psnr, ssim


def test_the_noise_of_a_known_strength_has_its_psnr() -> None:
    truth = np.full((20, 30, 3), 100, np.uint8)
    assert psnr(truth, truth + np.uint8(10)) == pytest.approx(20 * np.log10(255 / 10))


def test_bytes_and_floats_have_the_same_psnr() -> None:
    generator = np.random.default_rng(0)
    truth, picture = generator.integers(0, 256, (2, 40, 50, 3)).astype(np.uint8)
    as_floats = [one.astype(np.float32) / 255 for one in (truth, picture)]
    assert psnr(*as_floats) == pytest.approx(psnr(truth, picture), abs=1e-4)


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_equal_pictures_have_the_highest_psnr_and_ssim(dtype: type) -> None:
    picture = np.random.default_rng(0).integers(0, 2, (40, 50, 3)).astype(dtype)
    assert psnr(picture, picture) == HIGHEST_PSNR
    if dtype is np.uint8:
        assert ssim(picture, picture) == [pytest.approx(1)]


def test_more_noise_is_less_similar() -> None:
    generator = np.random.default_rng(0)
    truth = generator.integers(60, 200, (40, 50, 3)).astype(np.uint8)
    noise = generator.normal(0, 1, truth.shape)
    little, much = (
        np.clip(truth + strength * noise, 0, 255).astype(np.uint8) for strength in (5, 20)
    )
    assert psnr(truth, little) > psnr(truth, much) + 6
    assert ssim(truth, little)[0] > ssim(truth, much)[0]


def test_the_similarity_is_that_of_the_whole_picture_in_opencv() -> None:
    generator = np.random.default_rng(0)
    truth, picture = generator.integers(0, 256, (2, 40, 50, 3)).astype(np.uint8)
    whole = cv2.quality.QualitySSIM.create(truth).compute(picture)
    assert ssim(truth, picture) == [pytest.approx(float(np.mean(whole[:3])))]


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for the peak of its memory")
def test_a_frame_is_compared_without_a_quarter_of_the_memory_of_the_demo() -> None:
    """A whole frame of 1280 x 720 would take 200 MB more; the demo has 600 MB in all."""
    script = """
import resource, numpy as np
from nasfe_cam.measurement.fidelity import ssim
picture = np.zeros((720, 1280, 3), np.uint8)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
ssim(picture, picture)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    kilobytes = int(done.stdout) / (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 120_000
