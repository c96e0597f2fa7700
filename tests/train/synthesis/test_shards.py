"""Shards hold what was put in, and say so when they are cut short."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from train.synthesis.faces import GeneratedFace
from train.synthesis.shards import (
    ShardDamaged,
    list_shards,
    read_picture,
    read_shard,
    shard_path,
    write_shard,
)
from train.synthesis.subjects import Kind


def generated(seed: int) -> GeneratedFace:
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (9, 9, 3)).astype(np.uint8)
    picture = np.asarray(cv2.resize(small, (1024, 1024)), np.uint8)
    landmarks = (512 + 350 * rng.uniform(-1, 1, (478, 2))).astype(np.float32)
    return GeneratedFace(picture, landmarks)


def test_a_shard_gives_back_what_was_written(tmp_path: Path) -> None:
    faces = [generated(seed) for seed in range(3)]
    write_shard(tmp_path, 7, [(Kind.SINGLE, faces[:1]), (Kind.PERSON, faces[1:])])
    assert list_shards(tmp_path) == [shard_path(tmp_path, 7)]
    stored = read_shard(shard_path(tmp_path, 7))
    assert [face.kind for face in stored] == [Kind.SINGLE, Kind.PERSON, Kind.PERSON]
    assert stored[1].person == stored[2].person != stored[0].person
    for face, was in zip(stored, faces, strict=True):
        assert np.array_equal(face.landmarks, was.unit_landmarks())
        for side in (256, 384):
            picture = read_picture(face, side)
            wanted = was.crop(side)[..., ::-1]
            assert picture.shape == (side, side, 3)
            assert np.abs(picture.astype(float) - wanted).mean() < 6


def test_landmarks_are_those_of_the_crop(tmp_path: Path) -> None:
    face = generated(1)
    inside = face.unit_landmarks() * 256 - 0.5
    from nasfe_cam.faces.alignment import crop_transform

    transform = crop_transform(face.landmarks, 256)
    wanted = face.landmarks @ transform[:, :2].T + transform[:, 2]
    assert np.abs(inside - wanted).max() < 1e-2


@pytest.mark.parametrize("length", [0, 700, 20_000])
def test_a_shard_cut_short_is_refused_by_name(tmp_path: Path, length: int) -> None:
    path = write_shard(tmp_path, 0, [(Kind.SINGLE, [generated(0)])])
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(ShardDamaged, match=path.name):
        read_shard(path)


def test_a_picture_that_is_gone_is_refused(tmp_path: Path) -> None:
    path = write_shard(tmp_path, 0, [(Kind.SINGLE, [generated(0)])])
    (face,) = read_shard(path)
    path.write_bytes(b"")
    with pytest.raises(ShardDamaged):
        read_picture(face, 256)
