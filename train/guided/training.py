"""Trains the guided network on streams; goes on from a checkpoint, or from weights alone."""

from __future__ import annotations

import copy
import math
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn

from train.adversary import AdversarialWeights, Adversary
from train.autocast import CPU, autocast
from train.checkpoint import load_checkpoint, restore_state, save_state
from train.distributed import Processes
from train.guided.curves import Curves
from train.guided.experiment import GuidedExperiment
from train.guided.guard import Guard
from train.guided.likeness import Likeness
from train.guided.losses import picture_loss
from train.guided.memory import DeviceMemories, Memories
from train.guided.perception import Perception
from train.guided.scenes.streams import FrameBatch
from train.models.guided.presets import build_guided
from train.training import TrainingDiverged
from train.weights import load_weights, read_about, save_weights

CHECKPOINT, AVERAGE = "last.pt", "average.safetensors"
NETWORK, PICTURES = "network", "pictures"
"""What a file of averaged weights says of itself."""

# Of the learning rate, each time that a training goes back, and how slow is too slow.
_SLOWER, _SLOWEST = 0.7, 0.3


def pictures_of(path: Path) -> int:
    """How many pictures the averaged weights of a file have seen; raises like `read_about`."""
    told = read_about(path).get(PICTURES, "")
    return int(told) if told.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Judges:
    """Frozen networks that a cool-down asks.

    Attributes:
        perception: how unlike two pictures look; None for never.
        likeness: how unlike two people look; None for never.
    """

    perception: Perception | None = None
    likeness: Likeness | None = None


class Batches(Protocol):
    """What is trained on: `train.guided.scenes.streams.StreamSampler`."""

    def next(self) -> FrameBatch: ...


@dataclass(slots=True)
class Trained:
    """The state of a training.

    Attributes:
        network, average: what is trained, and its exponential mean.
        optimiser: AdamW.
        pictures: seen so far, over all sessions.
        steps: since the optimiser began.
        adversary: of the cool-down, where the experiment asks for it.
    """

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    pictures: int
    steps: int
    adversary: Adversary | None = None


def begin(
    experiment: GuidedExperiment, folder: Path, committed: Path, device: torch.device = CPU
) -> Trained:
    """The state that a training goes on from.

    Args:
        experiment: the training.
        folder: holds its checkpoint, if it was interrupted on this machine.
        committed: averaged weights, from which another machine goes on; need not exist.
        device: to train on.

    Raises:
        CheckpointRefused, ModelFileDamaged: a file cannot be used.
    """
    torch.manual_seed(experiment.seed)
    network = build_guided(experiment.network, experiment.genotype or None)
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network).requires_grad_(False)
    # The second moment forgets fast: with 0.999 one batch with a large gradient made steps of
    # three times the learning rate, and a run of 26,000 pictures diverged.
    optimiser = torch.optim.AdamW(
        network.parameters(),
        experiment.learning_rate,
        betas=(0.9, 0.99),
        weight_decay=1e-4,
        fused=True,
    )
    adversary = _adversary(experiment, device)
    checkpoint = folder / CHECKPOINT
    if checkpoint.exists():
        state = load_checkpoint(checkpoint)
        restore_state(checkpoint, network, state["network"])
        restore_state(checkpoint, average, state["average"])
        groups = [{**group, "betas": (0.9, 0.99)} for group in state["optimiser"]["param_groups"]]
        optimiser.load_state_dict({**state["optimiser"], "param_groups": groups})
        if adversary is not None and "adversary" in state:
            adversary.restore(state["adversary"])
        return Trained(network, average, optimiser, state["pictures"], state["steps"], adversary)
    pictures = 0
    if committed.exists() and experiment.from_committed:
        load_weights(network, committed)
        pictures = pictures_of(committed)
        average.load_state_dict(network.state_dict())
    return Trained(network, average, optimiser, pictures, 0, adversary)


