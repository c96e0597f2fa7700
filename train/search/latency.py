"""What an operator costs: measured latencies, and their expectation over open choices."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from nasfe_cam.core.errors import NasfeError
from train.models.nasfe.fusion_cell import Place
from train.search.relaxed_fusion import CONNECTIONS, OPERATOR_NAMES, RelaxedFusionNetwork

TABLE = Path(__file__).parent / "latencies.toml"
CROP = 256


class PlaceNotMeasured(NasfeError):
    code = "place-not-measured"
    text = "No operator was measured at {place}."
    remedy = "Run: python -m benchmarks.network.operators --write"

    place: str


class LatencyTable:
    """Milliseconds of every operator at every width and resolution in use.

    Args:
        path: written by `benchmarks/network/operators.py`.

    """

    def __init__(self, path: Path = TABLE) -> None:
        self._milliseconds: Mapping[str, Mapping[str, float]] = tomllib.loads(
            path.read_text(encoding="utf-8")
        )["milliseconds"]

    def row(self, place: Place) -> Tensor:
        """Latencies in the order of `OPERATOR_NAMES`.

        Raises:
            PlaceNotMeasured: this width and resolution were not in use when they were.
        """
        row = self._milliseconds.get(place_name(place))
        if row is None:
            raise PlaceNotMeasured(place_name(place))
        return torch.tensor([row[name] for name in OPERATOR_NAMES])


def place_name(place: Place) -> str:
    """Such as "64x32x32": channels, height, width for a crop of 256 x 256."""
    side = CROP // place.stride
    return f"{place.channels}x{side}x{side}"


def expected_latency(network: RelaxedFusionNetwork, table: LatencyTable) -> Tensor:
    """Milliseconds of the fusion network's operators, as a differentiable scalar.

    Every block uses two of its sources; a source is used with twice its
    probability, at most once.
    """
    total = torch.zeros(())
    for cell in network.relaxed_cells():
        row = table.row(cell.width)
        for sources, operators in zip(cell.source_logits, cell.operator_logits, strict=True):
            used = (CONNECTIONS * torch.softmax(sources, dim=0)).clamp(max=1)
            total = total + (used * (torch.softmax(operators, dim=1) @ row)).sum()
    return total
