"""The baseline that NASFE's parts have to beat: a plain chain of residual blocks, as dear."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.guided.conditioning import Conditioning
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


@dataclass(frozen=True, slots=True)
class PlainSize:
    """Widths at S/4, S/8 and S/16, and how many residual blocks on the way down and back up."""

    channels: tuple[int, int, int]
    down: tuple[int, int, int]
    up: tuple[int, int]


class PlainGuided(nn.Module):
    """A U-Net of residual blocks with the inputs and the output of `GuidedNasfe`.

    The trial network of DESIGN section 2, made narrower.
    """

    def __init__(self, size: PlainSize) -> None:
        super().__init__()
        fine, middle, coarse = size.channels
        self.enter = nn.Conv2d(PATCH_CHANNELS, fine, 1)
        self.fine = _chain(fine, size.down[0])
        self.down1 = nn.Conv2d(fine, middle, 2, stride=2)
        self.middle = _chain(middle, size.down[1])
        self.down2 = nn.Conv2d(middle, coarse, 2, stride=2)
        self.coarse = _chain(coarse, size.down[2])
        self.conditioned = nn.ModuleList(Conditioning(c, CONDITIONS) for c in (middle, coarse))
        self.up2 = nn.Sequential(nn.Conv2d(coarse, 4 * middle, 1), nn.PixelShuffle(2))
        self.middle_up = _chain(middle, size.up[1])
        self.up1 = nn.Sequential(nn.Conv2d(middle, 4 * fine, 1), nn.PixelShuffle(2))
        self.fine_up = _chain(fine, size.up[0])
        self.kept = kept_shares()
        self.leave = leaving_layer(fine)

    def forward(
        self, face: Tensor, guidance: Tensor, memory: Tensor, degradation: Tensor
    ) -> Tensor:
        """As `GuidedNasfe.forward`, without identity."""
        gain = exposure_gain(face)
        lit = face * gain
        condition = torch.cat([degradation, torch.log2(gain).flatten(1)], dim=1)
        fine = self.fine(F.relu(self.enter(shown_patches(face, lit, guidance, memory))))
        middle = self.conditioned[0](self.middle(self.down1(fine)), condition)
        coarse = self.conditioned[1](self.coarse(self.down2(middle)), condition)
        middle = self.middle_up(middle + self.up2(coarse))
        fine = self.fine_up(fine + self.up1(middle))
        return compose(self.leave(fine), self.kept(condition), face, lit, memory)


def _chain(channels: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(blocks)))
