"""Checkpoints that resume exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from nasfe_cam.core.atomic_files import FileBeside
from nasfe_cam.core.errors import NasfeError

UNRECORDED = "not recorded"
"""What is said of weights that were saved without a word about their training."""


class CheckpointRefused(NasfeError):
    code = "checkpoint-refused"
    text = "Checkpoint {path} cannot be used ({reason})."
    remedy = "Delete it to begin anew, or check network and genotype of the experiment."

    path: Path
    reason: str


def save_checkpoint(
    path: Path,
    *,
    step: int,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    experiment: dict[str, Any],
    training_data: str,
    adversary: dict[str, Any] | None = None,
) -> None:
    """Write everything that the next step depends on; a crash leaves the old file whole."""
    save_state(
        path,
        {
            "step": step,
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "experiment": experiment,
            "training_data": training_data,
            "adversary": adversary,
        },
    )


def save_state(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint of any content; a crash leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileBeside(path, durable=True) as file:
        torch.save(content, file.temporary)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint; tensors only, no code is run from the file.

    Raises:
        CheckpointRefused: missing, cut short, or no checkpoint.
    """
    try:
        content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises whatever the damaged bytes lead it to
        raise CheckpointRefused(path, _first_line(error)) from None
    return content


def restore_state(path: Path, network: nn.Module, state: dict[str, Any]) -> None:
    """Fill a network with a checkpoint's tensors.

    Raises:
        CheckpointRefused: they are those of another architecture.
    """
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise CheckpointRefused(path, f"another architecture: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
