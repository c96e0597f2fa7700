"""The fusion network Fn: cells connected as the genotype says."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from train.models.nasfe.fusion_cell import FusionCell, Place
from train.models.nasfe.genotype import Genotype


class Fusion(nn.Module):
    """N x C x S/8 x S/8 features in, features at `place` out.

    Attributes:
        place: channels and stride of the output.
    """

    place: Place


class FusionNetwork(Fusion):
    """Fuses the task encoders' features (section 3.1).

    Args:
        source: place of the input.
        cells: width of the blocks of every cell.
        genotype: what the cells are, and where their inputs come from.

    Raises:
        ValueError: the genotype has another number of cells.
    """

    def __init__(self, source: Place, cells: Sequence[Place], genotype: Genotype) -> None:
        super().__init__()
        places = [source]
        made = []
        for width, cell in zip(cells, genotype.cells, strict=True):
            made.append(FusionCell([places[i] for i in cell.inputs], width, cell.blocks))
            places.append(made[-1].place)
        self.cells = nn.ModuleList(made)
        self.inputs = tuple(cell.inputs for cell in genotype.cells)
        self.place = places[-1]

    def forward(self, features: Tensor) -> Tensor:
        """N x C x S/8 x S/8 -> the last cell's output, described by `place`."""
        tensors = [features]
        for cell, (one, other) in zip(self.cells, self.inputs, strict=True):
            tensors.append(cell(tensors[one], tensors[other]))
        return tensors[-1]
