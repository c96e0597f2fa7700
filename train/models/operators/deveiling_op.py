"""Deveiling operator: brighten features by a latent mask."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class DeveilingOp(nn.Module):
    """x_out = A * x_in with A = conv(x_in), eq. 3 and Fig. 4 (c) of the long version.

    The mask starts at 1, so that an untrained operator passes its input on.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mask = nn.Conv2d(channels, channels, 3, padding=1)
        with torch.no_grad():
            self.mask.weight.mul_(0.1)
            nn.init.ones_(self.mask.bias)  # type: ignore[arg-type]

    def forward(self, features: Tensor) -> Tensor:
        mask: Tensor = self.mask(features)
        return mask * features
