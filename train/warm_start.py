"""Copies trained weights from other runs, by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from nasfe_cam.core.errors import NasfeError
from train.checkpoint import load_checkpoint
from train.weights import WEIGHTS, read_weights


class NothingInherited(NasfeError):
    code = "nothing-inherited"
    text = "No tensor of {run} fits the network."
    remedy = "Check start_from, network and genotype."

    run: Path


def take_over(network: nn.Module, runs: Path, names: Sequence[str]) -> list[str]:
    """Fill a network with the averaged weights of runs; later runs win.

    Args:
        network: keeps its own values where no run has a tensor of the name and shape.
            A layer that has got more inputs since takes zeros for these, the last
            ones, and so begins as it was.
        runs: folder of all runs.
        names: of the runs, or of files in `train/trained` (without their ending), which a
            fresh clone has.

    Returns:
        Names of the tensors that no run had.

    Raises:
        NothingInherited: a run has nothing that fits.
        CheckpointRefused: a run has no checkpoint, or one that is damaged.
    """
    state = network.state_dict()
    taken: set[str] = set()
    for name in names:
        source = runs / name / "last.pt"
        if not source.exists() and (trained := WEIGHTS / f"{name}.safetensors").exists():
            source, average = trained, read_weights(trained)
        else:
            average = load_checkpoint(source)["average"]
        fitting = {
            key: fitted
            for key, value in average.items()
            if key in state and (fitted := _fitted(value, state[key])) is not None
        }
        if not fitting:
            raise NothingInherited(source)
        state |= fitting
        taken |= set(fitting)
    network.load_state_dict(state)
    return [key for key in state if key not in taken]


def _fitted(value: Tensor, own: Tensor) -> Tensor | None:
    """The value in the shape of the network's own tensor; None where it does not fit."""
    if value.shape == own.shape:
        return value
    if value.ndim < 2 or value.ndim != own.ndim:
        return None
    more = own.shape[1] - value.shape[1]
    if more < 0 or (value.shape[0], *value.shape[2:]) != (own.shape[0], *own.shape[2:]):
        return None
    return torch.cat([value, value.new_zeros(own.shape[0], more, *own.shape[2:])], dim=1)
