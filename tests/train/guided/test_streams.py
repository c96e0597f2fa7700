"""What training shows: seeded, of the right shapes, with memory only where there was a frame."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.train.guided.pools import landmarks, pool
from train.guided.memory import Memories
from train.guided.scenes.landmark_bank import COMPONENTS, measure, save_bank
from train.guided.scenes.landmark_errors import LandmarkErrors
from train.guided.scenes.photos import PhotoPool
from train.guided.scenes.scene import SHARES, draw_scene
from train.guided.scenes.streams import FrameBatch, Framing, StreamSampler

FRAMING = Framing(64, 96, (96, 144), 128)


def sampler(begin: int = 0, **changed: object) -> StreamSampler:
    options = {"slots": 6, "framing": FRAMING, "webcam_share": 0.5, "seed": 3, "kernels": 3}
    return StreamSampler(pool, begin=begin, **(options | changed))  # type: ignore[arg-type]


def frames(source: StreamSampler, count: int) -> list[FrameBatch]:
    return [source.next() for _ in range(count)]


def test_batches_have_the_promised_shapes_and_ranges() -> None:
    for batch in frames(sampler(), 5):
        assert batch.clean.shape == batch.degraded.shape == (6, 3, 64, 96)
        assert batch.guidance.shape == (6, 4, 64, 96)
        assert batch.degradation.shape == (6, 3)
        for picture in (batch.clean, batch.degraded, batch.guidance[:, 3:]):
            assert picture.dtype == torch.float32
            assert picture.min() >= 0 and picture.max() <= 1 + 1e-5
        # Guidance is 0 where its mask is.
        outside = batch.guidance[:, 3:] == 0
        assert not (batch.guidance[:, :3].abs().sum(1, keepdim=True) * outside).any()


def test_the_seed_and_the_beginning_decide_everything() -> None:
    for one, other in zip(frames(sampler(), 3), frames(sampler(), 3), strict=True):
        assert torch.equal(one.degraded, other.degraded)
        assert torch.equal(one.guidance, other.guidance)
    assert not torch.equal(sampler().next().clean, sampler(begin=8).next().clean)


def test_first_frames_have_no_memory_and_later_ones_mostly_have() -> None:
    source = sampler(slots=8)
    first, *later = frames(source, 12)
    assert all(how.field is None for how in first.remembered)
    known = [how.field is not None for batch in later for how in batch.remembered]
    assert 0.3 < np.mean(known) < 0.9


def test_memory_of_a_perfect_restorer_is_the_face() -> None:
    source, memories = sampler(slots=8, shares=replace(SHARES, occluded=0)), Memories()
    errors = []
    for batch in frames(source, 12):
        memory = memories.recall(batch.remembered)
        mask = memory[:, 3:]
        inside = (mask > 0.99).expand(-1, 3, -1, -1)
        errors += (memory[:, :3] - batch.clean)[inside].abs().tolist()[::50]
        assert not memory[[how.field is None for how in batch.remembered]].any()
        memories.keep(batch.clean)
    # Moved by landmark errors of some pixels.
    assert 0.001 < np.mean(errors) < 0.09


def test_own_and_strange_guides_are_shown_as_often_as_said() -> None:
    rng, photos = np.random.default_rng(0), pool()
    persons = [*photos.people, *photos.clips]
    own = strange = moving = 0
    for _ in range(600):
        scene = draw_scene(rng, photos, replace(SHARES, enough_clips=1))
        moving += any(scene.frames[0] in clip for clip in photos.clips)
        if scene.guide is not None:
            together = any(
                scene.guide in person and scene.frames[0] in person for person in persons
            )
            own += together
            strange += not together
            assert scene.guide is not scene.frames[0]
    assert 0.2 < moving / 600 < 0.3
    assert 0.5 < own / 600 < 0.72
    assert 0.15 < strange / 600 < 0.35


def test_stills_move_and_memory_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = partial(LandmarkErrors, levels=(0.01, 0.02))
    monkeypatch.setattr("train.guided.scenes.streams.LandmarkErrors", exact)
    alone = PhotoPool(pool().alone, [], [])
    shares = replace(SHARES, occluded=0, moved=1)
    film = StreamSampler(
        lambda: alone,
        slots=8,
        framing=FRAMING,
        webcam_share=0.0,
        seed=5,
        kernels=2,
        shares=shares,
    )
    memories, still, followed = Memories(), [], []
    before = film.next()
    memories.keep(before.clean)
    for _ in range(10):
        batch = film.next()
        memory = memories.recall(batch.remembered)
        for row, how in enumerate(batch.remembered):
            if how.field is not None:
                inside = memory[row, 3:] > 0.99
                still.append(((batch.clean - before.clean)[row] * inside).abs().mean().item())
                followed.append(((batch.clean - memory[:, :3])[row] * inside).abs().mean().item())
        memories.keep(batch.clean)
        before = batch
    assert np.mean(still) > 0.005
    assert np.mean(followed) < 0.9 * np.mean(still)


def test_few_clips_are_not_learned_by_heart() -> None:
    rng, photos = np.random.default_rng(0), pool()
    shares = replace(SHARES, enough_clips=10)
    scenes = [draw_scene(rng, photos, shares) for _ in range(500)]
    moving = sum(scene.frames[0] in photos.clips[0] for scene in scenes)
    assert 0 < moving < 30


def test_a_pool_of_single_faces_is_enough() -> None:
    alone = PhotoPool(pool().alone, [], [])
    batch = StreamSampler(
        lambda: alone, slots=4, framing=FRAMING, webcam_share=0.0, seed=1, kernels=2
    ).next()
    assert torch.isfinite(batch.degraded).all()


@pytest.mark.parametrize("seed", range(3))
def test_landmark_errors_stay_and_change_slowly(seed: int) -> None:
    tracker = LandmarkErrors(np.random.default_rng(seed))
    still = landmarks()
    off = np.array([tracker.next(still) - still for _ in range(60)])
    size = np.abs(off).mean()
    # 0.15 to 1.8 times what was measured: 1.9 pixels of 176 in the median.
    assert 0.0005 < size < 0.04
    assert np.abs(np.diff(off, axis=0)).mean() < 1.5 * size


def test_the_bank_is_what_was_measured(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    ways = rng.standard_normal((3, 478, 2)) * np.array([0.02, 0.01, 0.005])[:, None, None]
    errors = 0.004 + np.tensordot(rng.standard_normal((400, 3)), ways, 1)
    assert save_bank(errors.astype(np.float32), tmp_path / "bank.npz") > 0.999
    with np.load(tmp_path / "bank.npz") as file:
        mean = file["mean"].astype(np.float32)
        drawn = rng.standard_normal((400, COMPONENTS)) @ file["components"] + mean
    flat = errors.reshape(400, -1)
    assert np.abs(mean - flat.mean(0)).mean() < 0.002
    assert abs(np.abs(drawn).mean() / np.abs(flat).mean() - 1) < 0.2


def test_errors_are_measured_where_a_face_is_found() -> None:
    true = landmarks()
    pictures = [(np.full((4, 4, 3), level, np.float32), true) for level in (0.1, 0.2, 0.9)]
    errors = measure(
        pictures, lambda restored: None if restored[0, 0, 0] > 0.5 else true + restored[0, 0, 0]
    )
    assert errors.shape == (2, 478, 2)
    assert np.allclose(errors.mean((1, 2)), (0.1, 0.2), atol=1e-5)
