"""RecNet of GFRNet (Li et al. 2018, section 3.1 and figure 3b): a U-Net that reconstructs."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.gfrnet.layers import decoder, encoder


class RecNet(nn.Module):
    """I_hat = F_r(I^d, I^w), eq. 3: the encoder and decoder of WarpNet, with skips.

    Args:
        shown: channels of what is shown, I^d and I^w one after the other.
        widths: as in `WarpNet`.
    """

    def __init__(self, shown: int, widths: tuple[int, ...]) -> None:
        super().__init__()
        self.encoder = encoder(shown, widths)
        self.decoder = decoder(widths, 3, skips=True)

    def forward(self, shown: Tensor) -> Tensor:
        """N x C x S x S, about -1..1 -> N x 3 x S x S, RGB, 0..1."""
        features, kept = shown, []
        for layer in self.encoder:
            features = layer(features)
            kept.append(features)
        kept.pop()
        for number, layer in enumerate(self.decoder):
            features = layer(features if number == 0 else torch.cat([features, kept.pop()], dim=1))
        return 0.5 * (torch.tanh(features) + 1)
