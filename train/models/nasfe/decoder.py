"""The decoder De: from fused features to the restored picture."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.nasfe.exposure import PATCH

PATCH_CHANNELS = 3 * PATCH**2


class ResidualBlock(nn.Module):
    """x + conv(ReLU(conv(x)))."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
        )

    def forward(self, features: Tensor) -> Tensor:
        out: Tensor = features + self.layers(features)
        return out


class Decoder(nn.Module):
    """Up by two from the fusion resolution S/8, joined with the encoders' features, then to S.

    Args:
        fused_channels: channels of the fusion network's output at S/8.
        encoder_channels: channels of the three encoders together, at S/4.
        channels: the decoder's own width at S/4.
        blocks: number of residual blocks.
    """

    def __init__(
        self, fused_channels: int, encoder_channels: int, channels: int, blocks: int
    ) -> None:
        super().__init__()
        self.up = nn.Sequential(nn.Conv2d(fused_channels, 4 * channels, 1), nn.PixelShuffle(2))
        self.join = nn.Conv2d(channels + encoder_channels, channels, 1)
        self.blocks = nn.Sequential(*(ResidualBlock(channels) for _ in range(blocks)))
        self.leave = nn.Sequential(
            nn.Conv2d(channels, PATCH_CHANNELS, 3, padding=1), nn.PixelShuffle(PATCH)
        )

    def forward(self, fused: Tensor, encoded: Tensor) -> Tensor:
        """N x F x S/8 x S/8 and N x E x S/4 x S/4 -> N x 3 x S x S correction to the input."""
        joined = self.join(torch.cat([self.up(fused), encoded], dim=1))
        out: Tensor = self.leave(self.blocks(joined))
        return out
