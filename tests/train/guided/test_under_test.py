"""The rows of a guided network: what it is shown decides what comes out, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import Degradation
from tests.train.guided.pools import TINY, landmarks
from train.data.crop_store import Crop, list_crops, read_crop
from train.data.test_sets import DegradedPicture
from train.evaluation.evaluation_loop import (
    MEMORY,
    NONE,
    OWN,
    OWN_MEMORY,
    OWN_TRUE,
    STRANGER,
)
from train.guided.candidate import GuidedUnderTest
from train.models.classification import ClassificationHead, Observer
from train.models.guided.network import GuidedNasfe
from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.presets import GENOTYPES
from train.models.vgg import VGGFeatures

SIDE, KERNEL = 64, np.full((5, 5), 1 / 25, np.float32)


@pytest.fixture
def crops(tiny_faces: Path) -> list[Crop]:
    return [*list_crops(tiny_faces, "train"), *list_crops(tiny_faces, "test")]


def picture_of(crops: list[Crop]) -> DegradedPicture:
    person = crops[0].person
    own = tuple(crop for crop in crops[1:] if crop.person == person)
    strange = tuple(crop for crop in crops if crop.person != person)
    clean = cv2.resize(read_crop(crops[0]), (SIDE, SIDE)).astype(np.float32) / np.float32(255)
    how = Degradation(KERNEL, 0.5, 0.05, 0.02)
    noise = np.random.default_rng(0).standard_normal((SIDE, SIDE), np.float32)
    return DegradedPicture(clean, degrade(clean, how, noise), crops[0], None, own, strange, how)


def under_test(crops: list[Crop], found: FloatArray | None) -> GuidedUnderTest:
    torch.manual_seed(0)
    network = GuidedNasfe(TINY, load_genotype(GENOTYPES / "nasfe-lite-guided.toml")).eval()
    pixels = None if found is None else found * SIDE - 0.5
    mesh: Any = SimpleNamespace(find=lambda image, region: pixels)
    return GuidedUnderTest(
        "tiny",
        network,
        Observer(VGGFeatures(), ClassificationHead()).eval(),
        mesh,
        {crop.name: landmarks(index) for index, crop in enumerate(crops)},
        [KERNEL],
    )


def test_every_row_shows_something_else(crops: list[Crop]) -> None:
    tested = under_test(crops, landmarks(0) + np.float32(0.02))
    picture = picture_of(crops)
    rows = tested.restored(picture)
    assert set(rows) == {NONE, OWN, OWN_TRUE, STRANGER, MEMORY, OWN_MEMORY}
    for one in rows:
        assert rows[one].shape == picture.clean.shape and np.isfinite(rows[one]).all()
        for other in rows:
            assert one == other or np.abs(rows[one] - rows[other]).max() > 1e-6
    again = under_test(crops, landmarks(0) + np.float32(0.02)).restored(picture)
    assert all(np.array_equal(rows[row], again[row]) for row in rows)
    # 0.02 of the crop off, everywhere.
    assert all(abs(off[0] - 0.02) < 1e-4 for off in tested.off.values())
    assert len(tested.landmark_notes(SIDE)) == 4


def test_without_landmarks_nobody_guides(crops: list[Crop]) -> None:
    rows = under_test(crops, None).restored(picture_of(crops))
    assert np.allclose(rows[OWN], rows[NONE], atol=1e-6)
    assert np.allclose(rows[OWN_MEMORY], rows[MEMORY], atol=1e-6)
    assert not np.allclose(rows[OWN_TRUE], rows[NONE], atol=1e-6)
