"""Self-attention over all positions."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class SelfAttention(nn.Module):
    """x + scale * value(x) attended by query and key (the paper's [71, 86]).

    Query and key have C / 4 channels; `scale` starts at 0, as in SAGAN, so that
    an untrained operator passes its input on.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = max(8, channels // 4)
        self.query = nn.Conv2d(channels, self.inner, 1)
        self.key = nn.Conv2d(channels, self.inner, 1)
        self.value = nn.Conv2d(channels, channels, 1)
        self.scale = nn.Parameter(torch.zeros(1))

    def forward(self, features: Tensor) -> Tensor:
        query = self.query(features).flatten(2).transpose(1, 2)
        key = self.key(features).flatten(2)
        weights = torch.softmax((query @ key).float() * self.inner**-0.5, dim=-1)
        value = self.value(features).flatten(2)
        attended: Tensor = value @ weights.to(value.dtype).transpose(1, 2)
        out: Tensor = features + self.scale * attended.view_as(features)
        return out
