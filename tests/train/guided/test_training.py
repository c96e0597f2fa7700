"""A guided training learns, resumes, and goes on from committed weights alone."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import train
from engine.errors import ModelFileDamaged
from tests.train.guided.pools import TINY, pool
from train.checkpoint import CheckpointRefused
from train.experiment import ExperimentRefused
from train.guided.curves import Curves
from train.guided.experiment import GuidedExperiment, load_guided_experiment
from train.guided.likeness import Likeness
from train.guided.losses import spectrum_loss
from train.guided.scenes.streams import FrameBatch, Framing, StreamSampler
from train.guided.training import (
    AVERAGE,
    CHECKPOINT,
    Judges,
    _cooldown_loss,
    begin,
    train_guided,
)
from train.losses import identity_loss
from train.models.guided import presets
from train.training import TrainingDiverged
from train.weights import load_weights, read_about

EXPERIMENTS = Path(train.__file__).parent / "experiments"

CHOSEN = GuidedExperiment(
    network="tiny",
    genotype="nasfe-lite-guided",
    pictures=24,
    batch=4,
    height=64,
    width=64,
    learning_rate=2e-3,
    warmup=2,
    cooldown_from=1000,
)


@pytest.fixture(autouse=True)
def tiny_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(presets.GUIDED_SIZES, "tiny", TINY)


def run(chosen: GuidedExperiment, folder: Path, committed: Path) -> int:
    folder.mkdir(exist_ok=True)
    trained = begin(chosen, folder, committed)
    sampler = StreamSampler(
        pool,
        slots=chosen.batch,
        framing=Framing(64, 64, (64, 96), 80),
        webcam_share=0.5,
        seed=1,
        begin=trained.pictures,
        kernels=2,
    )
    train_guided(chosen, trained, sampler, folder, Curves(folder, every=3))
    return trained.pictures


def test_a_run_writes_what_another_goes_on_from(tmp_path: Path) -> None:
    folder, nowhere = tmp_path / "run", tmp_path / "none.safetensors"
    assert run(CHOSEN, folder, nowhere) == 24
    longer = CHOSEN.model_copy(update={"pictures": 36})
    state = torch.load(folder / CHECKPOINT, weights_only=True)
    assert state["pictures"] == 24 and state["steps"] == 6
    # Interrupted on this machine: with the optimiser's state.
    resumed = begin(longer, folder, nowhere)
    assert resumed.steps == 6 and resumed.optimiser.state_dict()["state"]
    assert run(longer, folder, nowhere) == 36
    # On another machine: from the averaged weights alone.
    moved = begin(longer, tmp_path / "elsewhere", folder / AVERAGE)
    assert moved.pictures == 36 and moved.steps == 0
    assert read_about(folder / AVERAGE)["network"] == "tiny"
    anew = longer.model_copy(update={"from_committed": False})
    assert begin(anew, tmp_path / "elsewhere", folder / AVERAGE).pictures == 0
    for name, value in moved.network.state_dict().items():
        assert torch.equal(value, moved.average.state_dict()[name])
    with (folder / "curves.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["pictures"]) for row in rows] == [12, 24, 36]
    assert all(math.isfinite(float(row["loss"])) for row in rows)


class Repeating:
    """Shows the first batch of streams over and over."""

    def __init__(self, factor: float = 1.0) -> None:
        batch = StreamSampler(
            pool, slots=4, framing=Framing(64, 64), webcam_share=0, seed=1, kernels=2
        ).next()
        self._batch = replace(batch, degraded=factor * batch.degraded)

    def next(self) -> FrameBatch:
        return self._batch


def test_it_learns(tmp_path: Path) -> None:
    chosen = CHOSEN.model_copy(update={"pictures": 160, "learning_rate": 6e-3})
    trained = begin(chosen, tmp_path, tmp_path / "none")
    train_guided(chosen, trained, Repeating(), tmp_path, Curves(tmp_path, 5))
    with (tmp_path / "curves.csv").open(newline="") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file)]
    assert losses[-1] < 0.75 * losses[0]


def test_a_loss_that_is_no_number_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.guided.training.picture_loss", lambda *_: torch.tensor(float("nan")))
    with pytest.raises(TrainingDiverged):
        run(CHOSEN, tmp_path / "run", tmp_path / "none")


def test_spoiled_weights_go_back_to_the_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(CHOSEN, tmp_path / "run", tmp_path / "none")
    trained = begin(CHOSEN.model_copy(update={"pictures": 60}), tmp_path / "run", tmp_path / "none")
    seen = 0

    def loss(restored: torch.Tensor, clean: torch.Tensor, weight: float) -> torch.Tensor:
        nonlocal seen
        seen += 1
        spoiled = 3 < seen < 40
        return (restored - clean).abs().mean() * (math.nan if spoiled else 1.0)

    monkeypatch.setattr("train.guided.training.picture_loss", loss)
    chosen = CHOSEN.model_copy(update={"pictures": 60})
    with pytest.raises(TrainingDiverged):
        # Nothing but spoiled batches: it goes back three times, then it gives up.
        train_guided(
            chosen, trained, Repeating(math.inf), tmp_path / "run", Curves(tmp_path / "run")
        )
    seen = 0
    trained = begin(chosen, tmp_path / "run", tmp_path / "none")
    train_guided(chosen, trained, Repeating(), tmp_path / "run", Curves(tmp_path / "run"))
    assert trained.pictures == 60
    assert "back to the checkpoint" in capsys.readouterr().out


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    run(CHOSEN, tmp_path / "run", tmp_path / "none")
    weights = tmp_path / "run" / AVERAGE
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelFileDamaged):
        load_weights(begin(CHOSEN, tmp_path / "new", tmp_path / "none").network, weights)
    checkpoint = tmp_path / "run" / CHECKPOINT
    checkpoint.write_bytes(checkpoint.read_bytes()[:1000])
    with pytest.raises(CheckpointRefused):
        begin(CHOSEN, tmp_path / "run", tmp_path / "none")


def test_time_that_is_up_ends_it_in_good_order(tmp_path: Path) -> None:
    trained = begin(CHOSEN, tmp_path, tmp_path / "none")
    sampler = StreamSampler(
        pool, slots=4, framing=Framing(64, 64), webcam_share=0, seed=1, kernels=2
    )
    ticks = iter(range(1000))
    train_guided(
        CHOSEN, trained, sampler, tmp_path, Curves(tmp_path), 6, lambda: float(next(ticks))
    )
    assert 0 < trained.pictures < 24
    assert (tmp_path / CHECKPOINT).exists() and (tmp_path / AVERAGE).exists()


def test_a_run_that_is_asked_to_stop_keeps_what_it_has(tmp_path: Path) -> None:
    trained = begin(CHOSEN, tmp_path, tmp_path / "none")
    answers = iter([False, False, True])
    train_guided(
        CHOSEN,
        trained,
        Repeating(),
        tmp_path,
        Curves(tmp_path),
        stopped=lambda: next(answers),
    )
    assert trained.pictures == 8
    assert begin(CHOSEN, tmp_path, tmp_path / "none").pictures == 8


def test_the_spectrum_minds_fine_grain_more_than_light() -> None:
    clean = torch.zeros(1, 3, 32, 32)
    light = torch.full_like(clean, 0.1)
    grain = 0.1 * (
        1 - 2 * (torch.rand(clean.shape, generator=torch.Generator().manual_seed(0)) < 0.5).float()
    )
    assert spectrum_loss(grain, clean) > 5 * spectrum_loss(light, clean)


def test_committed_experiments_can_be_read() -> None:
    files = list((EXPERIMENTS / "guided").glob("*.toml"))
    assert files
    for file in files:
        load_guided_experiment(file)
    with pytest.raises(ExperimentRefused):
        load_guided_experiment(EXPERIMENTS / "nasfe.toml")


def test_in_the_cool_down_a_discriminator_learns_beside_it_and_is_resumed(tmp_path: Path) -> None:
    chosen = CHOSEN.model_copy(
        update={"cooldown_from": 12, "lambda_adversarial": 0.01, "lambda_matching": 0.1}
    )
    nowhere = tmp_path / "none"
    before = begin(chosen, tmp_path / "run", nowhere)
    assert before.adversary is not None
    untaught = before.adversary.state()["discriminator"]
    early = chosen.model_copy(update={"pictures": 12})
    run(early, tmp_path / "run", nowhere)
    resumed = begin(chosen, tmp_path / "run", nowhere)
    assert resumed.adversary is not None
    assert _same(resumed.adversary.state()["discriminator"], untaught), "before the cool-down"
    run(chosen, tmp_path / "run", nowhere)
    resumed = begin(chosen, tmp_path / "run", nowhere)
    assert resumed.adversary is not None
    assert not _same(resumed.adversary.state()["discriminator"], untaught)


def _same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, other[name]) for name, value in one.items())


class MeanColour(torch.nn.Module):
    """Tells faces apart by their colour."""

    def forward(self, faces: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(faces.mean(dim=(2, 3)))


def test_the_cool_down_asks_the_recogniser_about_whole_faces_alone(tmp_path: Path) -> None:
    """What it adds is eq. 8 of the rows that show the whole crop, and reaches the network."""
    judges = Judges(likeness=Likeness(MeanColour()))
    chosen = CHOSEN.model_copy(update={"lambda_identity": 0.5, "cooldown_from": 0})
    trained = begin(chosen, tmp_path, tmp_path / "none")
    batch = Repeating().next()
    part, side = (4, 4, 64, 64), 96
    whole = replace(batch.remembered[0], side=64, window=(0, 0, 64, 64))
    cut = replace(whole, side=side, window=part)
    mixed = replace(batch, remembered=[cut, whole, cut, whole])
    assert mixed.whole_faces == [1, 3]
    restored = (torch.tensor([1, 0.5, 0.2])[:, None, None] * batch.clean).requires_grad_()
    chance = torch.Generator().manual_seed(0)
    loss = _cooldown_loss(chosen, trained, judges, mixed, restored, chance)
    loss.backward()  # type: ignore[no-untyped-call]
    assert restored.grad is not None
    touched = restored.grad.abs().sum(dim=(1, 2, 3)) > 0
    assert touched.tolist() == [False, True, False, True]
    angle = identity_loss(MeanColour()(restored[1::2]), MeanColour()(batch.clean[1::2]))
    # A mean colour hardly minds that a face is softened and shifted.
    assert loss.item() == pytest.approx(0.5 * angle.item(), rel=0.05)
    nobody = replace(batch, remembered=[cut] * 4)
    assert float(_cooldown_loss(chosen, trained, judges, nobody, restored, chance)) == 0
