"""Dilated convolution, as in the DARTS search space that the paper builds on."""

from __future__ import annotations

from torch import Tensor, nn

from train.models.nasfe.operators.depthwise_conv import DepthwiseConv


class DilatedConv(nn.Module):
    """ReLU, depthwise convolution with dilation 2, pointwise convolution.

    Args:
        channels: C of the N x C x H x W input and output.
        kernel_size: 3 or 5.
    """

    def __init__(self, channels: int, kernel_size: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.ReLU(),
            DepthwiseConv(channels, kernel_size, dilation=2),
            nn.Conv2d(channels, channels, 1),
        )

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = self.layers(features)
        return out
