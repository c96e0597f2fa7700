"""Looks up, in features of the clean photos, what belongs to each place of the face."""

from __future__ import annotations

import torch
from torch import Tensor, nn

KEY_CHANNELS, VALUE_CHANNELS = 32, 64
# Normalised features have a deviation of 1 in each of 256 channels; see `FEATURE_SCALE`.
NORMALISED_SCALE = 0.3
# Reach of the attention when training begins, as a part of the face crop's height.
REACH = 0.05


class IdentityAttention(nn.Module):
    """Cross-attention from the degraded face to its person's normalised features N.

    Eq. 7 adds the photos' features where they are, but eyes and mouth of a photo
    lie elsewhere when the head is turned or the person speaks (GFRNet warps its
    guiding photo for that reason). Every place asks the places around it; how
    near they have to be is learned. Those that answer are pairs of rows and
    columns: a quarter of the products. The last layer begins at zero.

    Args:
        channels: C of the features that ask.
        identity_channels: of the normalised features.
    """

    def __init__(self, channels: int, identity_channels: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(channels, KEY_CHANNELS, 1)
        self.key = nn.Conv2d(identity_channels, KEY_CHANNELS, 1)
        self.value = nn.Conv2d(identity_channels, VALUE_CHANNELS, 1)
        self.reach = nn.Parameter(torch.tensor(REACH).log())
        self.join = nn.Conv2d(channels + VALUE_CHANNELS, VALUE_CHANNELS, 1)
        self.leave = nn.Conv2d(VALUE_CHANNELS, channels, 1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)  # type: ignore[arg-type]

    def forward(self, features: Tensor, identity: Tensor) -> Tensor:
        """N x C x h x w, normalised N x 256 x h x w, h and w even -> N x C x h x w."""
        identity = nn.functional.avg_pool2d(identity, 2) * NORMALISED_SCALE
        query = self.query(features).flatten(2).transpose(1, 2)
        scores = (query @ self.key(identity).flatten(2)).float() * KEY_CHANNELS**-0.5
        height, width = features.shape[-2:]
        distances = squared_distances(height, width, features.device)
        weights = torch.softmax(scores - distances * (torch.exp(-2 * self.reach) / 2), dim=-1)
        value = self.value(identity).flatten(2)
        found = (value @ weights.to(value.dtype).transpose(1, 2)).unflatten(2, (height, width))
        out: Tensor = self.leave(torch.relu(self.join(torch.cat([features, found], dim=1))))
        return out


def squared_distances(height: int, width: int, device: torch.device) -> Tensor:
    """From all places of a grid to all of one half as fine, in units of the grid's height.

    Returns:
        height * width x height * width / 4, float32.
    """
    asking = _places(height, width, device) / height
    answering = _places(height // 2, width // 2, device) / (height // 2)
    return (asking[:, None] - answering[None]).square().sum(2)


def _places(height: int, width: int, device: torch.device) -> Tensor:
    rows, columns = torch.meshgrid(
        torch.arange(height, device=device) + 0.5,
        torch.arange(width, device=device) + 0.5,
        indexing="ij",
    )
    return torch.stack([rows.flatten(), columns.flatten()], dim=1)