def train_guided(
    experiment: GuidedExperiment,
    trained: Trained,
    sampler: Batches,
    folder: Path,
    curves: Curves,
    seconds: float = math.inf,
    clock: Callable[[], float] = time.monotonic,
    stopped: Callable[[], bool] = lambda: False,
    judges: Judges | None = None,
    compiled: bool = False,
) -> None:
    """Train until the pictures of the experiment are seen, or the time is up.

    Args:
        experiment: the training.
        trained: from `begin`; changed.
        sampler: makes the batches.
        folder: gets checkpoints and averaged weights.
        curves: told of every step.
        seconds: after which it is interrupted in good order.
        clock: tells the time.
        stopped: asked after every step; true interrupts it in good order.
        judges: of the cool-down, those that the experiment asks for.
        compiled: fuse what lies between the convolutions (torch.compile, which needs a C++
            compiler and some minutes at the start).

    Raises:
        TrainingDiverged: the loss is no longer a number, again and again.
    """
    judges = judges or Judges()
    device = next(trained.network.parameters()).device
    fresh = Memories if device == CPU else DeviceMemories
    forward = torch.compile(trained.network) if compiled else trained.network
    memories: defaultdict[int, Memories | DeviceMemories] = defaultdict(fresh)
    guard, slower = Guard(), 1.0
    began = saved = clock()
    chance = torch.Generator().manual_seed(experiment.seed + trained.pictures)
    with ThreadPoolExecutor(1) as loader:
        upcoming = loader.submit(_timed, sampler)
        while trained.pictures < experiment.pictures and clock() - began < seconds:
            if stopped():
                break
            loaded, loading = upcoming.result()
            batch = loaded.to(device)
            upcoming = loader.submit(_timed, sampler)
            rate = slower * experiment.learning_rate * _schedule(experiment, trained)
            for group in trained.optimiser.param_groups:
                group["lr"] = rate
            memory = memories[batch.source]
            inputs = _inputs(experiment, batch, memory, chance)
            with autocast(device):
                restored = forward(*inputs)
            restored = restored.float()
            loss = picture_loss(restored, batch.clean, experiment.lambda_spectrum)
            cools = trained.pictures >= experiment.cooldown_from
            judged = cools and trained.steps % experiment.judged_every == 0
            if judged:
                said = _cooldown_loss(experiment, trained, judges, batch, restored, chance)
                loss = loss + experiment.judged_every * said
            trained.optimiser.zero_grad(set_to_none=True)
            if guard.is_absurd(loss.item(), judged=judged):
                memories.clear()
                if guard.is_lost:
                    slower *= _SLOWER
                    _go_back(trained, folder, loss.item(), slower)
                    guard.forget()
                continue
            loss.backward()  # type: ignore[no-untyped-call]
            norm = nn.utils.clip_grad_norm_(trained.network.parameters(), guard.largest_gradient)
            guard.saw_gradient(float(norm))
            trained.optimiser.step()
            trained.steps += 1
            trained.pictures += len(batch.clean)
            _move(trained.average, trained.network, experiment.ema_decay, trained.steps)
            memory.keep(restored)
            curves.step(
                trained.pictures,
                (restored.detach() - batch.clean).abs().mean(dim=(1, 2, 3)).tolist(),
                inputs[2][:, 3].amax(dim=(1, 2)).gt(0).tolist(),
                inputs[1][:, 3].amax(dim=(1, 2)).gt(0).tolist(),
                loss.item(),
                loading,
                rate,
            )
            if clock() - saved > 60 * experiment.minutes_between_checkpoints:
                save(experiment, trained, folder)
                saved = clock()
                curves.show(_shown(batch, inputs, restored), trained.pictures)
    save(experiment, trained, folder)


def _cooldown_loss(
    experiment: GuidedExperiment,
    trained: Trained,
    judges: Judges,
    batch: FrameBatch,
    restored: Tensor,
    chance: torch.Generator,
) -> Tensor:
    """What the cool-down adds, weighted: how unlike it looks, whether it is the person, and
    whether it looks real."""
    loss = restored.new_zeros(())
    if judges.perception is not None:
        rows = slice(experiment.perceptual_pictures)
        seen = judges.perception.loss(restored[rows], batch.clean[rows])
        loss = loss + experiment.lambda_perceptual * seen
    whole = batch.whole_faces
    if judges.likeness is not None and whole:
        angle = judges.likeness.loss(restored[whole], batch.clean[whole], chance)
        loss = loss + experiment.lambda_identity * angle
    if trained.adversary is not None:
        loss = loss + trained.adversary.loss(restored, batch.clean)
    return loss


