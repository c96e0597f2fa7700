"""Trains a network as one experiment says."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from nasfe_cam.core.errors import NasfeError
from train.checkpoint import UNRECORDED, load_checkpoint, restore_state, save_checkpoint
from train.data.samples.batches import BatchSampler
from train.distributed import Processes
from train.experiment import Experiment
from train.models.nasfe.presets import build, build_task_network
from train.objective import Objective
from train.warm_start import take_over

LARGEST_GRADIENT = 1.0
ALONE = Processes()


@dataclass(frozen=True, slots=True)
class Progress:
    """What a training run reports: the step just done, its loss and the speed."""

    step: int
    loss: float
    images_per_second: float


class TrainingDiverged(NasfeError):
    """The loss is no longer a number; the last checkpoint is the last good one."""

    code = "training-diverged"
    text = "Training stopped: the loss is {loss} at step {step}."
    remedy = (
        "The last checkpoint is good; run again with a lower learning rate, or look at that batch."
    )

    loss: float
    step: int


def train(
    objective: Objective,
    sampler: BatchSampler,
    folder: Path,
    report: Callable[[Progress], None],
    processes: Processes = ALONE,
    at_checkpoint: Callable[[nn.Module, int], None] = lambda network, step: None,
    training_data: str = UNRECORDED,
) -> nn.Module:
    """Run, or resume, an experiment.

    Args:
        objective: what to train, and on what loss.
        sampler: makes the batch of any number.
        folder: holds `last.pt`, from which an interrupted run goes on exactly.
        report: called after every step.
        processes: this process among those that train together. Step s of process
            r of n takes the batches s n + r, so that n processes do what one does
            that accumulates n batches.
        at_checkpoint: given the averaged network and the step after each checkpoint.
        training_data: what the crops are, kept in the checkpoint; data of before, where a run
            goes on with other data, is kept beside it.

    Returns:
        The averaged network.

    Raises:
        TrainingDiverged: the loss became infinite or not a number.
    """
    experiment, adversary = objective.experiment, objective.adversary
    torch.manual_seed(experiment.seed)
    network: nn.Module = (
        build(experiment.network, experiment.genotype)
        if experiment.task is None
        else build_task_network(experiment.network, experiment.task)
    )
    take_over(network, folder.parent, experiment.start_from)
    network = network.to(processes.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average: nn.Module = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), experiment.learning_rate, weight_decay=1e-4)
    checkpoint = folder / "last.pt"
    start = 0
    if checkpoint.exists():
        state = load_checkpoint(checkpoint)
        restore_state(checkpoint, network, state["network"])
        restore_state(checkpoint, average, state["average"])
        optimiser.load_state_dict(state["optimiser"])
        if adversary is not None and state.get("adversary") is not None:
            adversary.restore(state["adversary"])
        start = state["step"]
        before = state.get("training_data", UNRECORDED)
        if before != training_data:
            training_data = f"to step {start}: {before}; then: {training_data}"

    def save(step: int) -> None:
        save_checkpoint(
            checkpoint,
            step=step,
            network=network,
            average=average,
            optimiser=optimiser,
            experiment=experiment.model_dump(mode="json"),
            training_data=training_data,
            adversary=None if adversary is None else adversary.state(),
        )

    parts = experiment.accumulate

    def numbers(step: int) -> list[int]:
        return [(step * parts + part) * processes.count + processes.rank for part in range(parts)]

    with ThreadPoolExecutor(1) as loader:
        upcoming = [loader.submit(sampler.draw, number) for number in numbers(start)]
        for step in range(start, experiment.steps):
            began = time.monotonic()
            batches = [future.result().to(processes.device) for future in upcoming]
            upcoming = [loader.submit(sampler.draw, number) for number in numbers(step + 1)]
            for group in optimiser.param_groups:
                group["lr"] = experiment.learning_rate * _schedule(experiment, step)
            optimiser.zero_grad(set_to_none=True)
            total = torch.zeros((), device=processes.device)
            for batch in batches:
                loss = objective.loss(network, batch, step) / parts
                loss.backward()  # type: ignore[no-untyped-call]
                total += loss.detach()
            mean = processes.average(total).item()
            if not math.isfinite(mean):
                raise TrainingDiverged(mean, step)
            processes.average_gradients(network.parameters())
            nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
            optimiser.step()
            _move_average(average, network, min(experiment.ema_decay, (step + 1) / (step + 10)))
            is_last = step + 1 == experiment.steps
            if processes.rank == 0 and (is_last or (step + 1) % experiment.checkpoint_every == 0):
                save(step + 1)
                at_checkpoint(average, step + 1)
            seen = processes.count * sum(len(batch.clean) for batch in batches)
            report(Progress(step + 1, mean, seen / (time.monotonic() - began)))
    return average


def _schedule(experiment: Experiment, step: int) -> float:
    """Rise, hold, then a cosine to zero; the factor of the peak learning rate."""
    if step < experiment.warmup:
        return (step + 1) / experiment.warmup
    if step < experiment.decay_from:
        return 1.0
    done = (step - experiment.decay_from) / max(1, experiment.steps - experiment.decay_from)
    return 0.5 * (1 + math.cos(math.pi * done))


@torch.no_grad()
def _move_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    for kept, new in zip(average.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - decay)
