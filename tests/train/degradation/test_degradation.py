"""The two implementations of eq. 1 are one model, and its parts do what they are named after."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.kernels import draw_kernel, gaussian_kernel, motion_kernel
from nasfe_cam.degradation.parameters import CLEAN, Degradation, DegradationRanges
from nasfe_cam.sources.bad_webcam import BadWebcam
from train.degradation.sensor import DegradationBatch
from train.degradation.sensor import degrade as degrade_batch


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(32, 32), (40, 64)]))
def test_reference_and_batch_give_the_same_picture(seed: int, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(seed)
    drawn = [DegradationRanges().sample(rng) for _ in range(4)]
    pictures = rng.random((4, *size, 3), np.float32)
    noise = rng.standard_normal((4, *size), np.float32)
    batch = degrade_batch(
        torch.from_numpy(pictures).permute(0, 3, 1, 2),
        DegradationBatch.of(drawn),
        torch.from_numpy(noise)[:, None],
    )
    for row, degradation in enumerate(drawn):
        wanted = degrade(pictures[row], degradation, noise[row])
        np.testing.assert_allclose(batch[row].permute(1, 2, 0).numpy(), wanted, atol=2e-5)


def test_a_clean_picture_stays_bit_for_bit() -> None:
    picture = np.random.default_rng(0).random((16, 16, 3), np.float32)
    assert degrade(picture, CLEAN, np.ones((16, 16), np.float32)) is picture


def test_labels_say_what_is_wrong() -> None:
    assert CLEAN.label == (0, 0, 0)
    assert Degradation(kernel=gaussian_kernel(1, 2, 0)).label == (1, 0, 0)
    assert Degradation(constant_noise=0.1).label == (0, 1, 0)
    assert Degradation(light=0.3, signal_noise=0.1).label == (0, 1, 1)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(range(13, 28, 2)))
def test_a_motion_kernel_is_a_normalised_path(seed: int, size: int) -> None:
    kernel = motion_kernel(np.random.default_rng(seed), size)
    assert kernel.shape == (size, size)
    assert kernel.min() >= 0
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert np.array_equal(kernel, motion_kernel(np.random.default_rng(seed), size))
    assert 2 < np.count_nonzero(kernel) < 0.8 * size * size


def test_kernels_are_centred_so_that_blur_does_not_move_the_face() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        kernel = draw_kernel(rng, 0.25)
        occupied = np.argwhere(kernel > 1e-4)
        middle = (occupied.min(0) + occupied.max(0)) / 2
        np.testing.assert_allclose(middle, (kernel.shape[0] - 1) / 2, atol=1.5)


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    grey = np.full((256, 256, 3), 0.5, np.float32)
    noise = np.random.default_rng(0).standard_normal((256, 256)).astype(np.float32)
    seen = degrade(grey, Degradation(constant_noise=0.06, signal_noise=0.08), noise)
    # At a red sensor pixel demosaicing takes the value itself.
    deviation = seen[0::2, 0::2, 0].std()
    assert deviation == pytest.approx(np.sqrt(0.06**2 + 0.5 * 0.08**2), rel=0.03)


def test_low_light_darkens_by_its_factor() -> None:
    grey = np.full((32, 32, 3), 0.6, np.float32)
    dark = degrade(grey, Degradation(light=0.25), np.zeros((32, 32), np.float32))
    np.testing.assert_allclose(dark, 0.15, atol=1e-6)


def test_most_training_pictures_have_all_three_and_some_are_clean() -> None:
    rng = np.random.default_rng(0)
    kernels = [gaussian_kernel(1, 1, 0)]
    labels = np.array([DegradationRanges().sample(rng, kernels).label for _ in range(2000)])
    assert labels.all(1).mean() == pytest.approx(0.65 + 0.35 / 8, abs=0.04)
    assert (labels.sum(1) == 0).mean() == pytest.approx(0.35 / 8, abs=0.02)


@pytest.mark.parametrize("strength", [0.3, 0.6, 1.0])
def test_the_live_simulation_is_the_reference_up_to_rounding(strength: float) -> None:
    webcam = BadWebcam(source=None, strength=strength)  # type: ignore[arg-type]
    picture = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
    noise = np.random.default_rng(1).standard_normal((64, 96), np.float32)
    webcam._draw_noise = lambda height, width: noise  # type: ignore[method-assign]
    wanted = degrade(picture[..., ::-1] / np.float32(255), webcam._degradation, noise)
    difference = np.abs(webcam.degrade(picture) - wanted[..., ::-1] * 255)
    # The border is left out: OpenCV's demosaicing repeats its pixels, ours mirrors them.
    assert difference[2:-2, 2:-2].max() < 1.5
