"""Residual operator: estimate the noise in the features and take it away."""

from __future__ import annotations

from torch import Tensor, nn


class ResOp(nn.Module):
    """x - conv2(ReLU(conv1(x))), Fig. 4 (a) of the paper; 3 x 3 convolutions."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.activation = nn.ReLU()

    def forward(self, features: Tensor) -> Tensor:
        noise: Tensor = self.conv2(self.activation(self.conv1(features)))
        return features - noise
