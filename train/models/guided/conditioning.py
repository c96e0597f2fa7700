"""Scales and shifts features by what is known of the whole picture."""

from __future__ import annotations

import torch
from torch import Tensor, nn

# Few: a full matrix for one vector took the engine a sixteenth of its time.
_HIDDEN = 32


class Conditioning(nn.Module):
    """x * (1 + tanh(scale)) + shift, both from the class vector, the exposure and x's own means.

    Feature-wise linear modulation (Perez and others, "FiLM", 2018). How bright a dark face
    should be is told by the whole picture, not by the surroundings of a pixel. Begins as the
    identity. A scale that is linear in x makes the output quadratic in it, and in a chain of
    cells training diverged: it is bounded.

    Args:
        channels: C of the features.
        conditions: K numbers that are known beside.
    """

    def __init__(self, channels: int, conditions: int) -> None:
        super().__init__()
        last = nn.Linear(_HIDDEN, 2 * channels)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.layers = nn.Sequential(nn.Linear(conditions + channels, _HIDDEN), nn.ReLU(), last)

    def forward(self, features: Tensor, conditions: Tensor) -> Tensor:
        """N x C x h x w and N x K -> N x C x h x w."""
        whole = torch.cat([conditions, features.mean(dim=(2, 3))], dim=1)
        scale, shift = self.layers(whole)[:, :, None, None].chunk(2, dim=1)
        out: Tensor = features * (1 + torch.tanh(scale)) + shift
        return out
