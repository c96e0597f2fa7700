"""The asymmetric codec (Hu et al., section III-A and figure 2)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.mmrb.layers import EqualLinear
from train.models.mmrb.mmrb import MMRB
from train.models.mmrb.stylegan2 import SMALLEST

DECODER_BLOCKS = 1
"""In each scale; the encoder has one more."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """x_hat and Z of eq. 1.

    Attributes:
        latent: N x style.
        features: for each resolution from 4 x 4 up, N x C x s x s: what goes into the noise
            branches.
        pictures: for each, N x 3 x s x s, RGB, about 0..1: what the decoder reconstructs.
    """

    latent: Tensor
    features: list[Tensor]
    pictures: list[Tensor]


class Codec(nn.Module):
    """x_hat, Z = Codec(x), eq. 1.

    Args:
        widths: channels of the resolutions from 4 x 4 up, even.
        style: width of Z.
        block: what is used `DECODER_BLOCKS` times in a scale of the decoder and once more in
            one of the encoder.
    """

    def __init__(
        self, widths: Sequence[int], style: int, block: Callable[[int], nn.Module] = MMRB
    ) -> None:
        super().__init__()
        down = list(reversed(widths))
        self.enter = nn.Conv2d(3, down[0], 3, padding=1)
        self.encode = nn.ModuleList(
            nn.Sequential(*(block(width) for _ in range(DECODER_BLOCKS + 1))) for width in down
        )
        self.halve = nn.ModuleList(
            nn.Conv2d(fine, coarse, 3, stride=2, padding=1)
            for fine, coarse in itertools.pairwise(down)
        )
        self.latent = EqualLinear(down[-1] * SMALLEST**2, style)
        self.widen = nn.ModuleList(
            nn.Conv2d(coarse, fine, 3, padding=1) for coarse, fine in itertools.pairwise(widths)
        )
        self.join = nn.ModuleList(nn.Conv2d(2 * width, width, 1) for width in widths[1:])
        self.decode = nn.ModuleList(
            nn.Sequential(*(block(width) for _ in range(DECODER_BLOCKS))) for width in widths
        )
        self.colours = nn.ModuleList(nn.Conv2d(width, 3, 1) for width in widths)

    def forward(self, degraded: Tensor) -> Coded:
        """N x 3 x S x S, RGB, 0..1, with S the largest resolution."""
        features = self.enter(2 * degraded - 1)
        kept = []
        for number, blocks in enumerate(self.encode):
            features = blocks(features)
            kept.append(features)
            if number < len(self.halve):
                features = self.halve[number](features)
        latent = self.latent(features.flatten(1))
        features = self.decode[0](kept.pop())
        levels = [features]
        for number, widen in enumerate(self.widen):
            wide = widen(F.interpolate(features, scale_factor=2.0, mode="nearest"))
            features = self.join[number](torch.cat([wide, kept.pop()], dim=1))
            features = self.decode[number + 1](features)
            levels.append(features)
        pictures = [
            0.5 * (colours(level) + 1) for colours, level in zip(self.colours, levels, strict=True)
        ]
        return Coded(latent, levels, pictures)
