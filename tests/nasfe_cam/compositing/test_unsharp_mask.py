"""A restored crop gets sharper: edges more, grain hardly, and nothing gets a halo or a hue."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from nasfe_cam.compositing.unsharp_mask import GRAIN, LARGEST_CHANGE, unsharp_mask
from nasfe_cam.core.frame import FloatArray, Image

SIDE = 256


def edge(low: int, high: int, softness: float) -> Image:
    """Dark at the left, light at the right, blurred."""
    picture = np.full((SIDE, SIDE, 3), low, np.uint8)
    picture[:, SIDE // 2 :] = high
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), softness), np.uint8)


def steepness(picture: Image) -> float:
    return float(np.diff(picture[SIDE // 2, :, 1].astype(int)).max())


def test_a_flat_picture_stays_as_it_is() -> None:
    flat = np.full((SIDE, SIDE, 3), (90, 120, 160), np.uint8)
    assert (unsharp_mask(flat) == flat).all()


def test_soft_edges_get_steeper() -> None:
    soft = edge(60, 180, 1.2)
    assert steepness(unsharp_mask(soft)) > 1.15 * steepness(soft)


def test_no_edge_gets_a_halo_that_is_seen() -> None:
    hard = edge(20, 220, 0.8)
    change = unsharp_mask(hard).astype(int) - hard
    assert np.abs(change).max() <= LARGEST_CHANGE


def test_the_grain_of_skin_is_hardly_strengthened() -> None:
    # A network draws no grain of single pixels.
    grain = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 10, (SIDE, SIDE)), (0, 0), 1.5)
    grain *= GRAIN / 2 / grain.std()
    seen = np.round(140 + grain[..., None].repeat(3, 2)).astype(np.uint8)
    lines = 140.0 + 5 * GRAIN * (np.arange(SIDE) // 4 % 2)[None, :, None]
    drawn = lines.repeat(SIDE, 0).repeat(3, 2).astype(np.uint8)
    assert unsharp_mask(seen).std() < 1.3 * seen.std()
    assert unsharp_mask(drawn).std() > 1.3 * drawn.std()


@pytest.mark.parametrize("side", [128, 256, 384])
def test_it_is_as_strong_in_a_crop_of_any_size(side: int) -> None:
    def shown(picture: Image) -> FloatArray:
        small = cv2.resize(picture, (128, 128), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32)

    drawn = np.full((128, 128, 3), 80, np.uint8)
    cv2.circle(drawn, (64, 64), 30, (160, 160, 160), -1)
    soft = np.asarray(cv2.GaussianBlur(drawn, (0, 0), 1.5), np.uint8)
    large = np.asarray(cv2.resize(soft, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)
    change = shown(unsharp_mask(large)) - shown(large)
    wanted = unsharp_mask(soft).astype(np.float32) - soft
    assert np.abs(change - wanted).mean() < 0.15 * np.abs(wanted).mean() + 0.2


def test_hue_stays() -> None:
    soft = edge(60, 150, 2.0)
    soft[..., 2] = np.minimum(255, soft[..., 2].astype(int) + 30)
    change = unsharp_mask(soft).astype(int) - soft
    assert np.abs(change - change[..., :1]).max() <= 1
