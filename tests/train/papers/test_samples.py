"""What is shown to the papers' networks: degradations, guides, landmarks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.train.guided.pools import landmarks, photo, pool
from train.papers.degradations import DEGRADATIONS, down_and_up, general, hallucination, noising
from train.papers.landmarks import (
    EYES,
    LEFT_EYE,
    LIPS,
    MIRRORED,
    OF_MESH,
    RIGHT_EYE,
    guide_score,
    sixty_eight,
    turning,
)
from train.papers.samples import GuidesMissing, PaperSampler, Shown, choose_guide

KERNELS = [np.full((3, 3), 1 / 9, np.float32)]


def face(side: int = 64) -> np.ndarray:
    return photo(1).at(side).astype(np.float32) / np.float32(255)


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_degradations_depend_on_their_seed_alone_and_stay_pictures(name: str) -> None:
    clean = face()
    first, again, other = (
        DEGRADATIONS[name](np.random.default_rng(seed), clean.copy()) for seed in (1, 1, 2)
    )
    assert first.shape == clean.shape and first.dtype == np.float32
    assert first.min() >= 0 and first.max() <= 1
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - clean).mean() > 1e-3
    if name not in ("FR-4x", "FR-16x"):
        assert np.abs(first - other).max() > 0


def test_a_mosaic_has_tiles_of_16_pixels() -> None:
    seen = hallucination(np.random.default_rng(0), face())
    tiles = seen.reshape(4, 16, 4, 16, 3)
    assert np.ptp(tiles, axis=(1, 3)).max() == 0
    np.testing.assert_allclose(
        tiles[:, 0, :, 0], face().reshape(4, 16, 4, 16, 3).mean((1, 3)), atol=1e-5
    )


def test_noise_is_of_three_kinds() -> None:
    grey = np.full((128, 128, 3), 0.5, np.float32)
    kurtosis = []
    shifted = []
    for seed in range(40):
        noise = (noising(np.random.default_rng(seed), grey) - 0.5).astype(np.float64)
        centred = noise - noise.mean()
        kurtosis.append((centred**4).mean() / (centred**2).mean() ** 2)
        shifted.append(noise.mean())
    # Laplace's tails are heavier than Gauss's, and Poisson's noise brightens.
    assert max(kurtosis) > 4 and min(kurtosis) < 3.3
    assert max(shifted) > 0.04 and abs(min(shifted)) < 0.02


def test_the_general_degradation_is_milder_at_a_smaller_scale() -> None:
    clean = face(128)

    def error(factor: float) -> float:
        rows = [general(np.random.default_rng(seed), clean, factor) for seed in range(10)]
        return float(np.mean([np.abs(row - clean).mean() for row in rows]))

    assert error(1.0) < error(4.0) < error(8.0)


def test_down_and_up_keeps_what_the_small_picture_holds() -> None:
    ramp = np.linspace(0, 1, 64, dtype=np.float32)
    smooth = np.broadcast_to(ramp[:, None, None], (64, 64, 3)).copy()
    assert np.abs(down_and_up(smooth, 4)[8:-8] - smooth[8:-8]).max() < 0.02


def test_there_are_68_landmarks_of_which_mirroring_swaps_left_and_right() -> None:
    assert len(OF_MESH) == len(set(OF_MESH.tolist())) == len(MIRRORED) == 68
    np.testing.assert_array_equal(MIRRORED[MIRRORED], np.arange(68))
    assert OF_MESH[RIGHT_EYE].tolist() == list(EYES[0])
    assert OF_MESH[LEFT_EYE].tolist() == list(EYES[1])
    assert set(MIRRORED[RIGHT_EYE]) == set(range(42, 48))
    assert set(MIRRORED[LIPS]) == set(range(48, 68))


def mesh(*, turned: float = 0.0, closed: float = 0.0) -> np.ndarray:
    points = np.full((478, 2), 0.5, np.float32)
    points[234], points[454], points[4] = (0.3, 0.5), (0.7, 0.5), (0.5 + turned, 0.5)
    for eye, left in zip(EYES, (0.35, 0.55), strict=True):
        height = 0.015 * (1 - closed)
        outer, above1, above2, inner, below2, below1 = eye
        points[outer], points[inner] = (left, 0.4), (left + 0.1, 0.4)
        points[above1], points[below1] = (left + 0.03, 0.4 - height), (left + 0.03, 0.4 + height)
        points[above2], points[below2] = (left + 0.07, 0.4 - height), (left + 0.07, 0.4 + height)
    return points


def test_the_guide_is_frontal_with_eyes_open() -> None:
    frontal, aside, blinking = mesh(), mesh(turned=0.12), mesh(closed=0.9)
    assert turning(frontal) < 0.01 < turning(aside)
    assert guide_score(frontal) > max(guide_score(aside), guide_score(blinking))
    assert guide_score(np.full((478, 2), np.nan, np.float32)) == -np.inf

    def showing(points: np.ndarray) -> object:
        return replace(photo(1), landmarks=points)

    assert choose_guide([showing(aside), showing(frontal), showing(blinking)]) == 1  # type: ignore[list-item]


def test_a_batch_is_the_same_for_the_same_step() -> None:
    shown = Shown(64, 4, ("GFR", "webcam"), guides=True, warped=True, no_guide_share=0.3)
    one, again = (PaperSampler(pool, shown, 3, KERNELS).draw(7) for _ in range(2))
    other = PaperSampler(pool, shown, 3, KERNELS).draw(8)
    assert torch.equal(one.degraded, again.degraded) and torch.equal(one.guide, again.guide)
    assert not torch.equal(one.degraded, other.degraded)
    assert one.clean.shape == (4, 3, 64, 64) and one.guidance.shape == (4, 4, 64, 64)


def test_guides_are_shown_to_whoever_has_them() -> None:
    shown = Shown(64, 16, ("GFR",), guides=True, warped=True, no_guide_share=0.5)
    # The frames of that pool's clip are all alike.
    photos = replace(pool(), clips=[])
    batch = PaperSampler(lambda: photos, shown, 3, KERNELS).draw(0)
    there = batch.guide.abs().sum(dim=(1, 2, 3)) > 0
    assert torch.equal(there, batch.guided) and 0 < int(there.sum()) < 16
    masks = batch.guidance[:, 3].amax(dim=(1, 2))
    assert masks[there].min() > 0 and masks[~there].max() == 0
    # Nobody guides themselves: the guide is another picture.
    assert (batch.guide - batch.clean)[there].abs().mean(dim=(1, 2, 3)).min() > 1e-3


def test_landmarks_go_with_the_mirrored_picture() -> None:
    shown = Shown(64, 32, ("FR-4x",))
    batch = PaperSampler(pool, shown, 0, KERNELS).draw(0)
    means = {tuple(np.round(row.mean(0), 3)) for row in batch.landmarks.numpy()}
    unmirrored = {tuple(np.round(sixty_eight(landmarks(seed)).mean(0), 3)) for seed in range(31)}
    turned = {(round(float(1 - x), 3), round(float(y), 3)) for x, y in unmirrored}
    close = [
        min(abs(x - a) + abs(y - b) for a, b in (unmirrored | turned)) < 0.005 for x, y in means
    ]
    assert all(close)


def test_without_people_of_several_photos_nobody_can_be_guided() -> None:
    alone = replace(pool(), people=[], clips=[])
    sampler = PaperSampler(lambda: alone, Shown(64, 2, ("GFR",), guides=True), 0, KERNELS)
    with pytest.raises(GuidesMissing):
        sampler.draw(0)
