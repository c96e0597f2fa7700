"""FusionCell: the smallest repeatable module of the fusion network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.models.nasfe.genotype import Block
from train.models.nasfe.operators.search_space import KNOWN_OPERATORS


@dataclass(frozen=True, slots=True)
class Place:
    """Where features live in the fusion network.

    Attributes:
        channels: how many.
        stride: pixels of the picture per feature in each direction: 8 or 16.
    """

    channels: int
    stride: int


class FusionCell(nn.Module):
    """Z^l = Cell(Z^a, Z^b), eq. 6 of the paper, for a fixed genotype.

    Every block adds two operator outputs; the cell's output is the
    concatenation of its blocks. Each input first passes a 1 x 1 convolution to
    the cell's width, as in the search spaces that the paper builds on, because
    a concatenation of B blocks would otherwise grow from cell to cell; where
    the cell works at another resolution, that convolution changes it.

    Args:
        sources: places of the two inputs.
        width: channels and stride of every block.
        blocks: the cell's part of the genotype.
    """

    def __init__(self, sources: Sequence[Place], width: Place, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.inputs = nn.ModuleList(enter(source, width) for source in sources)
        self.blocks = tuple(blocks)
        self.first = nn.ModuleList(
            KNOWN_OPERATORS[b.first.operator](width.channels) for b in blocks
        )
        self.second = nn.ModuleList(
            KNOWN_OPERATORS[b.second.operator](width.channels) for b in blocks
        )
        self.place = Place(width.channels * len(self.blocks), width.stride)

    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        tensors: list[Tensor] = [self.inputs[0](one), self.inputs[1](other)]
        for block, first, second in zip(self.blocks, self.first, self.second, strict=True):
            tensors.append(
                first(tensors[block.first.source]) + second(tensors[block.second.source])
            )
        return torch.cat(tensors[2:], dim=1)


def enter(source: Place, target: Place) -> nn.Module:
    """The convolution that brings features to the width and resolution of a cell."""
    if source.stride == target.stride:
        return nn.Conv2d(source.channels, target.channels, 1)
    if 2 * source.stride == target.stride:
        return nn.Conv2d(source.channels, target.channels, 2, stride=2)
    if source.stride == 2 * target.stride:
        return nn.Sequential(nn.Conv2d(source.channels, 4 * target.channels, 1), nn.PixelShuffle(2))
    raise ValueError(f"no way from stride {source.stride} to {target.stride}")
