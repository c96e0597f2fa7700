"""The "no connection" operator."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Zero(nn.Module):
    """Returns zeros of the input's shape (section 3.1, "No or zero connection")."""

    def forward(self, features: Tensor) -> Tensor:
        return torch.zeros_like(features)
