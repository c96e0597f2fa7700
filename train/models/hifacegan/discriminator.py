"""The multi-scale discriminator of HiFaceGAN.

Wang et al., "High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs"
(2018), section 3.2, which the paper takes it from: it sees the degraded picture too.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class MultiScaleDiscriminator(nn.Module):
    """Judges a picture, given the degraded one, patch by patch at several scales.

    Args:
        widths: channels of the stages.
        scales: how often the pictures are halved, less one.
    """

    def __init__(self, widths: tuple[int, ...], scales: int = 2) -> None:
        super().__init__()
        self.scales = nn.ModuleList(_stages(widths) for _ in range(scales))

    def forward(self, degraded: Tensor, picture: Tensor) -> list[list[Tensor]]:
        """Judge N x 3 x H x W pictures, RGB, 0..1.

        Returns:
            For every scale its features from first to last; the last are the verdicts.
        """
        pair = 2 * torch.cat([degraded, picture], dim=1) - 1
        seen: list[list[Tensor]] = []
        for scale, stages in enumerate(self.scales):
            features = F.avg_pool2d(pair, 2**scale) if scale else pair
            seen.append([])
            assert isinstance(stages, nn.ModuleList)
            for stage in stages:
                features = stage(features)
                seen[-1].append(features)
        return seen


def _stages(widths: tuple[int, ...]) -> nn.ModuleList:
    stages: list[nn.Module] = []
    for number, (before, width) in enumerate(pairwise((6, *widths))):
        stride = 1 if number == len(widths) - 1 else 2
        stages.append(
            nn.Sequential(
                spectral_norm(nn.Conv2d(before, width, 4, stride, padding=1)), nn.LeakyReLU(0.2)
            )
        )
    stages.append(spectral_norm(nn.Conv2d(widths[-1], 1, 4, padding=1)))
    return nn.ModuleList(stages)
