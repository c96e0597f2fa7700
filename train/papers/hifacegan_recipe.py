"""How HiFaceGAN is trained: eq. 4 to 6 of Yang et al. 2020."""

from __future__ import annotations

from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.losses import adversarial_loss, discriminator_loss
from train.models.hifacegan.discriminator import MultiScaleDiscriminator
from train.models.hifacegan.network import HiFaceGAN
from train.models.hifacegan.presets import HIFACEGAN_SIZES, HIFACEGAN_WIDTHS
from train.models.vgg import VGGFeatures
from train.papers.experiment import HiFaceGANExperiment
from train.papers.losses import convolutions_of_vgg, matching_loss, mean_square_of_features
from train.papers.recipe import Group, Made, of
from train.papers.samples import PaperBatch


def build_hifacegan(name: str, adaptive: bool = True, spade: bool = True) -> HiFaceGAN:
    """An untrained network of a size of `HIFACEGAN_SIZES`, or a row of its ablation."""
    return HiFaceGAN(replace(HIFACEGAN_SIZES[name], adaptive=adaptive, spade=spade))


class HiFaceGANRecipe:
    """See `train.papers.recipe.Recipe`.

    Args:
        experiment: weights of the losses.
        vgg: frozen features of the perceptual loss.
    """

    def __init__(self, experiment: HiFaceGANExperiment, vgg: VGGFeatures) -> None:
        self._experiment = experiment
        self._vgg = vgg
        self.network: nn.Module = build_hifacegan(
            experiment.network, experiment.adaptive, experiment.spade
        )
        self.judges = nn.ModuleDict(
            {"patches": MultiScaleDiscriminator(HIFACEGAN_WIDTHS[experiment.network])}
        )

    def groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.network))]

    def judge_groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.judges))]

    def make(self, batch: PaperBatch) -> Made:
        """The restored pictures."""
        return Made(self.network(batch.degraded))

    def judge_loss(self, batch: PaperBatch, made: Made, step: int) -> Tensor:
        """LSGAN, eq. 4."""
        judge = self.judges["patches"]
        fake = judge(batch.degraded, made.restored.detach())
        return discriminator_loss(fake, judge(batch.degraded, batch.clean))

    def loss(self, batch: PaperBatch, made: Made, pictures: int) -> dict[str, Tensor]:
        """Eq. 6, and the L1 loss of Table 2's last row."""
        chosen = self._experiment
        restored, parts = made.restored.float(), {}
        if pictures >= chosen.adversarial_from:
            judge = self.judges["patches"]
            with torch.no_grad():
                wanted = judge(batch.degraded, batch.clean)
            got = judge(batch.degraded, made.restored)
            parts["adversarial"] = chosen.lambda_adversarial * adversarial_loss(got)
            parts["matching"] = chosen.lambda_matching * matching_loss(wanted, got)
        if chosen.lambda_perceptual > 0:
            with torch.no_grad():
                clean = convolutions_of_vgg(self._vgg, batch.clean)
            seen = convolutions_of_vgg(self._vgg, made.restored)
            parts["perceptual"] = chosen.lambda_perceptual * mean_square_of_features(clean, seen)
        if chosen.lambda_l1 > 0:
            parts["l1"] = chosen.lambda_l1 * F.l1_loss(restored, batch.clean)
        return parts
