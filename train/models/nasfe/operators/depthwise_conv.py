"""Depthwise convolution in float32, whatever autocast says."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class DepthwiseConv(nn.Conv2d):
    """One k x k filter per channel, same size out, no bias.

    Float32 on purpose: with torch 2.13 on the CPU the bf16 weight gradient of a
    dilated 5 x 5 depthwise convolution in channels-last order holds
    uninitialised memory (values up to infinity), and bf16 is slower besides.
    """

    def __init__(self, channels: int, kernel_size: int, dilation: int = 1) -> None:
        super().__init__(
            channels,
            channels,
            kernel_size,
            padding=kernel_size // 2 * dilation,
            dilation=dilation,
            groups=channels,
            bias=False,
        )

    def forward(self, features: Tensor) -> Tensor:
        with torch.autocast(features.device.type, enabled=False):
            return super().forward(features.float())
