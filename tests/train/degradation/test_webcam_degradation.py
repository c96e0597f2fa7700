"""Webcam artefacts: two implementations, one model; off unless asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nasfe_cam.degradation.parameters import Degradation
from nasfe_cam.degradation.webcam import (
    NO_ARTEFACTS,
    WebcamArtefacts,
    WebcamRanges,
    add_webcam_artefacts,
    add_webcam_artefacts_to_clip,
)
from nasfe_cam.measurement.fidelity import psnr
from tests.train.photo_files import portrait
from train.degradation.sensor import DegradationBatch, degrade, degrade_as_captured
from train.degradation.webcam import add_webcam_artefacts as add_to_batch

EVERYTHING = WebcamArtefacts(
    scale=0.5, sharpening=1.0, levels=48, jpeg_quality=60, h264_quantiser=30
)
ONE_EACH = {
    "scale": WebcamArtefacts(scale=0.61),
    "half": WebcamArtefacts(scale=0.5),
    "sharpening": WebcamArtefacts(sharpening=1.7, sharpening_radius=1.3),
    "banding": WebcamArtefacts(levels=21),
    "jpeg": WebcamArtefacts(jpeg_quality=40),
    "h264": WebcamArtefacts(h264_quantiser=33),
}


def face(side: int = 128) -> np.ndarray:
    """The CC0 portrait: side x side x 3 float32, RGB, 0..1."""
    small = cv2.resize(portrait(), (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small[..., ::-1], np.float32) / np.float32(255)


def as_tensor(pictures: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))


def as_pictures(batch: torch.Tensor) -> np.ndarray:
    return batch.permute(0, 2, 3, 1).numpy()


def test_reference_and_batch_give_the_same_picture_for_every_artefact() -> None:
    pictures = np.stack([np.roll(face(), 9 * row, 1) for row in range(len(ONE_EACH))])
    batch = as_pictures(add_to_batch(as_tensor(pictures), list(ONE_EACH.values())))
    for picture, artefacts, got in zip(pictures, ONE_EACH.values(), batch, strict=True):
        wanted = add_webcam_artefacts(picture, artefacts)
        assert np.abs(wanted - picture).mean() > 1e-3
        np.testing.assert_allclose(got, wanted, atol=2e-5)


@settings(deadline=None, max_examples=25, derandomize=True)
@given(st.integers(0, 2**32 - 1), st.sampled_from([(64, 64), (48, 80), (63, 65)]))
def test_reference_and_batch_give_the_same_picture_for_any_mixture(
    seed: int, size: tuple[int, int]
) -> None:
    rng = np.random.default_rng(seed)
    ranges = WebcamRanges(sharpening_share=0.7, levels_share=0.6)
    drawn = [ranges.sample(rng) for _ in range(4)]
    pictures = rng.random((4, *size, 3), np.float32)
    batch = as_pictures(add_to_batch(as_tensor(pictures), drawn))
    for row, artefacts in enumerate(drawn):
        difference = np.abs(batch[row] - add_webcam_artefacts(pictures[row], artefacts))
        if artefacts.jpeg_quality is None and artefacts.h264_quantiser is None:
            # Between two levels the last bit of a float decides.
            assert (difference > 2e-5).mean() < 0.005
        else:
            # And a codec spreads that decision over a block.
            assert np.sqrt(np.square(difference).mean()) < 0.03


def test_without_artefacts_a_picture_stays_bit_for_bit() -> None:
    picture = face()
    assert WebcamArtefacts() == NO_ARTEFACTS
    assert add_webcam_artefacts(picture, NO_ARTEFACTS) is picture
    batch = as_tensor(np.stack([picture, picture]))
    seen = add_to_batch(batch, [EVERYTHING, NO_ARTEFACTS])
    assert torch.equal(seen[1], batch[1]) and not torch.equal(seen[0], batch[0])
    assert torch.equal(batch, as_tensor(np.stack([picture, picture])))


def test_eq_1_is_alone_unless_artefacts_are_given() -> None:
    picture, noise = as_tensor(face(64)[None]), torch.randn(1, 1, 64, 64)
    parameters = DegradationBatch.of([Degradation(constant_noise=0.05)])
    alone = degrade(picture, parameters, noise)
    assert torch.equal(degrade_as_captured(picture, parameters, noise), alone)
    with_artefacts = degrade_as_captured(picture, parameters, noise, [EVERYTHING])
    assert torch.equal(with_artefacts, add_to_batch(alone, [EVERYTHING]))


def test_artefacts_are_added_at_the_size_of_the_capture() -> None:
    """A face that is small in the camera's picture shows larger blocks."""
    picture, noise = as_tensor(face(128)[None]), torch.zeros(1, 1, 64, 64)
    parameters = DegradationBatch.of([Degradation()])
    without = degrade_as_captured(picture, parameters, noise)
    with_jpeg = degrade_as_captured(picture, parameters, noise, [WebcamArtefacts(jpeg_quality=10)])
    error = (with_jpeg - without)[0].mean(0)
    steps = (error[:, 1:] - error[:, :-1]).abs().mean(0)
    # The blocks of 8 captured pixels are 16 wide here.
    edges = steps[15::16].mean()
    assert edges > 1.2 * steps[7::16].mean()


