"""Training resumes exactly, and a fault costs at most the last interval."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from nasfe_cam.degradation.parameters import DegradationRanges
from train.ablation import load_ablation
from train.adversary import AdversarialWeights, Adversary
from train.checkpoint import CheckpointRefused, load_checkpoint, save_state
from train.data.crop_store import list_crops
from train.data.identity_cache import IdentityCache
from train.data.samples.batches import Batch, BatchSampler
from train.experiment import Experiment, ExperimentRefused, Windows, load_experiment
from train.models.nasfe.presets import build
from train.models.nasfe.task_network import Task
from train.models.vgg import VGGFeatures
from train.objective import Objective
from train.training import TrainingDiverged, train
from train.warm_start import NothingInherited, take_over
from train.weights import WEIGHTS, read_weights


def experiment(**changes: object) -> Experiment:
    values: dict[str, object] = {
        "network": "nasfe-lite",
        "genotype": "nasfe-lite",
        "steps": 4,
        "windows": [{"side": 32, "batch": 2}],
        "learning_rate": 1e-3,
        "warmup": 1,
        "decay_from": 3,
        "checkpoint_every": 2,
    }
    return Experiment.model_validate(values | changes)


@pytest.fixture(scope="module")
def vgg() -> VGGFeatures:
    torch.manual_seed(0)
    return VGGFeatures().eval().requires_grad_(False)


@pytest.fixture
def sampler(tiny_faces: Path, vgg: VGGFeatures, tmp_path: Path) -> BatchSampler:
    crops = list_crops(tiny_faces, "train")
    identities = IdentityCache(tmp_path / "identity.npy", crops, vgg)
    return BatchSampler(
        crops,
        identities,
        windows=[Windows(side=32, batch=2)],
        seed=0,
        ranges=DegradationRanges(),
        kernels=5,
    )


def test_a_batch_depends_on_its_step_alone(sampler: BatchSampler) -> None:
    first, again, other = sampler.draw(7), sampler.draw(7), sampler.draw(8)
    assert torch.equal(first.clean, again.clean) and torch.equal(first.noise, again.noise)
    assert torch.equal(first.identity, again.identity)
    assert not torch.equal(first.noise, other.noise)


def test_identity_is_shown_to_some_samples_and_withheld_from_others(
    sampler: BatchSampler,
) -> None:
    shown = sum(len(sampler.draw(step).enrolled) for step in range(50))
    assert 40 <= shown <= 80
    batch = sampler.draw(0)
    withheld = [row for row in range(2) if row not in batch.enrolled]
    assert not batch.identity[withheld].any()


@pytest.mark.parametrize("adversarial", [False, True])
def test_stop_and_resume_equals_one_run(
    sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path, adversarial: bool
) -> None:
    def objective() -> Objective:
        weights = AdversarialWeights(0.1, 0.1, 1e-3)
        adversary = Adversary(weights, seed=0) if adversarial else None
        return Objective(experiment(), vgg, adversary=adversary)

    whole = train(objective(), sampler, tmp_path / "whole", lambda _progress: None)

    class Stopped(Exception):
        pass

    def stop_after_three(progress: object) -> None:
        if progress.step == 3:  # type: ignore[attr-defined]
            raise Stopped

    with pytest.raises(Stopped):
        train(objective(), sampler, tmp_path / "parts", stop_after_three)
    assert load_checkpoint(tmp_path / "parts" / "last.pt")["step"] == 2
    resumed = train(objective(), sampler, tmp_path / "parts", lambda _progress: None)
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-6)


@pytest.mark.parametrize("task", list(Task))
def test_an_encoder_is_trained_alone_and_taken_over_by_name(
    sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path, task: Task
) -> None:
    alone = experiment(task=task, steps=2)
    encoder = train(Objective(alone, vgg), sampler, tmp_path / "alone", lambda _step: None)
    network = build("nasfe-lite")
    missing = take_over(network, tmp_path, ["alone"])
    assert missing and not any(name.startswith(f"{task}.") for name in missing)
    trained = encoder.state_dict()
    for name, value in network.state_dict().items():
        if name.startswith(f"{task}."):
            assert torch.equal(value, trained[name])


@pytest.mark.parametrize("damage", ["cut short", "another architecture", "not a checkpoint"])
def test_a_checkpoint_that_cannot_be_used_is_named(
    sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path, damage: str
) -> None:
    train(Objective(experiment(steps=1), vgg), sampler, tmp_path, lambda _step: None)
    path = tmp_path / "last.pt"
    if damage == "cut short":
        path.write_bytes(path.read_bytes()[:5000])
    elif damage == "another architecture":
        save_state(path, load_checkpoint(path) | {"network": {"foreign": torch.zeros(1)}})
    else:
        path.write_text("hello")
    with pytest.raises(CheckpointRefused, match="last") as caught:
        train(Objective(experiment(), vgg), sampler, tmp_path, lambda _step: None)
    assert "\n" not in str(caught.value)


def test_a_run_that_fits_nothing_is_refused(
    sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path
) -> None:
    save_state(tmp_path / "other" / "last.pt", {"average": {"foreign": torch.zeros(1)}})
    chosen = experiment(start_from=["other"])
    with pytest.raises(NothingInherited, match="other"):
        train(Objective(chosen, vgg), sampler, tmp_path / "run", lambda _step: None)


def test_an_experiment_can_start_from_the_committed_weights(tmp_path: Path) -> None:
    network = build("nasfe-lite")
    assert take_over(network, tmp_path, ["nasfe-lite"]) == []
    shipped = read_weights(WEIGHTS / "nasfe-lite.safetensors")
    assert all(torch.equal(value, shipped[name]) for name, value in network.state_dict().items())


def test_two_processes_do_what_one_does_that_accumulates(
    tiny_faces: Path, vgg: VGGFeatures, tmp_path: Path
) -> None:
    crops = list_crops(tiny_faces, "train")
    sampler = BatchSampler(
        crops,
        None,
        windows=[Windows(side=32, batch=2)],
        seed=0,
        ranges=DegradationRanges(),
        kernels=5,
    )
    # One thread, as the processes have: another number of threads rounds otherwise.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    alone = train(
        Objective(experiment(accumulate=2), vgg), sampler, tmp_path / "alone", lambda _step: None
    )
    torch.set_num_threads(threads)
    script = Path(__file__).parent / "two_processes.py"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    # What torchrun sets; torchrun itself waits for a name server.
    common = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    common |= {"PYTHONPATH": str(Path.cwd()), "OMP_NUM_THREADS": "1"}
    running = [
        subprocess.Popen(
            [sys.executable, str(script), str(tiny_faces), str(tmp_path / "two")],
            env=os.environ | common | {"RANK": rank, "LOCAL_RANK": rank},
        )
        for rank in ("0", "1")
    ]
    try:
        assert [process.wait(timeout=240) for process in running] == [0, 0]
    finally:
        for process in running:
            process.kill()
    together = load_checkpoint(tmp_path / "two" / "last.pt")["network"]
    single = load_checkpoint(tmp_path / "alone" / "last.pt")["network"]
    assert alone is not None
    apart = torch.cat([(together[name] - value).flatten() for name, value in single.items()])
    # Adam turns the rounding of a gradient near zero into a whole step of 1e-3, so
    # single weights may differ; processes that do not share gradients all differ.
    assert apart.abs().mean() < 2e-5


def test_not_a_number_stops_training_and_keeps_the_last_good_checkpoint(
    sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path
) -> None:
    draw = sampler.draw

    def poisoned(step: int) -> Batch:
        batch = draw(step)
        if step == 3:
            batch.clean[0, 0, 0, 0] = float("nan")
        return batch

    sampler.draw = poisoned  # type: ignore[method-assign]
    with pytest.raises(TrainingDiverged, match="step 3"):
        train(Objective(experiment(), vgg), sampler, tmp_path, lambda _progress: None)
    checkpoint = load_checkpoint(tmp_path / "last.pt")
    assert checkpoint["step"] == 2
    assert all(value.isfinite().all() for value in checkpoint["average"].values())


def test_training_lowers_the_loss(sampler: BatchSampler, vgg: VGGFeatures, tmp_path: Path) -> None:
    losses: list[float] = []
    train(
        Objective(experiment(steps=40, decay_from=40, checkpoint_every=40), vgg),
        sampler,
        tmp_path,
        lambda progress: losses.append(progress.loss),
    )
    assert sum(losses[-10:]) < 0.9 * sum(losses[:10])


def test_committed_experiments_are_valid(repository: Path) -> None:
    files = list((repository / "train" / "experiments").glob("*.toml"))
    ablations = {"ablation", "ablation_encoders"}
    files = [f for f in files if not f.stem.endswith("_search") and f.stem not in ablations]
    assert files
    for file in files:
        load_experiment(file)


@pytest.mark.parametrize("text", ["steps = 0", "colour = 1", "steps ="])
def test_a_refused_experiment_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "experiment.toml"
    path.write_text(text)
    with pytest.raises(ExperimentRefused) as caught:
        load_experiment(path)
    assert "\n" not in str(caught.value)


def test_the_committed_ablation_has_the_rows_of_table_6_at_one_budget(repository: Path) -> None:
    rows = load_ablation(repository / "train" / "experiments" / "ablation.toml").experiments()
    assert len(rows) == 6
    assert len({(e.steps, e.seed, e.learning_rate, e.windows[0].side) for _, e in rows}) == 1
    chosen = [e for _, e in rows]
    assert [e.genotype == "nasfe-lite-baseline" for e in chosen] == [True] + [False] * 5
    assert [e.use_classes for e in chosen] == [False] * 2 + [True] * 4
    assert [e.identity_share > 0 for e in chosen] == [False] * 3 + [True] * 3
    assert [e.lambda_per > 0 for e in chosen] == [False] * 4 + [True] * 2
    assert [e.lambda_iden > 0 for e in chosen] == [False] * 5 + [True]
    sizes = [sum(p.numel() for p in build(e.network, e.genotype).parameters()) for e in chosen]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.15)


def test_the_committed_ablation_of_the_encoders_starts_from_each_of_them(repository: Path) -> None:
    experiments = repository / "train" / "experiments"
    rows = load_ablation(experiments / "ablation_encoders.toml").experiments()
    nothing, longer, first = (experiment for _, experiment in rows)
    assert nothing.start_from == longer.start_from == ()
    assert first.model_copy(update={"start_from": ()}) == nothing
    assert longer.steps > nothing.steps
    encoders = [load_experiment(experiments / f"{name}.toml") for name in first.start_from]
    assert {encoder.task for encoder in encoders} == set(Task)
    assert {encoder.network for encoder in encoders} == {first.network}
