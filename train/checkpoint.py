"""Checkpoints that resume exactly: written beside, then renamed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn


def save_checkpoint(
    path: Path,
    *,
    step: int,
    network: nn.Module,
    average: nn.Module,
    optimiser: torch.optim.Optimizer,
    experiment: dict[str, Any],
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
        },
    )


def save_state(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint of any content beside, then rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    torch.save(content, beside)
    beside.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint; tensors only, no code is run from the file."""
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return content
