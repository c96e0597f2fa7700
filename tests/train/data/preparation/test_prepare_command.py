"""`nasfe-train prepare`, and training on what it made, as a user does both."""

from __future__ import annotations

import tarfile
from pathlib import Path

import av
import numpy as np
import pytest
import torch

from nasfe_cam.core.frame import Image
from nasfe_cam.degradation.parameters import DegradationRanges
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from tests.train.conftest import Command
from tests.train.photo_files import astronaut, portrait, write
from train.data.crop_store import list_crops
from train.data.identity_cache import IdentityCache
from train.data.preparation.prepare import prepare
from train.data.samples.batches import BatchSampler
from train.experiment import Experiment, Windows
from train.models.vgg import VGGFeatures
from train.objective import Objective
from train.training import train

EXPERIMENT = """
network = "nasfe-lite"
genotype = "nasfe-lite"
steps = 2
windows = [{ side = 64, batch = 2, whole_faces = true }]
learning_rate = 1e-3
warmup = 1
decay_from = 2
identity_share = 1.0
"""


def frame_of_the_clip() -> Image:
    with av.open(str(BUNDLED_CLIP)) as container:
        picture = next(container.decode(video=0))
    return np.asarray(picture.to_ndarray(format="bgr24"), np.uint8)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One person with four photos, one with one, and a file that is no photo."""
    source = tmp_path_factory.mktemp("photos") / "club"
    for number in (1, 2, 3):
        write(source / "ann" / f"{number}.png", portrait(number))
    write(source / "ann" / "4.png", frame_of_the_clip())
    write(source / "bob" / "1.png", astronaut())
    (source / "bob" / "2.png").write_bytes(b"no photo")
    return source


def test_the_command_says_what_it_kept_and_what_not(
    nasfe_train: Command, photos: Path, tmp_path: Path
) -> None:
    ended = nasfe_train("prepare", photos, "--target", tmp_path / "out", "--test-share", "0")
    assert ended.exit_code == 0, ended.stderr
    for words in ("5 of 6 files prepared", "unreadable", str(tmp_path / "out" / "rejected.csv")):
        assert words in ended.stdout
    assert (tmp_path / "out" / "faces" / "index.csv").exists()


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_missing_or_empty_source_ends_with_one_line_and_code_2(
    nasfe_train: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    ended = nasfe_train("prepare", tmp_path / name, "--target", tmp_path / "out")
    assert ended.exit_code == 2
    lines = [line for line in ended.stderr.splitlines() if line.strip()]
    assert lines == [
        f"nasfe-train: There are no photos in {tmp_path / name}. Give a folder that holds "
        "<identity>/<photo>.jpg, CelebA, VGGFace2 or LFW."
    ]
    assert not (tmp_path / "out").exists()


def test_training_without_prepared_faces_ends_with_one_line_and_code_2(
    nasfe_train: Command, tmp_path: Path
) -> None:
    experiment = tmp_path / "tiny.toml"
    experiment.write_text(EXPERIMENT)
    ended = nasfe_train("run", experiment, "--data", tmp_path, "--folder", tmp_path / "runs")
    assert ended.exit_code == 2
    assert ended.stderr.startswith("nasfe-train: There are no prepared faces in")


def test_prepared_faces_train_with_references_of_the_same_person(
    photos: Path, tmp_path: Path
) -> None:
    prepare([photos], tmp_path / "out", test_share=0.0)
    crops = list_crops(tmp_path / "out" / "faces", "train")
    torch.manual_seed(0)
    vgg = VGGFeatures().eval().requires_grad_(False)
    cache = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    people = {
        index: {crops[row].person for row in rows} for index, rows in cache.references.items()
    }
    assert people == {index: {"club/ann"} for index in range(4)}
    sampler = BatchSampler(
        crops,
        cache,
        windows=[Windows(side=64, batch=4, whole_faces=True)],
        seed=0,
        ranges=DegradationRanges(),
        identity_share=1.0,
        kernels=5,
    )
    shown = [len(sampler.draw(step).enrolled) for step in range(20)]
    # Four of five crops have references; bob, who has one photo, is trained on without.
    assert sum(shown) / 80 == pytest.approx(0.8, abs=0.15)
    experiment = Experiment(
        network="nasfe-lite",
        genotype="nasfe-lite",
        steps=2,
        windows=(Windows(side=64, batch=4, whole_faces=True),),
        learning_rate=1e-3,
        warmup=1,
        decay_from=2,
    )
    losses: list[float] = []
    objective = Objective(experiment, vgg)
    train(objective, sampler, tmp_path / "run", lambda done: losses.append(done.loss))
    assert len(losses) == 2 and np.isfinite(losses).all()


@pytest.mark.shared
def test_the_run_command_trains_on_open_faces_prepared_from_a_folder(
    nasfe_train: Command, shared_data: Path, shared_models: Path, tmp_path: Path
) -> None:
    with tarfile.open(shared_data / "faces" / "faces-train-open-000.tar") as archive:
        members = [m for m in archive.getmembers() if m.name.split("/")[-3:-2] == ["london"]]
        archive.extractall(tmp_path / "open", members[:12], filter="data")
    prepared = nasfe_train(
        "prepare", tmp_path / "open", "--target", tmp_path / "data", "--licence", "CC-BY-4.0"
    )
    assert prepared.exit_code == 0, prepared.stderr
    assert {crop.licence for crop in list_crops(tmp_path / "data" / "faces", "train")} == {
        "CC-BY-4.0"
    }
    experiment = tmp_path / "tiny.toml"
    experiment.write_text(EXPERIMENT)
    options = ("--data", tmp_path / "data", "--models", shared_models, "--threads", "1")
    ended = nasfe_train("run", experiment, *options, "--folder", tmp_path / "runs")
    assert ended.exit_code == 0, ended.stderr
    assert (tmp_path / "runs" / "tiny" / "last.pt").exists()
