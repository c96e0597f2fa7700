"""Runs a search: weights and architecture in turn, on disjoint halves of the data."""

from __future__ import annotations

import json
import math
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from nasfe_cam.core.atomic_files import write_text
from train.checkpoint import load_checkpoint, save_state
from train.data.crop_store import Crop
from train.data.samples.batches import Batch, BatchSampler
from train.losses import charbonnier_loss
from train.models.nasfe.network import Nasfe
from train.models.nasfe.presets import SIZES
from train.models.vgg import VGGFeatures
from train.objective import network_inputs, restore
from train.search.architecture_sampling import policy_loss
from train.search.experiment import SearchExperiment
from train.search.latency import LatencyTable, expected_latency
from train.search.relaxed_fusion import RelaxedFusionNetwork
from train.training import TrainingDiverged
from train.warm_start import take_over

LARGEST_GRADIENT = 1.0
LOG = "search.jsonl"


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """What a search reports after each step.

    Attributes:
        step: just done.
        loss: of the weights' half.
        held_out_loss: of the architecture's half; None while only weights train.
        latency: expected milliseconds of the fusion network's operators.
        entropy: mean over all operator choices, 1 for an open and 0 for a made one.
        images_per_second: speed of the step.
    """

    step: int
    loss: float
    held_out_loss: float | None
    latency: float
    entropy: float
    images_per_second: float


def halves(crops: Sequence[Crop]) -> tuple[list[int], list[int]]:
    """Indices for the weights and for the architecture; no person is in both."""
    of_weights: list[int] = []
    of_architecture: list[int] = []
    for index, crop in enumerate(crops):
        half = zlib.crc32(crop.person.encode()) % 2
        (of_architecture if half else of_weights).append(index)
    return of_weights, of_architecture


def relaxed_network(experiment: SearchExperiment) -> Nasfe:
    """The network that is searched: every operator and every connection still open."""
    size = SIZES[experiment.network]
    return Nasfe(size, RelaxedFusionNetwork(size.entry, size.cells, experiment.blocks))


def search(
    experiment: SearchExperiment,
    for_weights: BatchSampler,
    for_architecture: BatchSampler,
    vgg: VGGFeatures,
    table: LatencyTable,
    folder: Path,
    report: Callable[[SearchProgress], None],
) -> Nasfe:
    """Run, or resume, a search.

    Args:
        experiment: what to search.
        for_weights, for_architecture: batches of disjoint people.
        vgg: frozen feature network.
        table: measured operator latencies.
        folder: holds `last.pt`, from which an interrupted search goes on exactly,
            and the log, a line of JSON per step.
        report: called after every step.

    Returns:
        The searched network; see `deriving` for what to do with it.

    Raises:
        TrainingDiverged: a loss became infinite or not a number.
    """
    torch.manual_seed(experiment.seed)
    network = relaxed_network(experiment)
    take_over(network, folder.parent, experiment.start_from)
    state = _SearchState(experiment, network)
    checkpoint, log = folder / "last.pt", folder / LOG
    if checkpoint.exists():
        state.load(load_checkpoint(checkpoint))
    folder.mkdir(parents=True, exist_ok=True)
    _forget_lines_after(log, state.step)
    with ThreadPoolExecutor(1) as loader:
        upcoming = loader.submit(for_weights.draw, state.step)
        while state.step < experiment.steps:
            began = time.monotonic()
            batch, upcoming = upcoming.result(), loader.submit(for_weights.draw, state.step + 1)
            state.set_schedules()
            loss = _update_weights(state, batch, vgg)
            seen, held_out = len(batch.clean), None
            if state.step >= experiment.architecture_from:
                batch = for_architecture.draw(state.step)
                held_out = _update_architecture(state, batch, vgg, table)
                seen += len(batch.clean)
            state.step += 1
            progress = SearchProgress(
                step=state.step,
                loss=loss,
                held_out_loss=held_out,
                latency=expected_latency(state.fusion, table).item(),
                entropy=entropy(state.fusion),
                images_per_second=seen / (time.monotonic() - began),
            )
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(progress)) + "\n")
            if state.step % experiment.checkpoint_every == 0 or state.step == experiment.steps:
                save_state(checkpoint, state.content())
            report(progress)
    return network


