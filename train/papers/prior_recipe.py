"""How the prior of MMRB is trained: StyleGAN2 (Karras et al. 2020) on clean faces.

`random-face`, whose generator draws the faces of `nasfe-train synthesise`, is no StyleGAN2: it has
no discriminator, which FreezeD begins with, its noise is baked in, and only its 1024 x 1024 picture
is left of its skips. So the prior is a small StyleGAN2 that learns from its pictures and the
real ones.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.models.mmrb.discriminator import StyleGAN2Discriminator
from train.models.mmrb.presets import PRIOR_SIZES
from train.models.mmrb.stylegan2 import StyleGAN2
from train.papers.experiment import PriorExperiment
from train.papers.losses import gradient_penalty, logistic_fooling_loss, logistic_judge_loss
from train.papers.recipe import Group, Made, of
from train.papers.samples import PaperBatch


class PriorRecipe:
    """See `train.papers.recipe.Recipe`; what is "restored" here is drawn from noise."""

    def __init__(self, experiment: PriorExperiment) -> None:
        self._experiment = experiment
        size = PRIOR_SIZES[experiment.network]
        self._net = StyleGAN2(size)
        self.network: nn.Module = self._net
        self.judges = nn.ModuleDict({"face": StyleGAN2Discriminator(size.channels)})

    def groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.network))]

    def judge_groups(self) -> list[Group]:
        """One."""
        return [Group(of(self.judges))]

    def make(self, batch: PaperBatch) -> Made:
        """Faces of nobody, as many as the batch has."""
        latent = torch.randn(len(batch.clean), self._net.style_width, device=batch.clean.device)
        return Made(self._net(self._net.map(latent)))

    def judge_loss(self, batch: PaperBatch, made: Made, step: int) -> Tensor:
        """The logistic loss, and from time to time R1."""
        judge, chosen = self.judges["face"], self._experiment
        penalised = chosen.penalty > 0 and step % chosen.penalty_every == 0
        real = batch.clean.detach().requires_grad_(penalised)
        verdict = judge(real).float()
        loss = logistic_judge_loss(verdict, judge(made.restored.detach()).float())
        if penalised:
            share = chosen.penalty / 2 * chosen.penalty_every
            # Pictures are 0..1 here and -1..1 in the work: a gradient is half as long there.
            loss = loss + share / 4 * gradient_penalty(verdict, real)
        return loss

    def loss(self, batch: PaperBatch, made: Made, pictures: int) -> dict[str, Tensor]:
        """The drawn faces should pass for real ones."""
        verdict = self.judges["face"](made.restored)
        return {"adversarial": logistic_fooling_loss(verdict.float())}
