"""The generative prior: a StyleGAN2 generator, with or without features in its noise branches."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.models.mmrb.layers import EqualLinear, StyledConv, ToRGB

SMALLEST = 4
"""Side of the learned constant that a picture grows from."""

_MAPPING_RATE = 0.01


@dataclass(frozen=True, slots=True)
class StyleGAN2Size:
    """Widths of one size of the generator.

    Attributes:
        channels: of the resolutions, from 4 x 4 up; each doubles the side.
        style: width of z and w.
        mapping: layers of the mapping network.
    """

    channels: tuple[int, ...]
    style: int
    mapping: int

    @property
    def side(self) -> int:
        """Of the pictures."""
        return int(SMALLEST * 2 ** (len(self.channels) - 1))


class _ConstantInput(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.input = nn.Parameter(torch.randn(1, channels, SMALLEST, SMALLEST))


class _PixelNorm(nn.Module):
    def forward(self, vector: Tensor) -> Tensor:
        return vector * torch.rsqrt(vector.square().mean(1, keepdim=True) + 1e-8)


class StyleGAN2(nn.Module):
    """G(z): mapping network, then style blocks from 4 x 4 up, with skips to the picture.

    Args:
        size: widths.
        beside: channels of the features that are concatenated into the noise branches of each
            resolution (eq. 3 of Hu et al.); empty for StyleGAN2 as it is, with noise.
    """

    def __init__(self, size: StyleGAN2Size, beside: Sequence[int] = ()) -> None:
        super().__init__()
        self.side = size.side
        self.style_width = size.style
        self.style = nn.Sequential(
            _PixelNorm(),
            *(
                EqualLinear(size.style, size.style, rate=_MAPPING_RATE, activation=True)
                for _ in range(size.mapping)
            ),
        )
        extra = tuple(beside) or (0,) * len(size.channels)
        first = size.channels[0]
        self.input = _ConstantInput(first)
        self.conv1 = StyledConv(first, first, size.style, extra[0])
        self.to_rgb1 = ToRGB(first + extra[0], size.style)
        convs: list[nn.Module] = []
        before = first + extra[0]
        for width, more in zip(size.channels[1:], extra[1:], strict=True):
            convs.append(StyledConv(before, width, size.style, more, up=True))
            convs.append(StyledConv(width + more, width, size.style, more))
            before = width + more
        self.convs = nn.ModuleList(convs)
        self.to_rgbs = nn.ModuleList(
            ToRGB(width + more, size.style)
            for width, more in zip(size.channels[1:], extra[1:], strict=True)
        )

    def map(self, latent: Tensor) -> Tensor:
        """W = MLP(Z), eq. 2 of Hu et al.: N x style -> the same."""
        styles: Tensor = self.style(latent)
        return styles

    def forward(self, style: Tensor, beside: Sequence[Tensor | None] = ()) -> Tensor:
        """Draw a picture.

        Args:
            style: w, N x style; the same for every block.
            beside: for every resolution what goes into its noise branches; without it, fresh
                noise, or zeros where features are concatenated.

        Returns:
            N x 3 x side x side, RGB; 0..1 up to the error of the network.
        """
        extra = list(beside) or [None] * (1 + len(self.to_rgbs))
        constant = self.input.input.expand(len(style), -1, -1, -1)
        features = self.conv1(constant, style, extra[0])
        colours = self.to_rgb1(features, style, None)
        for number, to_rgb in enumerate(self.to_rgbs):
            more = extra[number + 1]
            features = self.convs[2 * number](features, style, more)
            features = self.convs[2 * number + 1](features, style, more)
            colours = to_rgb(features, style, colours)
        # Public weights draw -1..1.
        picture: Tensor = 0.5 * (colours + 1)
        return picture

    def noise_parameters(self) -> list[nn.Parameter]:
        """Those of the noise branches, which have a learning rate of their own."""
        return [value for name, value in self.named_parameters() if ".noise." in name]


def levels_of(side: int) -> int:
    """Resolutions from 4 x 4 up to a side."""
    return int(math.log2(side // SMALLEST)) + 1