class _SearchState:
    """What changes from step to step."""

    def __init__(self, experiment: SearchExperiment, network: Nasfe) -> None:
        assert isinstance(network.fusion, RelaxedFusionNetwork)
        self.experiment = experiment
        self.network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.fusion = network.fusion
        self.step = 0
        logits = self.fusion.architecture()
        known = {id(p) for p in logits}
        self.optimiser = torch.optim.AdamW(
            [p for p in network.parameters() if id(p) not in known],
            experiment.learning_rate,
            weight_decay=1e-4,
        )
        self.architect = torch.optim.Adam(logits, experiment.architecture_rate, betas=(0.5, 0.999))

    def set_schedules(self) -> None:
        """Learning rate and the seed of the draws, from the step alone."""
        chosen = self.experiment
        torch.manual_seed(chosen.seed + 1 + self.step)
        done = self.step / max(1, chosen.steps - 1)
        for group in self.optimiser.param_groups:
            group["lr"] = chosen.learning_rate * 0.5 * (1 + math.cos(math.pi * done))

    def content(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "architect": self.architect.state_dict(),
            "experiment": self.experiment.model_dump(mode="json"),
        }

    def load(self, content: dict[str, Any]) -> None:
        self.step = content["step"]
        self.network.load_state_dict(content["network"])
        self.optimiser.load_state_dict(content["optimiser"])
        self.architect.load_state_dict(content["architect"])


def _update_weights(state: _SearchState, batch: Batch, vgg: VGGFeatures) -> float:
    """One step of the weights of one drawn architecture.

    Returns:
        Its restoration loss.
    """
    with torch.no_grad():
        state.fusion.chosen, _ = state.fusion.draw()
    inputs = network_inputs(vgg, batch)
    loss = charbonnier_loss(restore(state.network, inputs), batch.clean)
    if not torch.isfinite(loss):
        raise TrainingDiverged(loss.item(), state.step)
    _descend(state.optimiser, loss)
    return loss.item()


def _update_architecture(
    state: _SearchState, batch: Batch, vgg: VGGFeatures, table: LatencyTable
) -> float:
    """One step of the logits: drawn architectures compete on the batch, latency is paid for.

    Returns:
        The mean restoration loss, without the price of latency.
    """
    inputs = network_inputs(vgg, batch)
    losses, probabilities = [], []
    for _ in range(state.experiment.draws):
        state.fusion.chosen, probability = state.fusion.draw()
        with torch.no_grad():
            losses.append(charbonnier_loss(restore(state.network, inputs), batch.clean))
        probabilities.append(probability)
    measured = torch.stack(losses)
    if not torch.isfinite(measured).all():
        raise TrainingDiverged(measured.max().item(), state.step)
    price = state.experiment.latency_weight * expected_latency(state.fusion, table)
    _descend(state.architect, policy_loss(measured, torch.stack(probabilities)) + price)
    return measured.mean().item()


def _descend(optimiser: torch.optim.Optimizer, loss: Tensor) -> None:
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    nn.utils.clip_grad_norm_(parameters, LARGEST_GRADIENT)
    optimiser.step()


@torch.no_grad()
def entropy(fusion: RelaxedFusionNetwork) -> float:
    """Mean entropy of the operator choices, as a part of that of an even choice."""
    values = []
    for cell in fusion.relaxed_cells():
        for logits in cell.operator_logits:
            information = -torch.log_softmax(logits, dim=1)
            values.append((information * (-information).exp()).sum(1) / math.log(logits.shape[1]))
    return float(torch.cat(values).mean())


def _forget_lines_after(log: Path, step: int) -> None:
    """Steps after the last checkpoint are done again; their lines would stand twice."""
    if log.exists():
        lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
        write_text(log, "".join(line for line in lines if json.loads(line)["step"] <= step))
