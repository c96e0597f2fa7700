"""Trains a paper's network and its discriminators; goes on from a checkpoint exactly."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from train.autocast import CPU, autocast
from train.checkpoint import load_checkpoint, restore_state, save_state
from train.guided.training import AVERAGE, CHECKPOINT, NETWORK, PICTURES
from train.papers.experiment import PaperExperiment
from train.papers.recipe import Group, Recipe
from train.papers.samples import PaperBatch
from train.training import TrainingDiverged
from train.weights import save_weights

_LARGEST_GRADIENT = 10.0
_TENFOLD = 10.0


class Batches(Protocol):
    """What is trained on: `train.papers.samples.PaperSampler`."""

    def draw(self, step: int) -> PaperBatch: ...


@dataclass(slots=True)
class PaperTraining:
    """The state of a training.

    Attributes:
        recipe: network, discriminators and losses.
        average: the exponential mean of the network.
        optimiser, judge_optimiser: of the network and, where there are any, the discriminators.
        pictures, steps: so far, over all sessions.
    """

    recipe: Recipe
    average: nn.Module
    optimiser: torch.optim.Optimizer
    judge_optimiser: torch.optim.Optimizer
    pictures: int = 0
    steps: int = 0


def begin(
    experiment: PaperExperiment,
    make: Callable[[], Recipe],
    folder: Path,
    device: torch.device = CPU,
) -> PaperTraining:
    """The state that a training goes on from.

    Args:
        experiment: the training.
        make: makes the recipe, with untrained networks; asked after the seed is set.
        folder: holds the checkpoint, if the training was interrupted.
        device: to train on.

    Raises:
        CheckpointRefused: a checkpoint cannot be used, or is of another network.
    """
    torch.manual_seed(experiment.seed)
    recipe = make()
    _place(recipe.network, device)
    _place(recipe.judges, device)
    training = PaperTraining(
        recipe,
        copy.deepcopy(recipe.network).requires_grad_(False),
        _adam(recipe.groups(), experiment.learning_rate, experiment.betas),
        _adam(recipe.judge_groups(), experiment.judge_rate, experiment.betas),
    )
    checkpoint = folder / CHECKPOINT
    if checkpoint.exists():
        state = load_checkpoint(checkpoint)
        restore_state(checkpoint, recipe.network, state.get("network", {}))
        restore_state(checkpoint, training.average, state.get("average", {}))
        restore_state(checkpoint, recipe.judges, state.get("judges", {}))
        training.optimiser.load_state_dict(state["optimiser"])
        training.judge_optimiser.load_state_dict(state["judge_optimiser"])
        training.pictures, training.steps = state["pictures"], state["steps"]
    return training


def train_paper(
    experiment: PaperExperiment,
    training: PaperTraining,
    sampler: Batches,
    folder: Path,
    report: Callable[[int, dict[str, float]], None],
    seconds: float = math.inf,
    stopped: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Train until the pictures of the experiment are seen, or the time is up.

    Args:
        experiment: the training.
        training: from `begin`; changed.
        sampler: makes the batch of any step.
        folder: gets the checkpoint and the averaged weights.
        report: told pictures and the parts of the loss after every step.
        seconds: after which it is interrupted in good order.
        stopped: asked after every step; true interrupts it likewise.
        clock: tells the time.

    Raises:
        TrainingDiverged: the loss is no longer a number; the last checkpoint is good.
    """
    device = next(training.recipe.network.parameters()).device
    began = saved = clock()
    with ThreadPoolExecutor(1) as loader:
        upcoming = loader.submit(sampler.draw, training.steps)
        while training.pictures < experiment.pictures and clock() - began < seconds:
            if stopped():
                break
            batch = upcoming.result().to(device)
            upcoming = loader.submit(sampler.draw, training.steps + 1)
            parts = _step(experiment, training, batch)
            report(training.pictures, parts)
            if clock() - saved > 60 * experiment.minutes_between_checkpoints:
                save(experiment, training, folder)
                saved = clock()
    save(experiment, training, folder)


def save(experiment: PaperExperiment, training: PaperTraining, folder: Path) -> None:
    """Write the checkpoint, and the averaged weights beside it."""
    save_state(
        folder / CHECKPOINT,
        {
            "network": training.recipe.network.state_dict(),
            "average": training.average.state_dict(),
            "judges": training.recipe.judges.state_dict(),
            "optimiser": training.optimiser.state_dict(),
            "judge_optimiser": training.judge_optimiser.state_dict(),
            "pictures": training.pictures,
            "steps": training.steps,
            "experiment": experiment.model_dump(mode="json"),
        },
    )
    about = {
        NETWORK: experiment.network,
        PICTURES: str(training.pictures),
        "experiment": experiment.model_dump_json(),
        "training_data": "real crops and generated faces, for research only",
    }
    save_weights(training.average, folder / AVERAGE, about)


def _step(
    experiment: PaperExperiment, training: PaperTraining, batch: PaperBatch
) -> dict[str, float]:
    recipe, device = training.recipe, batch.clean.device
    # Whatever is drawn at random within a step depends on the step alone: resuming is exact.
    torch.manual_seed(experiment.seed + 1_000_003 * training.steps)
    drop = _TENFOLD ** -sum(training.pictures >= after for after in experiment.drops)
    judged = training.pictures >= experiment.adversarial_from and len(recipe.judges) > 0
    with autocast(device):
        made = recipe.make(batch)
        if judged:
            training.judge_optimiser.zero_grad(set_to_none=True)
            judge_loss = recipe.judge_loss(batch, made, training.steps)
            judge_loss.backward()  # type: ignore[no-untyped-call]
            _learn(training.judge_optimiser, experiment.judge_rate * drop)
        learning = [one for one in recipe.judges.parameters() if one.requires_grad]
        for one in learning:
            one.requires_grad_(False)
        losses = recipe.loss(batch, made, training.pictures)
        for one in learning:
            one.requires_grad_(True)
    loss = torch.stack([part.float() for part in losses.values()]).sum()
    if not math.isfinite(loss.item()):
        raise TrainingDiverged(loss.item(), training.steps)
    training.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(recipe.network.parameters(), _LARGEST_GRADIENT)
    _learn(training.optimiser, experiment.learning_rate * drop)
    training.steps += 1
    training.pictures += len(batch.clean)
    _move(training.average, recipe.network, experiment.ema_decay, training.steps)
    parts = {name: part.item() for name, part in losses.items()} | {"loss": loss.item()}
    return parts | ({"judge": judge_loss.item()} if judged else {})


def _place(module: nn.Module, device: torch.device) -> None:
    """Bring a module to a device; convolutions in the order in which they are quickest."""
    module.to(device)
    for parameter in module.parameters():
        # Modulated weights have five dimensions, which know no such order.
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)


def _adam(groups: list[Group], rate: float, betas: tuple[float, float]) -> torch.optim.Optimizer:
    rows: list[dict[str, Any]] = [
        {"params": group.parameters, "factor": group.rate} for group in groups if group.parameters
    ]
    return torch.optim.Adam(rows, rate, betas)


def _learn(optimiser: torch.optim.Optimizer, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate * group["factor"]
    optimiser.step()


@torch.no_grad()
def _move(average: nn.Module, network: nn.Module, decay: float, steps: int) -> None:
    part = 1 - min(decay, (steps + 1) / (steps + 10))
    kept: list[Tensor] = list(average.parameters())
    new: list[Tensor] = list(network.parameters())
    torch._foreach_lerp_(kept, new, part)
    # What batch normalisation has counted is a mean over time already.
    for old, now in zip(average.buffers(), network.buffers(), strict=True):
        old.copy_(now)