def _go_back(trained: Trained, folder: Path, loss: float, slower: float) -> None:
    """Take the weights of the last checkpoint, and let the optimiser begin anew, more slowly.

    Raises:
        TrainingDiverged: there is none, or it has gone back again and again.
    """
    checkpoint = folder / CHECKPOINT
    if not checkpoint.exists() or slower < _SLOWEST:
        raise TrainingDiverged(loss, trained.steps)
    print(f"diverged at {trained.pictures} pictures: back to the checkpoint", flush=True)
    state = load_checkpoint(checkpoint)
    restore_state(checkpoint, trained.network, state["network"])
    restore_state(checkpoint, trained.average, state["average"])
    trained.optimiser.state.clear()
    trained.pictures, trained.steps = state["pictures"], 0


def save(experiment: GuidedExperiment, trained: Trained, folder: Path) -> None:
    """Write the checkpoint, and the averaged weights beside it."""
    adversary = {} if trained.adversary is None else {"adversary": trained.adversary.state()}
    save_state(
        folder / CHECKPOINT,
        adversary
        | {
            "network": trained.network.state_dict(),
            "average": trained.average.state_dict(),
            "optimiser": trained.optimiser.state_dict(),
            "pictures": trained.pictures,
            "steps": trained.steps,
            "experiment": experiment.model_dump(mode="json"),
        },
    )
    about = {
        NETWORK: experiment.network,
        PICTURES: str(trained.pictures),
        "training_data": "real crops and generated faces, for research only",
    }
    save_weights(trained.average, folder / AVERAGE, about)


def _adversary(experiment: GuidedExperiment, device: torch.device) -> Adversary | None:
    if experiment.lambda_adversarial == 0:
        return None
    weights = AdversarialWeights(
        experiment.lambda_adversarial,
        experiment.lambda_matching,
        experiment.discriminator_learning_rate,
    )
    return Adversary(weights, experiment.seed, Processes(device=device))


def _timed(sampler: Batches) -> tuple[FrameBatch, float]:
    began = time.thread_time()
    batch = sampler.next()
    return batch, time.thread_time() - began


def _inputs(
    experiment: GuidedExperiment,
    batch: FrameBatch,
    memories: Memories | DeviceMemories,
    chance: torch.Generator,
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    device = batch.clean.device
    memory = memories.recall(batch.remembered).to(device)
    shown = torch.rand(len(batch.clean), 1, generator=chance) < experiment.classes_share
    shown = shown.to(device)
    return (
        batch.degraded,
        batch.guidance * experiment.guidance,
        memory * experiment.memory,
        batch.degradation * shown,
    )


def _schedule(experiment: GuidedExperiment, trained: Trained) -> float:
    """Rise, hold, then 1 - sqrt to zero (Hägele and others, "Scaling Laws and Compute-Optimal
    Training Beyond Fixed Training Durations", 2024): the factor of the learning rate."""
    rise = min(1.0, (trained.steps + 1) / max(1, experiment.warmup))
    if trained.pictures < experiment.cooldown_from:
        return rise
    length = max(1, experiment.pictures - experiment.cooldown_from)
    done = min(1.0, (trained.pictures - experiment.cooldown_from) / length)
    return rise * (1 - math.sqrt(done))


@torch.no_grad()
def _move(average: nn.Module, network: nn.Module, decay: float, steps: int) -> None:
    # Early on the past is no use: the mean is short then.
    part = 1 - min(decay, (steps + 1) / (steps + 10))
    kept: list[Tensor] = list(average.parameters())
    new: list[Tensor] = list(network.parameters())
    torch._foreach_lerp_(kept, new, part)


def _shown(
    batch: FrameBatch, inputs: tuple[Tensor, Tensor, Tensor, Tensor], restored: Tensor
) -> list[Tensor]:
    guidance = inputs[1][:, :3] / 6 + 0.5 * inputs[1][:, 3:]
    return [batch.degraded, guidance, inputs[2][:, :3], restored.detach(), batch.clean]