def test_sharpening_draws_halos_along_edges_and_leaves_flat_parts() -> None:
    edge = np.full((32, 32, 3), 0.3, np.float32)
    edge[:, 16:] = 0.7
    seen = add_webcam_artefacts(edge, WebcamArtefacts(sharpening=1.0, sharpening_radius=1.0))
    assert seen[16, 15].max() < 0.25 and seen[16, 16].min() > 0.75
    np.testing.assert_allclose(seen[:, :8], 0.3, atol=1e-6)


def test_sharpening_touches_brightness_and_not_colour() -> None:
    picture = 0.25 + face() / 2
    seen = add_webcam_artefacts(picture, WebcamArtefacts(sharpening=0.5))
    change = seen - picture
    np.testing.assert_allclose(change[..., 0], change[..., 2], atol=1e-5)
    assert np.abs(change).max() > 0.02


@pytest.mark.parametrize("levels", [2, 17, 64])
def test_banding_leaves_as_many_levels_as_asked(levels: int) -> None:
    ramp = np.broadcast_to(np.linspace(0, 1, 512, dtype=np.float32)[None, :, None], (16, 512, 3))
    seen = add_webcam_artefacts(np.ascontiguousarray(ramp), WebcamArtefacts(levels=levels))
    assert len(np.unique(seen)) == levels
    assert np.abs(seen - ramp).max() <= 0.5 / (levels - 1) + 1e-6


def test_a_smaller_capture_loses_detail_and_keeps_place_and_brightness() -> None:
    picture = face()
    losses = [psnr_of(picture, WebcamArtefacts(scale=scale)) for scale in (0.9, 0.6, 0.3)]
    assert losses == sorted(losses, reverse=True)
    seen = add_webcam_artefacts(picture, WebcamArtefacts(scale=0.5))
    assert seen.shape == picture.shape
    assert seen.mean() == pytest.approx(picture.mean(), abs=2e-3)
    shift, _ = cv2.phaseCorrelate(*(p.mean(2).astype(np.float64) for p in (picture, seen)))
    assert np.abs(shift).max() < 0.1


@pytest.mark.parametrize(
    ("name", "better_to_worse"),
    [
        ("jpeg_quality", (90, 50, 20)),
        ("h264_quantiser", (20, 30, 40)),
    ],
)
def test_stronger_compression_loses_more(name: str, better_to_worse: tuple[int, ...]) -> None:
    losses = [psnr_of(face(), replace(NO_ARTEFACTS, **{name: v})) for v in better_to_worse]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > 30 and losses[-1] > 20


def psnr_of(picture: np.ndarray, artefacts: WebcamArtefacts) -> float:
    seen = add_webcam_artefacts(picture, artefacts)
    return psnr(*(np.round(p * 255).astype(np.uint8) for p in (picture, seen)))


def test_the_first_frame_of_a_clip_is_the_picture_and_the_others_are_predicted() -> None:
    rng = np.random.default_rng(0)
    noisy = [
        np.clip(face() + rng.normal(0, 0.02, (128, 128, 3)), 0, 1).astype(np.float32)
        for _ in range(8)
    ]
    artefacts = WebcamArtefacts(h264_quantiser=32)
    clip = add_webcam_artefacts_to_clip(noisy, artefacts)
    assert len(clip) == 8
    np.testing.assert_array_equal(clip[0], add_webcam_artefacts(noisy[0], artefacts))
    # Faint noise stands still: it changes less from frame to frame than as key frames.
    alone = [add_webcam_artefacts(frame, artefacts) for frame in noisy]
    assert change(clip) < 0.6 * change(alone)


def change(clip: list[np.ndarray]) -> float:
    return float(np.mean([np.abs(b - a).mean() for a, b in pairwise(clip)]))


def test_a_drawn_mixture_depends_on_the_seed_and_keeps_its_ranges() -> None:
    ranges = WebcamRanges()
    draws = [[ranges.sample(np.random.default_rng(seed)) for seed in range(1000)] for _ in "ab"]
    assert draws[0] == draws[1]
    drawn = draws[0]
    assert np.mean([d.scale < 1 for d in drawn]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([d.sharpening > 0 for d in drawn]) == pytest.approx(0.4, abs=0.05)
    assert np.mean([d.levels < 256 for d in drawn]) == pytest.approx(0.25, abs=0.05)
    assert np.mean([d.jpeg_quality is not None for d in drawn]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([d.h264_quantiser is not None for d in drawn]) == pytest.approx(0.35, abs=0.05)
    assert all(0.4 <= d.scale <= 1 and d.sharpening <= 2 for d in drawn)
    assert {d.jpeg_quality for d in drawn} <= {None, *range(30, 96)}
    none = 0.5 * 0.6 * 0.75 * 0.5 * 0.65
    assert np.mean([d == NO_ARTEFACTS for d in drawn]) == pytest.approx(none, abs=0.03)
