"""The discriminator of the adversarial stage: patches at two scales."""

from __future__ import annotations

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

SCALES = 2
_WIDTHS = (32, 64, 128)


class PatchDiscriminator(nn.Module):
    """Tells restored from clean faces patch by patch, at full and at half resolution.

    HiFaceGAN (Yang et al. 2020, section 4.2) takes its multi-scale
    discriminator from Wang et al., "High-Resolution Image Synthesis and Semantic
    Manipulation with Conditional GANs" (2018); this one is narrower, as two cores
    train it, and is held by spectral instead of instance normalisation, which would
    hide from it how bright a face is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scales = nn.ModuleList(_Stages() for _ in range(SCALES))

    def forward(self, picture: Tensor) -> list[list[Tensor]]:
        """Judge pictures.

        Args:
            picture: N x 3 x H x W float32, RGB, 0..1.

        Returns:
            For every scale its features from first to last; the last are the
            verdicts, N x 1 x h x w, near 1 for clean and near 0 for restored.
        """
        seen = []
        for scale, stages in enumerate(self.scales):
            seen.append(stages(F.avg_pool2d(picture, 2**scale) if scale else picture))
        return seen


class _Stages(nn.Module):
    """One scale; returns what every stage makes of a picture."""

    def __init__(self) -> None:
        super().__init__()
        widths = (3, *_WIDTHS)
        self.stages = nn.ModuleList(
            nn.Sequential(
                spectral_norm(nn.Conv2d(before, width, 4, stride=2, padding=1)), nn.LeakyReLU(0.2)
            )
            for before, width in pairwise(widths)
        )
        self.stages.append(spectral_norm(nn.Conv2d(widths[-1], 1, 3, padding=1)))

    def forward(self, features: Tensor) -> list[Tensor]:
        seen = []
        for stage in self.stages:
            features = stage(features)
            seen.append(features)
        return seen
