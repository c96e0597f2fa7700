"""Takes trained weights over from other runs, by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import nn

from engine.errors import NasfeError
from train.checkpoint import load_checkpoint


class NothingInherited(NasfeError):
    def __init__(self, run: Path) -> None:
        super().__init__(
            f"No tensor of {run} fits the network. Check start_from, network and genotype."
        )


def take_over(network: nn.Module, runs: Path, names: Sequence[str]) -> list[str]:
    """Fill a network with the averaged weights of runs; later runs win.

    Args:
        network: keeps its own values where no run has a tensor of the name and shape.
        runs: folder of all runs.
        names: of the runs.

    Returns:
        Names of the tensors that no run had.

    Raises:
        NothingInherited: a run has nothing that fits.
    """
    state = network.state_dict()
    taken: set[str] = set()
    for name in names:
        checkpoint = runs / name / "last.pt"
        average = load_checkpoint(checkpoint)["average"]
        fitting = {k for k, v in average.items() if k in state and state[k].shape == v.shape}
        if not fitting:
            raise NothingInherited(checkpoint)
        state |= {k: average[k] for k in fitting}
        taken |= fitting
    network.load_state_dict(state)
    return [key for key in state if key not in taken]
