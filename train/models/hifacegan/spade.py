"""Spatially-adaptive denormalisation, and the residual block that HiFaceGAN replenishes with.

Park et al., "Semantic Image Synthesis with Spatially-Adaptive Normalization" (2019), eq. 1 and
figure 4.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

SLOPE = 0.2


def normaliser(channels: int, batch: bool) -> nn.Module:
    """Normalisation without parameters: over the batch, as in the paper, or over each picture."""
    return (
        nn.BatchNorm2d(channels, affine=False)
        if batch
        else nn.InstanceNorm2d(channels, affine=False)
    )


class Spade(nn.Module):
    """gamma(g) * norm(x) + beta(g), with gamma and beta maps that the guide g is convolved to.

    Args:
        channels: C of the features x.
        guide: channels of g.
        hidden: width between g and the maps.
        batch: see `normaliser`.
    """

    def __init__(self, channels: int, guide: int, hidden: int, batch: bool) -> None:
        super().__init__()
        self.norm = normaliser(channels, batch)
        self.shared = nn.Sequential(nn.Conv2d(guide, hidden, 3, padding=1), nn.ReLU())
        self.gamma = nn.Conv2d(hidden, channels, 3, padding=1)
        self.beta = nn.Conv2d(hidden, channels, 3, padding=1)

    def forward(self, features: Tensor, guide: Tensor) -> Tensor:
        """N x C x h x w and N x G x h x w -> N x C x h x w."""
        shared = self.shared(guide)
        # Gamma begins at one, as in the work's own program.
        out: Tensor = self.norm(features) * (1 + self.gamma(shared)) + self.beta(shared)
        return out


class PlainNorm(nn.Module):
    """What the ablation puts in the place of `Spade`: the guide is not looked at."""

    def __init__(self, channels: int, batch: bool) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels) if batch else nn.InstanceNorm2d(channels, affine=True)

    def forward(self, features: Tensor, guide: Tensor) -> Tensor:
        """N x C x h x w -> the same."""
        out: Tensor = self.norm(features)
        return out


class SpadeBlock(nn.Module):
    """Two convolutions, each after SPADE and a leaky ReLU, beside a shortcut.

    Args:
        channels, outputs: before and after.
        guide, hidden, batch: see `Spade`.
        spade: false takes `PlainNorm`.
    """

    def __init__(
        self, channels: int, outputs: int, guide: int, hidden: int, batch: bool, spade: bool = True
    ) -> None:
        super().__init__()
        middle = min(channels, outputs)

        def norm(width: int) -> nn.Module:
            return Spade(width, guide, hidden, batch) if spade else PlainNorm(width, batch)

        self.norm1, self.conv1 = norm(channels), nn.Conv2d(channels, middle, 3, padding=1)
        self.norm2, self.conv2 = norm(middle), nn.Conv2d(middle, outputs, 3, padding=1)
        self.shortcut_norm = norm(channels) if channels != outputs else None
        self.shortcut = nn.Conv2d(channels, outputs, 1, bias=False) if channels != outputs else None

    def forward(self, features: Tensor, guide: Tensor) -> Tensor:
        """N x C x h x w and N x G x h x w -> N x C' x h x w."""
        beside = features
        if self.shortcut is not None and self.shortcut_norm is not None:
            beside = self.shortcut(self.shortcut_norm(features, guide))
        inner = self.conv1(F.leaky_relu(self.norm1(features, guide), SLOPE))
        inner = self.conv2(F.leaky_relu(self.norm2(inner, guide), SLOPE))
        out: Tensor = beside + inner
        return out
