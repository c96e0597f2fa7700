"""What serves a GPU that is at hand for minutes: packing, workers, memory on a device."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

import train
from tests.train.conftest import Command
from tests.train.guided.pools import TINY, photo, pool
from train.guided.curves import Curves
from train.guided.experiment import GuidedExperiment
from train.guided.memory import DeviceMemories, Memories
from train.guided.scenes.packing import SIDE, pack
from train.guided.scenes.photos import Photo, PhotoPool, photos_of_shard
from train.guided.scenes.streams import Framing, StreamSampler
from train.guided.scenes.workers import WorkerBatches, WorkerFailed
from train.guided.training import begin, train_guided
from train.models.guided import presets
from train.synthesis.subjects import Kind
from train.weights import read_about

EXPERIMENTS = Path(train.__file__).parent / "experiments"


def sampler(worker: int) -> StreamSampler:
    return StreamSampler(
        pool,
        slots=3,
        framing=Framing(64, 64, (80, 128), 96),
        webcam_share=0,
        seed=worker,
        kernels=2,
    )


def large(seed: int) -> Photo:
    small = photo(seed)
    picture = np.ascontiguousarray(np.pad(small.read(), ((20, 20), (20, 20), (0, 0)), mode="edge"))
    return Photo(lambda: picture, picture.shape[0], small.landmarks)


def test_memory_on_a_device_is_the_camera_s() -> None:
    film, here, there = sampler(0), Memories(), DeviceMemories()
    seen = 0
    for _ in range(8):
        batch = film.next()
        one, other = here.recall(batch.remembered), there.recall(batch.remembered)
        # OpenCV interpolates in steps of 1/32 of a pixel.
        assert (one - other).abs().max() < 0.06
        assert (one - other).abs().mean() < 0.002
        seen += int(one[:, 3].any())
        here.keep(batch.clean)
        there.keep(batch.clean)
    assert seen > 3


def test_a_pack_holds_what_fits(tmp_path: Path) -> None:
    photos = PhotoPool(
        [large(seed) for seed in range(30)] + [photo(40)],
        [[large(50 + seed) for seed in range(3)], [photo(60), photo(61)]],
        [[large(70) for _ in range(9)]],
    )
    path = tmp_path / "pack.tar"
    counts = pack(photos, path, 2**20)
    assert path.stat().st_size <= 2**20
    assert counts[Kind.PERSON] == 3 and counts[Kind.CLIP] == 9 and counts[Kind.SINGLE] == 30
    packed = photos_of_shard(path, SIDE)
    assert len(packed.alone) == 30 and len(packed.people) == 1 and len(packed.clips[0]) == 9
    assert packed.people[0][0].at(SIDE).shape == (SIDE, SIDE, 3)
    few = pack(photos, path, 150_000)
    assert path.stat().st_size <= 150_000
    assert 0 < sum(few.values()) < sum(counts.values())


def test_workers_film_in_turns_and_train_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(presets.GUIDED_SIZES, "tiny", TINY)
    chosen = GuidedExperiment(
        network="tiny",
        genotype="nasfe-lite-guided",
        pictures=12,
        learning_rate=1e-3,
        cooldown_from=100,
    )
    with WorkerBatches(sampler, 2) as several:
        batches = [several.next() for _ in range(4)]
        assert [batch.source for batch in batches] == [0, 1, 0, 1]
        assert torch.equal(batches[0].clean, sampler(0).next().clean)
        trained = begin(chosen, tmp_path, tmp_path / "none")
        train_guided(chosen, trained, several, tmp_path, Curves(tmp_path))
    assert trained.pictures == 12


def test_a_worker_that_fails_says_why() -> None:
    def broken(worker: int) -> StreamSampler:
        raise ValueError("no pictures")

    with WorkerBatches(broken, 1) as several, pytest.raises(WorkerFailed, match="no pictures"):
        several.next()


def test_the_command_trains_on_a_pack(
    nasfe_train: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(presets.GUIDED_SIZES, "tiny", TINY)
    monkeypatch.setattr("train.cli.guided.WEIGHTS", tmp_path / "trained")
    (tmp_path / "trained").mkdir()
    pack(PhotoPool([large(seed) for seed in range(5)], [], []), tmp_path / "pack.tar", 2**20)
    experiment = tmp_path / "short.toml"
    experiment.write_text(
        'network = "tiny"\ngenotype = "nasfe-lite-guided"\npictures = 8\nbatch = 4\nheight = 64\n'
        "width = 64\nlearning_rate = 1e-3\ncooldown_from = 100\n"
    )
    where = ("--packed", tmp_path / "pack.tar", "--folder", tmp_path / "runs", "--publish")
    ended = nasfe_train("guided", experiment, *where, "--threads", 1)
    assert ended.exit_code == 0, ended.stderr
    assert read_about(tmp_path / "trained" / "tiny.safetensors")["pictures"] == "8"


def test_a_pack_that_is_cut_short_ends_with_one_line(nasfe_train: Command, tmp_path: Path) -> None:
    path = tmp_path / "pack.tar"
    pack(PhotoPool([large(0)], [], []), path, 2**20)
    path.write_bytes(path.read_bytes()[:3000])
    experiment = EXPERIMENTS / "guided" / "nasfe_lite_guided.toml"
    ended = nasfe_train("guided", experiment, "--packed", path, "--folder", tmp_path / "runs")
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"nasfe-train: Shard {path} cannot be read")
