"""NIQE is the paper's, and tells clean pictures from bad ones."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from engine.errors import ModelFileDamaged, ModelFileMissing
from nasfe_cam.core.frame import FloatArray
from train.evaluation.niqe import (
    FEATURES,
    PristineModel,
    fit_pristine,
    load_pristine,
    luminance,
    niqe,
    patch_features,
    pristine_file,
)

# Means over the 25 patches of 96 x 96 of skimage.data.astronaut, from this code when it gave
# 5.72957 with the published parameters on BasicSR's tests/data/baboon.png (MATLAB: 5.72957).
VERIFIED = [
    *(1.9386, 0.5921, 0.6555, 0.0181, 0.0593, 0.0682, 0.6422, 0.0239, 0.0562),
    *(0.0664, 0.6581, -0.0113, 0.0661, 0.0622, 0.6568, -0.0111, 0.0675, 0.0616),
    *(2.4052, 0.6225, 0.7146, 0.0533, 0.0650, 0.0981, 0.7110, 0.0684, 0.0627),
    *(0.1046, 0.7280, 0.0114, 0.0812, 0.0910, 0.7211, -0.0001, 0.0862, 0.0845),
]


@pytest.fixture(scope="module")
def face() -> FloatArray:
    """The astronaut's head, 176 x 176."""
    head = skimage.data.astronaut()[10:250, 110:350]
    small = cv2.resize(head, (176, 176), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


def distance(picture: FloatArray) -> float:
    value = niqe(picture, load_pristine())
    assert value is not None
    return value


def test_features_are_those_of_the_published_program() -> None:
    astronaut = skimage.data.astronaut().astype(np.float32) / np.float32(255)
    features, _ = patch_features(luminance(astronaut), 96, 96)
    assert features.shape == (25, FEATURES)
    assert features.mean(0) == pytest.approx(VERIFIED, abs=1e-4)


def test_it_gets_worse_with_noise(face: FloatArray) -> None:
    noise = np.random.default_rng(0).standard_normal(face.shape, np.float32)
    levels = [distance(np.clip(face + noise * np.float32(s), 0, 1)) for s in (0, 0.02, 0.05, 0.1)]
    assert levels == sorted(levels) and levels[-1] > levels[0] + 4


def test_it_gets_worse_with_blur(face: FloatArray) -> None:
    blurred = [np.asarray(cv2.GaussianBlur(face, (0, 0), s), np.float32) for s in (1, 2, 3)]
    levels = [distance(picture) for picture in (face, *blurred)]
    assert levels == sorted(levels) and levels[-1] > levels[0] + 4


def test_a_picture_of_one_colour_has_no_distance() -> None:
    assert niqe(np.full((176, 144, 3), 0.3, np.float32), load_pristine()) is None


def test_a_wall_beside_the_face_does_not_count(face: FloatArray) -> None:
    beside_wall = np.concatenate([face, np.full((176, 96, 3), 0.9, np.float32)], 1)
    assert distance(beside_wall) == pytest.approx(distance(face), rel=0.35)


def test_a_picture_smaller_than_a_patch_is_refused() -> None:
    with pytest.raises(ValueError, match="48"):
        niqe(np.zeros((40, 176, 3), np.float32), load_pristine())


def test_a_fitted_model_is_read_as_it_was_written(face: FloatArray, tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    model = fit_pristine([face, face[:, ::-1].copy()], patch=32, step=16)
    file.write_bytes(pristine_file(model))
    again = load_pristine(file)
    assert isinstance(again, PristineModel) and (again.patch, again.step) == (32, 16)
    assert np.array_equal(model.covariance, again.covariance)


def test_a_missing_or_damaged_model_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    with pytest.raises(ModelFileMissing):
        load_pristine(file)
    for content in (b"", b"PK\x03\x04 cut short", b"no numpy file"):
        file.write_bytes(content)
        with pytest.raises(ModelFileDamaged):
            load_pristine(file)
