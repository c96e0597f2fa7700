"""NASFE that is shown the person and the moment: `guidance` and `memory` (DESIGN section 2)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.models.guided.conditioning import Conditioning
from train.models.guided.person_features import PersonFeatures
from train.models.guided.task_encoders import (
    deblur_encoder,
    denoise_encoder,
    low_light_encoder,
)
from train.models.guided.tensors import (
    CONDITIONS,
    PATCH_CHANNELS,
    compose,
    kept_shares,
    leaving_layer,
    shown_patches,
)
from train.models.nasfe.decoder import ResidualBlock
from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.fusion_cell import FusionCell, Place
from train.models.nasfe.genotype import Genotype


@dataclass(frozen=True, slots=True)
class GuidedSize:
    """Widths and depths of one size of the network.

    Attributes:
        encoder_channels: width of each task encoder, at S/4.
        fusion_channels: width in which the fusion network is entered, at S/8.
        cells: channels and stride of the blocks of every `FusionCell`.
        decoder_channels, decoder_blocks: width and residual blocks of the decoder, at S/4.
        identity: whether the network has an input for the paper's identity information.
    """

    encoder_channels: int
    fusion_channels: int
    cells: tuple[Place, ...]
    decoder_channels: int
    decoder_blocks: int
    identity: bool = True


class GuidedNasfe(nn.Module):
    """x_hat = NASFE(y, c, guidance, memory, I_iden).

    Args:
        size: widths and depths.
        genotype: of the fusion network.
    """

    def __init__(self, size: GuidedSize, genotype: Genotype) -> None:
        super().__init__()
        encoded = 3 * size.encoder_channels
        self.deblur = deblur_encoder(PATCH_CHANNELS, size.encoder_channels)
        self.denoise = denoise_encoder(PATCH_CHANNELS, size.encoder_channels)
        self.low_light = low_light_encoder(PATCH_CHANNELS, size.encoder_channels)
        self.down = nn.Conv2d(encoded, size.fusion_channels, 3, stride=2, padding=1)
        self.entry = Conditioning(size.fusion_channels, CONDITIONS)
        self.identity = PersonFeatures(size.fusion_channels) if size.identity else None
        self.kept = kept_shares()
        places = [Place(size.fusion_channels, 8)]
        cells, conditioned = [], []
        for width, cell in zip(size.cells, genotype.cells, strict=True):
            cells.append(FusionCell([places[i] for i in cell.inputs], width, cell.blocks))
            conditioned.append(Conditioning(cells[-1].place.channels, CONDITIONS))
            places.append(cells[-1].place)
        self.cells, self.conditioned = nn.ModuleList(cells), nn.ModuleList(conditioned)
        self.cell_inputs = tuple(cell.inputs for cell in genotype.cells)
        self.up = nn.Sequential(
            nn.Conv2d(places[-1].channels, 4 * size.decoder_channels, 1), nn.PixelShuffle(2)
        )
        self.join = nn.Conv2d(size.decoder_channels + encoded, size.decoder_channels, 1)
        self.blocks = nn.Sequential(
            *(ResidualBlock(size.decoder_channels) for _ in range(size.decoder_blocks))
        )
        self.leave = leaving_layer(size.decoder_channels)

    def forward(
        self,
        face: Tensor,
        guidance: Tensor,
        memory: Tensor,
        degradation: Tensor,
        identity: Tensor | None = None,
        identity_mean: Tensor | None = None,
        identity_std: Tensor | None = None,
    ) -> Tensor:
        """Restore aligned face crops.

        Args:
            face: N x 3 x S x S, RGB, 0..1; S a multiple of 16.
            guidance: N x 4 x S x S, an enrolled photo warped onto the face: RGB of mean 0 and
                contrast 1 times the mask, and the mask, 0..1; zeros for nobody.
            memory: N x 4 x S x S, the last restored crop warped to now: RGB, 0..1, times the
                mask, and the mask; zeros where there is none.
            degradation: N x 3, the class vector c = {b, n, l}, 0..1.
            identity, identity_mean, identity_std: as in `Nasfe`; None is nobody.

        Returns:
            N x 3 x S x S, RGB; 0..1 up to the error of the network.
        """
        gain = exposure_gain(face)
        lit = face * gain
        patches = shown_patches(face, lit, guidance, memory)
        encoded = torch.cat(
            [self.deblur(patches), self.denoise(patches), self.low_light(patches)], dim=1
        )
        condition = torch.cat([degradation, torch.log2(gain).flatten(1)], dim=1)
        fused = self.entry(torch.relu(self.down(encoded)), condition)
        if self.identity is not None and identity is not None:
            fused = self.identity(fused, identity, identity_mean, identity_std)
        tensors = [fused]
        cells = zip(self.cells, self.conditioned, self.cell_inputs, strict=True)
        for cell, conditioning, (one, other) in cells:
            tensors.append(conditioning(cell(tensors[one], tensors[other]), condition))
        decoded = self.blocks(self.join(torch.cat([self.up(tensors[-1]), encoded], dim=1)))
        return compose(self.leave(decoded), self.kept(condition), face, lit, memory)
