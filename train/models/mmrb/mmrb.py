"""The mixed multi-path residual block (Hu et al., section III-B, eq. 4 to 10 and figure 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class MMRB(nn.Module):
    """X_O = X_I + P, where two branches of 3 x 3 and 5 x 5 share what they extract.

    The channels are split in two (eq. 4); each half goes through one branch (5, 6); both
    results together go through both branches again (7, 8), and a 1 x 1 convolution brings the
    doubled channels back to C (9), as the paper says of it. Every convolution has a PReLU of its
    own. The block keeps the number of channels, so it can stand in for any other: a genotype of
    NASFE's fusion network may name it (`train.models.nasfe.operators.search_space`).

    Args:
        channels: C, even.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.first3 = _branch(half, half, 3)
        self.first5 = _branch(half, half, 5)
        self.second3 = _branch(channels, channels, 3)
        self.second5 = _branch(channels, channels, 5)
        self.join = _branch(2 * channels, channels, 1)

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> the same."""
        one, other = features.chunk(2, dim=1)
        mixed = torch.cat([self.first3(one), self.first5(other)], dim=1)
        mixed = torch.cat([self.second3(mixed), self.second5(mixed)], dim=1)
        out: Tensor = features + self.join(mixed)
        return out


class PlainBlock(nn.Module):
    """What the ablation puts in MMRB's place: two convolutions 3 x 3 with PReLU, plus the input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(_branch(channels, channels, 3), _branch(channels, channels, 3))

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> the same."""
        out: Tensor = features + self.layers(features)
        return out


def _branch(channels: int, outputs: int, kernel: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, outputs, kernel, padding=kernel // 2), nn.PReLU(outputs)
    )
