"""WarpNet of GFRNet (Li et al. 2018, section 3.1 and figure 3a): from two faces to a flow."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.gfrnet.layers import decoder, encoder
from train.models.gfrnet.sampling import identity_flow

_FIRST = 0.1
"""Of the last layer's weights: training begins near the flow that moves nothing."""


class WarpNet(nn.Module):
    """Phi = F_w(I^d, I^g), eq. 1.

    As many convolutions as deconvolutions, each 4 x 4 with stride 2 (the paper has eight of
    each), all but the first and the last with batch normalisation and ReLU. What it predicts is
    the way from each pixel to its source, so that zero is the identity.

    Args:
        widths: channels of the encoder, from full resolution down.
    """

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.encoder = encoder(6, widths)
        self.decoder = decoder(widths, 2)
        last = self.decoder[-1][-1]  # type: ignore[index]
        with torch.no_grad():
            last.weight.mul_(_FIRST)
            nn.init.zeros_(last.bias)

    def forward(self, degraded: Tensor, guide: Tensor) -> Tensor:
        """Two batches N x 3 x S x S, 0..1 -> the flow, N x 2 x S x S, -1..1 from edge to edge."""
        features = 2 * torch.cat([degraded, guide], dim=1) - 1
        for layer in self.encoder:
            features = layer(features)
        for layer in self.decoder:
            features = layer(features)
        ways = features.float()
        height, width = ways.shape[-2:]
        return ways + identity_flow(len(ways), height, width, ways.device)
