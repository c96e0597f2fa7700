"""The three task encoders: deblur E_B, denoise E_N and low-light E_L.

The paper leaves their layers to a supplement that was not to be had; the
building blocks here are chosen per task: multi-scale blocks with dilation see
as far as a motion kernel reaches, residual operators estimate noise, deveiling
operators brighten.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from train.models.nasfe.exposure import PATCH
from train.models.nasfe.operators.deveiling_op import DeveilingOp
from train.models.nasfe.operators.dilated_conv import DilatedConv
from train.models.nasfe.operators.res2block import Res2Block
from train.models.nasfe.operators.res_op import ResOp

# Two pictures of three colours, see `exposed_patches`.
ENTRY_CHANNELS = 2 * 3 * PATCH**2


class Encoder(nn.Module):
    """A convolution from 4 x 4 pixel patches and a chain of task blocks.

    Input N x 96 x S/4 x S/4 from `exposed_patches`, output N x C x S/4 x S/4.
    """

    def __init__(self, channels: int, blocks: list[nn.Module]) -> None:
        super().__init__()
        self.enter = nn.Conv2d(ENTRY_CHANNELS, channels, 3, padding=1)
        self.blocks = nn.Sequential(*blocks)

    def forward(self, patches: Tensor) -> Tensor:
        out: Tensor = self.blocks(torch.relu(self.enter(patches)))
        return out


class _Residual(nn.Module):
    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = features + self.layer(features)
        return out


def _encoder(channels: int, makers: list[Callable[[int], nn.Module]], repeat: int) -> Encoder:
    return Encoder(channels, [make(channels) for _ in range(repeat) for make in makers])


def deblur_encoder(channels: int, repeat: int) -> Encoder:
    """E_B: Res2Blocks and dilated 5 x 5 convolutions."""
    return _encoder(channels, [Res2Block, lambda c: _Residual(DilatedConv(c, 5))], repeat)


def denoise_encoder(channels: int, repeat: int) -> Encoder:
    """E_N: residual operators."""
    return _encoder(channels, [ResOp], repeat)


def low_light_encoder(channels: int, repeat: int) -> Encoder:
    """E_L: deveiling operators and Res2Blocks."""
    return _encoder(channels, [DeveilingOp, Res2Block], repeat)
