"""What a training step minimises: eq. 9 on a batch that is degraded on the fly."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.adversary import Adversary
from train.autocast import autocast
from train.data.samples.batches import Batch
from train.degradation.sensor import DegradationBatch, degrade_as_captured
from train.experiment import Experiment
from train.losses import charbonnier_loss, identity_loss, perceptual_loss, ssim_loss
from train.models.mobilefacenet import MobileFaceNet
from train.models.nasfe.identity_information import FEATURE_CHANNELS, live_statistics
from train.models.vgg import VGGFeatures


@dataclass(frozen=True, slots=True)
class Objective:
    """L_final of eq. 9.

    Attributes:
        experiment: weights of its parts.
        vgg: frozen feature network.
        recogniser: for the identity loss; not needed where its weight is 0.
        adversary: for the adversarial stage; it learns from every batch it judges.
    """

    experiment: Experiment
    vgg: VGGFeatures
    recogniser: MobileFaceNet | None = None
    adversary: Adversary | None = None

    def loss(self, network: nn.Module, batch: Batch, step: int) -> Tensor:
        """The loss of one batch, a scalar with a gradient."""
        chosen = self.experiment
        inputs = network_inputs(self.vgg, batch, use_classes=chosen.use_classes)
        restored = restore(network, inputs)
        loss = charbonnier_loss(restored, batch.clean)
        if chosen.lambda_ssim > 0:
            loss = loss + chosen.lambda_ssim * ssim_loss(restored, batch.clean)
        if step % chosen.features_every:
            return loss
        if chosen.lambda_per > 0:
            rows = slice(chosen.perceptual_pictures)
            with autocast(restored.device):
                with torch.no_grad():
                    wanted = self.vgg(batch.clean[rows])
                got = self.vgg(restored[rows])
            loss = loss + chosen.lambda_per * perceptual_loss(got.float(), wanted.float())
        if chosen.lambda_iden > 0 and self.recogniser is not None and batch.whole_faces:
            with torch.no_grad():
                person = self.recogniser(batch.clean)
            loss = loss + chosen.lambda_iden * identity_loss(self.recogniser(restored), person)
        if self.adversary is not None:
            loss = loss + self.adversary.loss(restored, batch.clean)
        return loss


def network_inputs(
    vgg: VGGFeatures, batch: Batch, *, use_classes: bool = True
) -> tuple[Tensor, ...]:
    """Degrade a batch, and return the inputs of `Nasfe.forward` for it."""
    degradation = DegradationBatch.of(batch.degradations, batch.clean.device)
    with torch.no_grad():
        degraded = degrade_as_captured(
            batch.clean, degradation, batch.noise, batch.artefacts
        ).contiguous(memory_format=torch.channels_last)
    mean, std = identity_statistics(vgg, degraded, batch.enrolled)
    return degraded, batch.identity, mean, std, degradation.labels * use_classes


def restore(network: nn.Module, inputs: tuple[Tensor, ...]) -> Tensor:
    """What the network makes of its inputs: N x 3 x W x W float32, with a gradient."""
    with autocast(inputs[0].device):
        restored: Tensor = network(*inputs)
    return restored.float()


def identity_statistics(
    vgg: VGGFeatures, degraded: Tensor, rows: list[int]
) -> tuple[Tensor, Tensor]:
    """mu(F^y) and sigma(F^y) of eq. 7 for the chosen rows; zeros elsewhere: N x 256 each."""
    mean = degraded.new_zeros(len(degraded), FEATURE_CHANNELS)
    std = torch.zeros_like(mean)
    if rows:
        with torch.no_grad(), autocast(degraded.device):
            mean[rows], std[rows] = live_statistics(
                vgg, degraded[rows].contiguous(memory_format=torch.channels_last)
            )
    return mean, std
