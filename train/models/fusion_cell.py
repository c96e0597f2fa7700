"""FusionCell: the smallest repeatable module of the fusion network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.genotype import Block
from train.models.operators import OPERATORS


class FusionCell(nn.Module):
    """Z^l = Cell(Z^(l-1), Z^(l-2)), eq. 6 of the long version, for a fixed genotype.

    Every block adds two operator outputs; the cell's output is the
    concatenation of its blocks. Each input first passes a 1 x 1 convolution to
    the cell's width, as in the search spaces that the paper builds on, because
    a concatenation of B blocks would otherwise grow from cell to cell.

    Args:
        previous_channels: channels of (Z^(l-2), Z^(l-1)).
        width: channels of every block.
        blocks: the cell's part of the genotype.
    """

    def __init__(
        self, previous_channels: tuple[int, int], width: int, blocks: tuple[Block, ...]
    ) -> None:
        super().__init__()
        self.inputs = nn.ModuleList(nn.Conv2d(c, width, 1) for c in previous_channels)
        self.blocks = blocks
        self.first = nn.ModuleList(OPERATORS[b.first.operator](width) for b in blocks)
        self.second = nn.ModuleList(OPERATORS[b.second.operator](width) for b in blocks)
        self.out_channels = width * len(blocks)

    def forward(self, before_previous: Tensor, previous: Tensor) -> Tensor:
        tensors: list[Tensor] = [
            self.inputs[0](before_previous),
            self.inputs[1](previous),
        ]
        for block, first, second in zip(self.blocks, self.first, self.second, strict=True):
            tensors.append(
                first(tensors[block.first.source]) + second(tensors[block.second.source])
            )
        return torch.cat(tensors[2:], dim=1)
