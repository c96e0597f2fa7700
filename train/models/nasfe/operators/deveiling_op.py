"""Deveiling operator: brighten features by a latent mask."""

from __future__ import annotations

import torch
from torch import Tensor, nn

LARGEST_GAIN = 4.0


class DeveilingOp(nn.Module):
    """x_out = A * x_in with A = mask(conv(x_in)), eq. 3 and Fig. 4 (c) of the paper.

    The mask is bounded by a sigmoid to 0..4 and starts at 1. A mask that is
    linear in x makes the output quadratic in it, and in a chain of cells
    training diverged within ten steps.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mask = nn.Conv2d(channels, channels, 3, padding=1)
        with torch.no_grad():
            self.mask.weight.mul_(0.1)
            nn.init.constant_(self.mask.bias, -1.0986)  # type: ignore[arg-type]  # sigmoid = 1/4

    def forward(self, features: Tensor) -> Tensor:
        mask = LARGEST_GAIN * torch.sigmoid(self.mask(features))
        return mask * features
