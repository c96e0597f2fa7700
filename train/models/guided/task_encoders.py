"""The three task encoders of the guided network, of dense convolutions alone.

What `train.models.encoders` builds of dilated and depthwise convolutions is built here of
what trains and runs fast (DESIGN section 6): dense 3 x 3 convolutions, and a look from
further away where a motion kernel reaches far.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.nasfe.decoder import ResidualBlock
from train.models.nasfe.operators.deveiling_op import DeveilingOp
from train.models.nasfe.operators.res_op import ResOp


class TaskEncoder(nn.Module):
    """A 1 x 1 convolution from 4 x 4 pixel patches, and a chain of task blocks.

    Input N x P x S/4 x S/4, output N x C x S/4 x S/4.
    """

    def __init__(self, patch_channels: int, channels: int, blocks: list[nn.Module]) -> None:
        super().__init__()
        self.enter = nn.Conv2d(patch_channels, channels, 1)
        self.blocks = nn.Sequential(*blocks)

    def forward(self, patches: Tensor) -> Tensor:
        out: Tensor = self.blocks(torch.relu(self.enter(patches)))
        return out


class FromFurtherAway(nn.Module):
    """x + a residual block at half the resolution and twice the width: far for little time."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.down = nn.Conv2d(channels, 2 * channels, 2, stride=2)
        self.block = ResidualBlock(2 * channels)
        self.up = nn.Sequential(nn.Conv2d(2 * channels, 4 * channels, 1), nn.PixelShuffle(2))

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = features + self.up(self.block(self.down(features)))
        return out


def deblur_encoder(patch_channels: int, channels: int) -> TaskEncoder:
    """E_B: sees as far as a motion kernel reaches."""
    return TaskEncoder(
        patch_channels, channels, [ResidualBlock(channels), FromFurtherAway(channels)]
    )


def denoise_encoder(patch_channels: int, channels: int) -> TaskEncoder:
    """E_N: estimates the noise and takes it away, twice."""
    return TaskEncoder(patch_channels, channels, [ResOp(channels), ResOp(channels)])


def low_light_encoder(patch_channels: int, channels: int) -> TaskEncoder:
    """E_L: brightens by a latent mask."""
    return TaskEncoder(patch_channels, channels, [DeveilingOp(channels), ResidualBlock(channels)])
