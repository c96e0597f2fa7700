"""Res2Block: a residual block whose 3 x 3 convolutions form a hierarchy of scales."""

from __future__ import annotations

import torch
from torch import Tensor, nn

GROUPS = 4


class Res2Block(nn.Module):
    """Gao et al., Res2Net (the paper's [15]), without normalisation.

    1 x 1 convolution, split into 4 groups of which each after the first is
    convolved together with the result of the one before, 1 x 1 convolution,
    plus the input.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        width = channels // GROUPS
        self.enter = nn.Conv2d(channels, width * GROUPS, 1)
        self.scales = nn.ModuleList(
            nn.Conv2d(width, width, 3, padding=1) for _ in range(GROUPS - 1)
        )
        self.leave = nn.Conv2d(width * GROUPS, channels, 1)
        self.activation = nn.ReLU()

    def forward(self, features: Tensor) -> Tensor:
        groups = self.activation(self.enter(features)).chunk(GROUPS, dim=1)
        outputs = [groups[0]]
        previous: Tensor | None = None
        for group, convolution in zip(groups[1:], self.scales, strict=True):
            previous = self.activation(convolution(group if previous is None else group + previous))
            outputs.append(previous)
        out: Tensor = self.leave(torch.cat(outputs, dim=1))
        return features + out
