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
from torch import Tensor, nn

from train.checkpoint import load_checkpoint, save_checkpoint
from train.data.batches import Batch, BatchSampler
from train.degradation import DegradationBatch, degrade_as_captured
from train.experiment import Experiment
from train.losses import charbonnier_loss, identity_loss, perceptual_loss
from train.models.identity_information import FEATURE_CHANNELS, live_statistics
from train.models.mobilefacenet import MobileFaceNet
from train.models.presets import build
from train.models.vgg import VGGFeatures

LARGEST_GRADIENT = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """What a training run reports: the step just done, its loss and the speed."""

    step: int
    loss: float
    images_per_second: float


class TrainingDiverged(RuntimeError):
    """The loss is no longer a number; the last checkpoint is the last good one."""


def train(
    experiment: Experiment,
    sampler: BatchSampler,
    vgg: VGGFeatures,
    folder: Path,
    report: Callable[[Progress], None],
    recogniser: MobileFaceNet | None = None,
) -> nn.Module:
    """Run, or resume, an experiment.

    Args:
        experiment: what to train.
        sampler: makes the batch of any step.
        vgg: frozen feature network.
        folder: holds `last.pt`, from which an interrupted run goes on exactly.
        report: called after every step.
        recogniser: for the identity loss; not needed where its weight is 0.

    Returns:
        The averaged network.

    Raises:
        TrainingDiverged: the loss became infinite or not a number.
    """
    torch.manual_seed(experiment.seed)
    network = build(experiment.network, experiment.genotype)
    if experiment.start_from:
        before = load_checkpoint(folder.parent / experiment.start_from / "last.pt")
        network.load_state_dict(before["average"])
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average: nn.Module = copy.deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), experiment.learning_rate, weight_decay=1e-4)
    checkpoint = folder / "last.pt"
    start = 0
    if checkpoint.exists():
        state = load_checkpoint(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        start = state["step"]

    def save(step: int) -> None:
        save_checkpoint(
            checkpoint,
            step=step,
            network=network,
            average=average,
            optimiser=optimiser,
            experiment=experiment.model_dump(),
        )

    with ThreadPoolExecutor(1) as loader:
        upcoming = loader.submit(sampler.draw, start)
        for step in range(start, experiment.steps):
            began = time.monotonic()
            batch, upcoming = upcoming.result(), loader.submit(sampler.draw, step + 1)
            for group in optimiser.param_groups:
                group["lr"] = experiment.learning_rate * _schedule(experiment, step)
            loss = _loss(experiment, network, vgg, recogniser, batch, step)
            if not torch.isfinite(loss):
                raise TrainingDiverged(f"loss is {loss.item()} at step {step}")
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
            optimiser.step()
            _move_average(average, network, min(experiment.ema_decay, (step + 1) / (step + 10)))
            if (step + 1) % experiment.checkpoint_every == 0 or step + 1 == experiment.steps:
                save(step + 1)
            speed = len(batch.clean) / (time.monotonic() - began)
            report(Progress(step + 1, loss.item(), speed))
    return average


def _schedule(experiment: Experiment, step: int) -> float:
    """Rise, hold, then a cosine to zero; the factor of the peak learning rate."""
    if step < experiment.warmup:
        return (step + 1) / experiment.warmup
    if step < experiment.decay_from:
        return 1.0
    done = (step - experiment.decay_from) / max(1, experiment.steps - experiment.decay_from)
    return 0.5 * (1 + math.cos(math.pi * done))


def _loss(
    experiment: Experiment,
    network: nn.Module,
    vgg: VGGFeatures,
    recogniser: MobileFaceNet | None,
    batch: Batch,
    step: int,
) -> Tensor:
    restored = restore_batch(network, vgg, batch)
    loss = charbonnier_loss(restored, batch.clean)
    if step % experiment.features_every:
        return loss
    if experiment.lambda_per > 0:
        rows = slice(experiment.perceptual_pictures)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                wanted = vgg(batch.clean[rows])
            got = vgg(restored[rows])
        loss = loss + experiment.lambda_per * perceptual_loss(got.float(), wanted.float())
    if experiment.lambda_iden > 0 and recogniser is not None and batch.whole_faces:
        with torch.no_grad():
            person = recogniser(batch.clean)
        loss = loss + experiment.lambda_iden * identity_loss(recogniser(restored), person)
    return loss


def restore_batch(network: nn.Module, vgg: VGGFeatures, batch: Batch) -> Tensor:
    """Degrade a batch and restore it: N x 3 x W x W float32, with a gradient."""
    degradation = DegradationBatch.of(batch.degradations)
    with torch.no_grad():
        degraded = degrade_as_captured(batch.clean, degradation, batch.noise).contiguous(
            memory_format=torch.channels_last
        )
    mean, std = identity_statistics(vgg, degraded, batch.enrolled)
    with torch.autocast("cpu", torch.bfloat16):
        restored: Tensor = network(degraded, batch.identity, mean, std, degradation.labels)
    return restored.float()


def identity_statistics(
    vgg: VGGFeatures, degraded: Tensor, rows: list[int]
) -> tuple[Tensor, Tensor]:
    """mu(F^y) and sigma(F^y) of eq. 7 for the chosen rows; zeros elsewhere: N x 256 each."""
    mean = torch.zeros(len(degraded), FEATURE_CHANNELS)
    std = torch.zeros(len(degraded), FEATURE_CHANNELS)
    if rows:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            mean[rows], std[rows] = live_statistics(
                vgg, degraded[rows].contiguous(memory_format=torch.channels_last)
            )
    return mean, std


@torch.no_grad()
def _move_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    for kept, new in zip(average.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - decay)
