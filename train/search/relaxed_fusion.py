"""The fusion network with every choice still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from train.models.fusion_cell import Place, enter
from train.models.fusion_network import Fusion
from train.models.operators import OPERATORS
from train.search.sampling import sample

OPERATOR_NAMES = tuple(OPERATORS)
INPUTS = 2
CONNECTIONS = 2


class RelaxedCell(nn.Module):
    """All sources, all operators (eq. 4 and 5), and how likely each of them is.

    Architecture parameters are logits: `input_logits` 2 x (number of earlier
    tensors) for the network level; for the cell level, of every block,
    `source_logits` over the tensors before it and `operator_logits` sources x
    operators.

    Args:
        sources: places of all earlier tensors of the fusion network.
        width: channels and stride of the blocks.
        blocks: B.
    """

    def __init__(self, sources: Sequence[Place], width: Place, blocks: int) -> None:
        super().__init__()
        self.width = width
        self.place = Place(width.channels * blocks, width.stride)
        self.inputs = nn.ModuleList(
            nn.ModuleList(enter(source, width) for source in sources) for _ in range(INPUTS)
        )
        self.edges = nn.ModuleList(
            nn.ModuleList(
                nn.ModuleList(make(width.channels) for make in OPERATORS.values())
                for _ in range(INPUTS + block)
            )
            for block in range(blocks)
        )
        self.input_logits = nn.Parameter(torch.zeros(INPUTS, len(sources)))
        self.source_logits = nn.ParameterList(torch.zeros(INPUTS + b) for b in range(blocks))
        self.operator_logits = nn.ParameterList(
            torch.zeros(INPUTS + b, len(OPERATORS)) for b in range(blocks)
        )

    def forward(self, earlier: Sequence[Tensor], temperature: float) -> Tensor:
        """Draw an architecture and compute it."""
        tensors = []
        for enters, logits in zip(self.inputs, self.input_logits, strict=True):
            (index,), weight = sample(logits, temperature)
            tensors.append(weight * cast(nn.ModuleList, enters)[index](earlier[index]))
        for edges, sources, operators in zip(
            self.edges, self.source_logits, self.operator_logits, strict=True
        ):
            chosen, weights = sample(sources, temperature, CONNECTIONS)
            total: Tensor | None = None
            for source, weight in zip(chosen, weights, strict=True):
                (operator,), share = sample(operators[source], temperature)
                candidates = cast(nn.ModuleList, cast(nn.ModuleList, edges)[source])
                term = weight * share * candidates[operator](tensors[source])
                total = term if total is None else total + term
            assert total is not None
            tensors.append(total)
        return torch.cat(tensors[INPUTS:], dim=1)


class RelaxedFusionNetwork(Fusion):
    """A `FusionNetwork` whose genotype is being searched.

    Args:
        source: place of the input.
        cells: width of the blocks of every cell.
        blocks: B of every cell.

    Attributes:
        temperature: of the draws, see `sampling.sample`; lowered as the search goes on.
    """

    def __init__(self, source: Place, cells: Sequence[Place], blocks: int) -> None:
        super().__init__()
        places = [source]
        made = []
        for width in cells:
            made.append(RelaxedCell(places, width, blocks))
            places.append(made[-1].place)
        self.cells = nn.ModuleList(made)
        self.place = places[-1]
        self.temperature = 1.0

    def relaxed_cells(self) -> list[RelaxedCell]:
        """The cells from first to last."""
        return [cast(RelaxedCell, cell) for cell in self.cells]

    def forward(self, features: Tensor) -> Tensor:
        """N x C x S/8 x S/8 -> the last cell's output, through one drawn architecture."""
        tensors = [features]
        for cell in self.cells:
            tensors.append(cell(tensors, self.temperature))
        return tensors[-1]

    def architecture(self) -> list[nn.Parameter]:
        """All logits, in a fixed order."""
        return [p for name, p in self.named_parameters() if "_logits" in name]

    def weights(self) -> list[nn.Parameter]:
        """All other parameters."""
        logits = {id(p) for p in self.architecture()}
        return [p for p in self.parameters() if id(p) not in logits]
