"""StyleGAN2's discriminator, how its first layers are frozen (FreezeD), and the local ones.

Mo, Cho and Shin, "Freeze the Discriminator: a Simple Baseline for Fine-Tuning GANs" (2020);
section III-C and III-D of Hu et al.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.models.mmrb.layers import Blur, EqualConv, EqualLinear, ScaledLeakyReLU
from train.models.mmrb.stylegan2 import SMALLEST

FROZEN = 5
"""Convolutions that FreezeD holds, from the picture on; a shortcut is held with its block."""

_GROUP = 4


class ConvLayer(nn.Sequential):
    """Convolution and activation; halving after a blur."""

    def __init__(
        self, channels: int, outputs: int, kernel: int, halve: bool = False, activate: bool = True
    ) -> None:
        layers: list[nn.Module] = []
        if halve:
            # Pads so that the halved side is exact: 4 taps, then the kernel.
            spare = (4 - 2) + (kernel - 1)
            layers.append(Blur(((spare + 1) // 2, spare // 2)))
            layers.append(EqualConv(channels, outputs, kernel, 2, 0))
        else:
            layers.append(EqualConv(channels, outputs, kernel, 1, kernel // 2))
        if activate:
            layers.append(ScaledLeakyReLU(outputs))
        super().__init__(*layers)


class ResBlock(nn.Module):
    """Two convolutions that halve the resolution, beside a shortcut; variance is kept."""

    def __init__(self, channels: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = ConvLayer(channels, channels, 3)
        self.conv2 = ConvLayer(channels, outputs, 3, halve=True)
        self.skip = ConvLayer(channels, outputs, 1, halve=True, activate=False)

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> N x C' x H/2 x W/2."""
        out: Tensor = (self.conv2(self.conv1(features)) + self.skip(features)) / math.sqrt(2)
        return out


class StyleGAN2Discriminator(nn.Module):
    """N x 3 x S x S, RGB, 0..1 -> N logits, positive for real.

    Args:
        channels: of the resolutions from 4 x 4 up, as of the generator; S is 4 times 2 to the
            power of one less than there are.
        spread: whether the deviation over the batch is shown to the last layers; needs whole
            pictures of different people in a batch.
    """

    def __init__(self, channels: Sequence[int], spread: bool = True) -> None:
        super().__init__()
        down = list(reversed(channels))
        blocks: list[nn.Module] = [ConvLayer(3, down[0], 1)]
        blocks += [ResBlock(fine, coarse) for fine, coarse in itertools.pairwise(down)]
        self.convs = nn.Sequential(*blocks)
        self.spread = spread
        last = channels[0]
        self.final_conv = ConvLayer(last + spread, last, 3)
        self.final_linear = nn.Sequential(
            EqualLinear(last * SMALLEST**2, last, activation=True), EqualLinear(last, 1)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """See above."""
        features = self.convs(2 * pictures - 1)
        if self.spread:
            features = torch.cat([features, _spread(features)], dim=1)
        logits: Tensor = self.final_linear(self.final_conv(features).flatten(1))
        return logits[:, 0]

    def freeze(self, layers: int = FROZEN) -> None:
        """FreezeD: hold the first so many convolutions and their activations for good."""
        left = layers
        for block in self.convs:
            parts = [block] if isinstance(block, ConvLayer) else [block.conv1, block.conv2]
            for part in parts:
                if left > 0:
                    part.requires_grad_(False)
                    left -= 1
            if isinstance(block, ResBlock):
                held = not any(p.requires_grad for p in block.conv2.parameters())
                block.skip.requires_grad_(not held)


def _spread(features: Tensor) -> Tensor:
    """The mean deviation of features over groups of a batch, as one more channel."""
    count, _, height, width = features.shape
    group = min(count, _GROUP)
    while count % group:
        group -= 1
    grouped = features.float().reshape(group, -1, *features.shape[1:])
    deviation = (grouped.var(0, unbiased=False) + 1e-8).sqrt().mean(dim=(1, 2, 3))
    spread = deviation.repeat(group)[:, None, None, None].expand(-1, 1, height, width)
    return spread.to(features.dtype)
