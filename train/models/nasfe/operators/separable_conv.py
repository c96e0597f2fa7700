"""Separable convolution, as in the DARTS search space that the paper builds on."""

from __future__ import annotations

from torch import Tensor, nn

from train.models.nasfe.operators.depthwise_conv import DepthwiseConv


class SeparableConv(nn.Module):
    """Twice: ReLU, depthwise convolution, pointwise convolution.

    Args:
        channels: C of the N x C x H x W input and output.
        kernel_size: 3 or 5.
    """

    def __init__(self, channels: int, kernel_size: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for _ in range(2):
            layers += [
                nn.ReLU(),
                DepthwiseConv(channels, kernel_size),
                nn.Conv2d(channels, channels, 1),
            ]
        self.layers = nn.Sequential(*layers)

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = self.layers(features)
        return out
