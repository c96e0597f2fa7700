"""Checkpoints that resume exactly: written beside, then renamed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.errors import NasfeError


class CheckpointRefused(NasfeError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Checkpoint {path} cannot be used ({reason}). Delete it to begin anew, "
            "or check network and genotype of the experiment."
        )


def save_checkpoint(
    path: Path,
    *,
    step: int,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    experiment: dict[str, Any],
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
            "adversary": adversary,
        },
    )


def save_state(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint of any content beside, then rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    torch.save(content, beside)
    beside.replace(path)


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
