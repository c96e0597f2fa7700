"""The fusion network with every choice still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from train.models.nasfe.fusion_cell import Place, enter
from train.models.nasfe.fusion_network import Fusion
from train.models.nasfe.genotype import Block, CellGenotype, Connection, Genotype
from train.models.nasfe.operators.search_space import OPERATORS
from train.search.architecture_sampling import draw

OPERATOR_NAMES = tuple(OPERATORS)
INPUTS = 2
CONNECTIONS = 2


class RelaxedCell(nn.Module):
    """All sources, all operators (eq. 4 and 5), and how likely each of them is.

    Architecture parameters are logits: `input_logits` over all earlier tensors for
    the network level; for the cell level, of every block, `source_logits` over the
    tensors before it and `operator_logits` sources x operators. One input is always
    the cell before, Z^(l-1) of eq. 6; the other, where the paper has Z^(l-2), is
    open. With both open the search left three of four cells out: while weights are
    young, the shortest way is the best.

    Args:
        sources: places of all earlier tensors of the fusion network.
        width: channels and stride of the blocks.
        blocks: B.
    """

    def __init__(self, sources: Sequence[Place], width: Place, blocks: int) -> None:
        super().__init__()
        self.width = width
        self.place = Place(width.channels * blocks, width.stride)
        self.open_input = nn.ModuleList(enter(source, width) for source in sources)
        self.previous_input = enter(sources[-1], width)
        self.edges = nn.ModuleList(
            nn.ModuleList(
                nn.ModuleList(make(width.channels) for make in OPERATORS.values())
                for _ in range(INPUTS + block)
            )
            for block in range(blocks)
        )
        self.input_logits = nn.Parameter(torch.zeros(len(sources)))
        self.source_logits = nn.ParameterList(torch.zeros(INPUTS + b) for b in range(blocks))
        self.operator_logits = nn.ParameterList(
            torch.zeros(INPUTS + b, len(OPERATORS)) for b in range(blocks)
        )

    def draw(self) -> tuple[CellGenotype, Tensor]:
        """Choose everything by its probability; also returns its logarithm."""
        (index,), probability = draw(self.input_logits)
        blocks = []
        for sources, operators in zip(self.source_logits, self.operator_logits, strict=True):
            chosen, likely = draw(sources, CONNECTIONS)
            probability = probability + likely
            connections = []
            for source in chosen:
                (operator,), likely = draw(operators[source])
                probability = probability + likely
                connections.append(Connection(OPERATOR_NAMES[operator], source))
            blocks.append(Block(*connections))
        inputs = (index, len(self.input_logits) - 1)
        return CellGenotype(inputs, tuple(blocks)), probability

    def forward(self, earlier: Sequence[Tensor], chosen: CellGenotype) -> Tensor:
        """Compute one architecture of those that are possible."""
        one, previous = chosen.inputs
        tensors = [self.open_input[one](earlier[one]), self.previous_input(earlier[previous])]
        for edges, block in zip(self.edges, chosen.blocks, strict=True):
            first, second = (
                cast(nn.ModuleList, cast(nn.ModuleList, edges)[connection.source])[
                    OPERATOR_NAMES.index(connection.operator)
                ](tensors[connection.source])
                for connection in (block.first, block.second)
            )
            tensors.append(first + second)
        return torch.cat(tensors[INPUTS:], dim=1)


class RelaxedFusionNetwork(Fusion):
    """A `FusionNetwork` whose genotype is being searched.

    Args:
        source: place of the input.
        cells: width of the blocks of every cell.
        blocks: B of every cell.

    Attributes:
        chosen: the architecture that `forward` computes; drawn again for every step.
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
        self.chosen = self.draw()[0]

    def relaxed_cells(self) -> list[RelaxedCell]:
        """The cells from first to last."""
        return [cast(RelaxedCell, cell) for cell in self.cells]

    def forward(self, features: Tensor) -> Tensor:
        """N x C x S/8 x S/8 -> the last cell's output, through the chosen architecture."""
        tensors = [features]
        for cell, chosen in zip(self.cells, self.chosen.cells, strict=True):
            tensors.append(cell(tensors, chosen))
        return tensors[-1]

    def draw(self) -> tuple[Genotype, Tensor]:
        """Choose an architecture by its probability; also returns its logarithm, a scalar."""
        cells, probabilities = zip(*(cell.draw() for cell in self.relaxed_cells()), strict=True)
        return Genotype(cells), torch.stack(probabilities).sum()

    def architecture(self) -> list[nn.Parameter]:
        """All logits, in a fixed order."""
        return [p for name, p in self.named_parameters() if "_logits" in name]

    def weights(self) -> list[nn.Parameter]:
        """All other parameters."""
        logits = {id(p) for p in self.architecture()}
        return [p for p in self.parameters() if id(p) not in logits]
