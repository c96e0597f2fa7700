"""NASFE: three task encoders, a fusion network of cells and a decoder (Fig. 2 of the paper).

The paper is Yasarla, Vaezi Joze and Patel 2021, "Network Architecture Search for Face
Enhancement", arXiv:2105.06528. Its equations, tables and sections are numbered here, and in
all of `train/`, as in that version.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.models.nasfe.decoder import Decoder
from train.models.nasfe.encoders import (
    deblur_encoder,
    denoise_encoder,
    low_light_encoder,
)
from train.models.nasfe.exposure import exposed_patches, exposure_gain
from train.models.nasfe.fusion_cell import Place
from train.models.nasfe.fusion_network import Fusion
from train.models.nasfe.identity_information import IdentityInformation

# The class vector c = {b, n, l}, and the binary logarithm of the exposure gain.
CONDITIONS = 4


@dataclass(frozen=True, slots=True)
class NasfeSize:
    """Widths and depths of one size of the network.

    Attributes:
        encoder_channels: width of each task encoder, at S/4.
        encoder_blocks: repetitions of each encoder's task blocks.
        fusion_channels: width in which the fusion network is entered, at S/8.
        cells: channels and stride of the blocks of every `FusionCell`; the last
            cell has stride 8.
        decoder_channels: width of the decoder, at S/4.
        decoder_blocks: its residual blocks.
    """

    encoder_channels: int
    encoder_blocks: int
    fusion_channels: int
    cells: tuple[Place, ...]
    decoder_channels: int
    decoder_blocks: int

    @property
    def entry(self) -> Place:
        """Where the fusion network is entered."""
        return Place(self.fusion_channels, 8)


class Nasfe(nn.Module):
    """x_hat = NASFE(y, c, I_iden); `forward` says what the inputs are.

    The decoder's picture is a correction to a share of the crop as it is and a
    share of the crop as lit, both chosen by the class vector and the exposure: a
    clean crop is kept, from a dark and noisy one nothing is. The features are scaled
    and shifted by the class vector, the exposure and their own means: how bright a
    dark face should be is told by the whole picture, not by the surroundings of a
    pixel.

    Args:
        size: widths and depths.
        fusion: entered at `size.entry`.
    """

    def __init__(self, size: NasfeSize, fusion: Fusion) -> None:
        super().__init__()
        encoded = 3 * size.encoder_channels
        self.deblur = deblur_encoder(size.encoder_channels, size.encoder_blocks)
        self.denoise = denoise_encoder(size.encoder_channels, size.encoder_blocks)
        self.low_light = low_light_encoder(size.encoder_channels, size.encoder_blocks)
        self.down = nn.Conv2d(encoded, size.fusion_channels, 3, stride=2, padding=1)
        self.identity = IdentityInformation(size.fusion_channels)
        self.degradation = nn.Linear(CONDITIONS + size.fusion_channels, 2 * size.fusion_channels)
        self.kept = _kept_shares()
        self.fusion = fusion
        self.decoder = Decoder(
            fusion.place.channels, encoded, size.decoder_channels, size.decoder_blocks
        )

    def forward(
        self,
        face: Tensor,
        identity: Tensor,
        identity_mean: Tensor,
        identity_std: Tensor,
        degradation: Tensor,
    ) -> Tensor:
        """Restore aligned face crops.

        Args:
            face: N x 3 x S x S, RGB, 0..1; S a multiple of 16.
            identity: N x 256 x S/8 x S/8, normalised features N; all 0 for nobody.
            identity_mean, identity_std: N x 256, statistics of the crop's features.
            degradation: N x 3, the class vector c = {b, n, l}, 0..1.

        Returns:
            N x 3 x S x S, RGB; 0..1 up to the error of the network.
        """
        gain = exposure_gain(face)
        lit = face * gain
        patches = exposed_patches(face, lit)
        encoded = torch.cat(
            [self.deblur(patches), self.denoise(patches), self.low_light(patches)], dim=1
        )
        fused = torch.relu(self.down(encoded))
        condition = torch.cat([degradation, torch.log2(gain).flatten(1)], dim=1)
        whole = torch.cat([condition, fused.mean(dim=(2, 3))], dim=1)
        scale, shift = self.degradation(whole)[:, :, None, None].chunk(2, dim=1)
        fused = fused * (1 + scale) + shift
        fused = self.identity(fused, identity, identity_mean, identity_std)
        correction: Tensor = self.decoder(self.fusion(fused), encoded)
        kept: Tensor = self.kept(condition)[:, :, None, None]
        restored: Tensor = kept[:, :1] * face + kept[:, 1:] * lit + correction
        return restored


def _kept_shares() -> nn.Sequential:
    """Class vector and exposure to two shares; begins with all of the crop as it is."""
    last = nn.Linear(16, 2)
    nn.init.zeros_(last.weight)
    last.bias.data = torch.tensor([1.0, 0.0])
    return nn.Sequential(nn.Linear(CONDITIONS, 16), nn.ReLU(), last)
