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
    near they have to be is learned. The last layer begins at zero.

    Args:
        channels: C of the features that ask.
    """

    def __init__(self, channels: int, identity_channels: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(channels, KEY_CHANNELS, 1)
        self.key = nn.Conv2d(identity_channels, KEY_CHANNELS, 1)
        self.value = nn.Conv2d(identity_channels, VALUE_CHANNELS, 1)
        self.reach = nn.Parameter(torch.tensor(REACH).log())
        self.join = nn.Conv2d(channels + VALUE_CHANNELS, VALUE_CHANNELS, 1)
        self.leave = nn.Conv2d(VALUE_CHANNELS, channels, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)  # type: ignore[arg-type]

    def forward(self, features: Tensor, identity: Tensor) -> Tensor:
        """N x C x h x w and normalised N x 256 x h x w -> N x C x h x w."""
        identity = identity * NORMALISED_SCALE
        query = self.query(features).flatten(2).transpose(1, 2)
        scores = (query @ self.key(identity).flatten(2)).float() * KEY_CHANNELS**-0.5
        height, width = features.shape[-2:]
        nearness = squared_distances(height, width, features.device) * torch.exp(-2 * self.reach)
        weights = torch.softmax(scores - nearness / 2, dim=-1)
        value = self.value(identity).flatten(2)
        found = (value @ weights.to(value.dtype).transpose(1, 2)).unflatten(2, (height, width))
        out: Tensor = self.leave(torch.relu(self.join(torch.cat([features, found], dim=1))))
        return out


def squared_distances(height: int, width: int, device: torch.device) -> Tensor:
    """Between all pairs of places of a grid, in units of its height: HW x HW float32."""
    rows, columns = torch.meshgrid(
        torch.arange(height, device=device, dtype=torch.float32),
        torch.arange(width, device=device, dtype=torch.float32),
        indexing="ij",
    )
    places = torch.stack([rows.flatten(), columns.flatten()], dim=1) / height
    return (places[:, None] - places[None]).square().sum(2)
