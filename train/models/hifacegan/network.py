"""HiFaceGAN: nested suppression and replenishment (Yang et al. 2020, figure 3)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.hifacegan.spade import SLOPE, SpadeBlock
from train.models.hifacegan.suppression import Suppression


@dataclass(frozen=True, slots=True)
class HiFaceGANSize:
    """Widths of one size of the network.

    Attributes:
        suppressed: channels of the suppressed features, from full resolution down.
        replenished: channels of the replenishment at the same levels.
        correlation: D of eq. 3.
        hidden: width inside of SPADE.
        middle: further blocks at the coarsest level.
        batch_norm: SPADE normalises over the batch, as in the paper; else over each picture.
        adaptive, spade: false for the rows of the ablation.
        side: of a crop, in pixels, where the network works best; 0 for any.
    """

    suppressed: tuple[int, ...]
    replenished: tuple[int, ...]
    correlation: int
    hidden: int
    middle: int
    batch_norm: bool
    adaptive: bool = True
    spade: bool = True
    side: int = 0


class HiFaceGAN(nn.Module):
    """x_hat = HiFaceGAN(y).

    The suppression modules make layered features of the degraded picture; the
    replenishment begins with the picture made small and goes up level by level, each block
    guided by the features of its level.
    """

    def __init__(self, size: HiFaceGANSize) -> None:
        super().__init__()
        self.levels = len(size.suppressed)
        self.suppression = Suppression(size.suppressed, size.correlation, size.adaptive)
        coarsest = size.replenished[-1]
        self.enter = nn.Conv2d(3, coarsest, 3, padding=1)

        def block(channels: int, outputs: int, level: int) -> SpadeBlock:
            guide = size.suppressed[level]
            return SpadeBlock(channels, outputs, guide, size.hidden, size.batch_norm, size.spade)

        self.head = nn.ModuleList(
            block(coarsest, coarsest, self.levels - 1) for _ in range(1 + size.middle)
        )
        self.replenish = nn.ModuleList(
            block(size.replenished[level + 1], size.replenished[level], level)
            for level in reversed(range(self.levels - 1))
        )
        self.leave = nn.Conv2d(size.replenished[0], 3, 3, padding=1)
        # Without SPADE nothing else hands the features on.
        self.hand_on = (
            None
            if size.spade
            else nn.ModuleList(
                nn.Conv2d(size.suppressed[level], size.replenished[level], 1)
                for level in range(self.levels)
            )
        )

    @property
    def multiple(self) -> int:
        """Sides of pictures are multiples of this."""
        return int(2 ** (self.levels - 1))

    def forward(self, face: Tensor) -> Tensor:
        """N x 3 x S x S, RGB, 0..1 -> the same, restored; S a multiple of `multiple`."""
        centred = 2 * face - 1
        guides = self.suppression(centred)
        features = self.enter(F.avg_pool2d(centred, self.multiple))
        features = self._handed_on(features, guides, self.levels - 1)
        for block in self.head:
            features = block(features, guides[-1])
        for number, block in enumerate(self.replenish):
            level = self.levels - 2 - number
            features = F.interpolate(features, scale_factor=2.0, mode="nearest")
            features = block(features, guides[level])
            features = self._handed_on(features, guides, level)
        restored = torch.tanh(self.leave(F.leaky_relu(features, SLOPE)))
        return 0.5 * (restored + 1)

    def _handed_on(self, features: Tensor, guides: list[Tensor], level: int) -> Tensor:
        if self.hand_on is None:
            return features
        added: Tensor = features + self.hand_on[level](guides[level])
        return added
