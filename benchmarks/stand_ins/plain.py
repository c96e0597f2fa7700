"""The plain network beside which the restorer's goals in milliseconds stand, with random weights.

DESIGN sections 4 and 7 describe it in one sentence: three small encoders on
pixel-unshuffled input, one residual trunk at 1/4 and 1/8 of the resolution, a decoder;
3.3 M parameters, about 6.5 GMAC at 256 x 256. Widths and depths are not stated there;
these give both figures.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.decoder import ResidualBlock

DESIGN_PARAMETERS = 3.3e6
DESIGN_MACS = 6.5e9
"""At 256 x 256."""

_PATCH = 4
_PICTURE_CHANNELS = 3 * _PATCH**2
_ENCODER_CHANNELS = 32
_TRUNK_CHANNELS = 96
_DEEP_CHANNELS = 192


class Plain(nn.Module):
    """N x 3 x S x S to a picture of that size; S a multiple of 8."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.PixelUnshuffle(_PATCH)
        self.encoders = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(_PICTURE_CHANNELS, _ENCODER_CHANNELS, 3, padding=1),
                nn.ReLU(),
                *_residual_blocks(_ENCODER_CHANNELS, 2),
            )
            for _ in range(3)
        )
        self.trunk = nn.Sequential(*_residual_blocks(_TRUNK_CHANNELS, 5))
        self.deep = nn.Sequential(
            nn.Conv2d(_TRUNK_CHANNELS, _DEEP_CHANNELS, 3, stride=2, padding=1),
            *_residual_blocks(_DEEP_CHANNELS, 3),
            nn.Conv2d(_DEEP_CHANNELS, 4 * _TRUNK_CHANNELS, 1),
            nn.PixelShuffle(2),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(_TRUNK_CHANNELS, _PICTURE_CHANNELS, 3, padding=1), nn.PixelShuffle(_PATCH)
        )

    def forward(self, face: Tensor) -> Tensor:
        """Encode, and add the decoder's correction."""
        patches = self.patches(face)
        features = torch.cat([encoder(patches) for encoder in self.encoders], dim=1)
        out: Tensor = face + self.decoder(self.trunk(features + self.deep(features)))
        return out


def _residual_blocks(channels: int, count: int) -> list[nn.Module]:
    return [ResidualBlock(channels) for _ in range(count)]
