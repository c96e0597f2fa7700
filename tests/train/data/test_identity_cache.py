"""Reference features belong to the photos that they were made from, and stay affordable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from train.data.crop_store import Crop, list_crops
from train.data.identity_cache import IdentityCache
from train.models.vgg import VGGFeatures


@pytest.fixture(scope="module")
def vgg() -> VGGFeatures:
    torch.manual_seed(0)
    return VGGFeatures().eval().requires_grad_(False)


@pytest.fixture
def crops(tiny_faces: Path) -> list[Crop]:
    return list_crops(tiny_faces, "train")


def test_features_are_made_once(
    crops: list[Crop], vgg: VGGFeatures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    monkeypatch.setattr("train.data.identity_cache.read_crop", lambda _: pytest.fail("made again"))
    again = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    assert np.array_equal(first.mean_of([0, 3]), again.mean_of([0, 3]))


def test_other_photos_never_get_the_features_of_these(
    crops: list[Crop], vgg: VGGFeatures, tmp_path: Path
) -> None:
    """Also where there are equally many, as when --data names another folder."""
    other = [replace(crop, name=f"other/{crop.name}") for crop in reversed(crops)]
    first = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    second = IdentityCache(tmp_path / "identity.npy", other, vgg)
    assert not np.array_equal(first.mean_of([0]), second.mean_of([0]))
    assert len(list(tmp_path.glob("*.npy"))) == 2


def test_many_photos_keep_an_equal_number_of_references_for_everybody(
    crops: list[Crop], vgg: VGGFeatures, tmp_path: Path
) -> None:
    cache = IdentityCache(tmp_path / "identity.npy", crops, vgg, fewest_photos=2, most_features=6)
    # Three people with four photos each: two references of each are kept.
    counts = [len(cache.references[index]) for index in range(len(crops))]
    assert counts == [1, 1, 2, 2] * 3
    assert cache.mean_of(range(6)).shape == (256, 22, 22)
    with pytest.raises(IndexError):
        cache.mean_of([6])


def test_another_extractor_never_gets_the_features_of_this_one(
    crops: list[Crop], vgg: VGGFeatures, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    first = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    second = IdentityCache(tmp_path / "identity.npy", crops, VGGFeatures().requires_grad_(False))
    assert not np.array_equal(first.mean_of([0]), second.mean_of([0]))
