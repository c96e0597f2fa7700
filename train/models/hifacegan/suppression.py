"""Suppression modules of HiFaceGAN (Yang et al. 2020, section 4.1 and figure 4)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from torch import Tensor, nn

from train.models.hifacegan.adaptive_convolution import AdaptiveConv


class Suppression(nn.Module):
    """Cascaded suppression modules: what is left of a picture at every level, finest first.

    Each module halves the resolution with a content-adaptive convolution, instance
    normalisation and ReLU; the last goes without ReLU, as its features only guide.

    Args:
        widths: channels of the levels, from full resolution on.
        correlation: D of eq. 3.
        adaptive: see `AdaptiveConv`.
    """

    def __init__(self, widths: Sequence[int], correlation: int, adaptive: bool = True) -> None:
        super().__init__()
        self.head = nn.Sequential(
            nn.Conv2d(3, widths[0], 3, padding=1), nn.InstanceNorm2d(widths[0], affine=True)
        )
        self.modules_of_levels = nn.ModuleList(
            nn.Sequential(
                nn.ReLU(),
                AdaptiveConv(fine, coarse, correlation, stride=2, adaptive=adaptive),
                nn.InstanceNorm2d(coarse, affine=True),
            )
            for fine, coarse in itertools.pairwise(widths)
        )

    def forward(self, picture: Tensor) -> list[Tensor]:
        """N x 3 x S x S -> for level l, N x widths[l] x S/2^l x S/2^l."""
        levels = [self.head(picture)]
        for module in self.modules_of_levels:
            levels.append(module(levels[-1]))
        return levels
