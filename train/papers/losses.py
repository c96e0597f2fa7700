"""Losses of the three papers, each under its equation's number."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.gfrnet.sampling import flow_at
from train.models.vgg import VGGFeatures


def convolutions_of_vgg(vgg: VGGFeatures, pictures: Tensor, last: int = 7) -> list[Tensor]:
    """What the first `last` convolutions of VGG-16 make of N x 3 x H x W pictures, after ReLU.

    HiFaceGAN and MMRB look at VGG-19, GFRNet at VGG-Face, of which there are no weights here:
    ours take their place (`train.models.vgg`), up to the seventh convolution.
    """
    seen: list[Tensor] = []
    features = (pictures - vgg.mean) / vgg.std
    for layer in vgg.layers:
        features = layer(features)
        if isinstance(layer, nn.ReLU):
            seen.append(features)
            if len(seen) == last:
                break
    return seen


def mean_square_of_features(wanted: Sequence[Tensor], got: Sequence[Tensor]) -> Tensor:
    """Eq. 5 of HiFaceGAN: the sum over layers of |phi_i(gt) - phi_i(gen)|^2 / (H_i W_i C_i)."""
    parts = [
        (one.float() - other.float()).square().mean()
        for one, other in zip(wanted, got, strict=True)
    ]
    return torch.stack(parts).sum()


def matching_loss(wanted: Sequence[Sequence[Tensor]], got: Sequence[Sequence[Tensor]]) -> Tensor:
    """Eq. 5 of HiFaceGAN on the features of a multi-scale discriminator; mean over the scales."""
    parts = [
        mean_square_of_features(one[:-1], other[:-1])
        for one, other in zip(wanted, got, strict=True)
    ]
    return torch.stack(parts).mean()


def perceptual_loss(wanted: Tensor, got: Tensor) -> Tensor:
    """Eq. 5 of GFRNet: |psi(restored) - psi(clean)|^2 / (C H W), mean over the batch."""
    return F.mse_loss(got.float(), wanted.float())


def smoothed_judge_loss(real: Tensor, fake: Tensor, smooth: float = 0.9) -> Tensor:
    """Eq. 7 of GFRNet as the discriminator sees it, on logits, with labels 0 and 0.9."""
    wanted = torch.full_like(real, smooth)
    return F.binary_cross_entropy_with_logits(real, wanted) + F.binary_cross_entropy_with_logits(
        fake, torch.zeros_like(fake)
    )


def smoothed_fooling_loss(fake: Tensor) -> Tensor:
    """Eq. 7 of GFRNet as the network sees it, which does not saturate: -log D."""
    return F.softplus(-fake).mean()


def landmark_loss(flow: Tensor, landmarks: Tensor, guide_landmarks: Tensor) -> Tensor:
    """Eq. 9 of GFRNet: squared way from where the flow leads each landmark to where it is.

    Args:
        flow: N x 2 x H x W, for every pixel x and y of its source, -1..1.
        landmarks, guide_landmarks: N x P x 2, of the target and of the guide, 0..1 from edge
            to edge.

    Returns:
        The sum over the landmarks, mean over the batch.
    """
    here = 2 * landmarks - 1
    led = flow_at(flow, here)
    return (led - (2 * guide_landmarks - 1)).square().sum(dim=(1, 2)).mean()


def total_variation(flow: Tensor) -> Tensor:
    """Eq. 10 of GFRNet: squared differences of neighbours, summed; mean over the batch."""
    across = (flow[..., :, 1:] - flow[..., :, :-1]).square().sum(dim=(1, 2, 3))
    down = (flow[..., 1:, :] - flow[..., :-1, :]).square().sum(dim=(1, 2, 3))
    return (across + down).mean()


def logistic_fooling_loss(fake: Tensor) -> Tensor:
    """Eq. 11 of MMRB for the network: log(1 + exp(-D(fake)))."""
    return F.softplus(-fake).mean()


def logistic_judge_loss(real: Tensor, fake: Tensor) -> Tensor:
    """Eq. 11 of MMRB for the discriminator, as StyleGAN2 has it."""
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def local_fooling_loss(fake: Tensor) -> Tensor:
    """Eq. 12 of MMRB for one region: log(1 - D), which the network minimises.

    D is the sigmoid of the verdicts, and log(1 - sigmoid(x)) = -softplus(x).
    """
    return -F.softplus(fake).mean()


def feature_norms(wanted: Sequence[Tensor], got: Sequence[Tensor]) -> Tensor:
    """The second part of eq. 14 of MMRB: the L2 norms of what VGG's layers differ by, summed.

    The norm is taken of the mean square, so that the size of pictures does not weigh.
    """
    parts = [
        (one.float() - other.float()).square().mean(dim=(1, 2, 3)).add(1e-8).sqrt().mean()
        for one, other in zip(wanted, got, strict=True)
    ]
    return torch.stack(parts).sum()


def face_preserving_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """Eq. 15 of MMRB: L1 of embeddings, N x C each; the sum over C, mean over the batch."""
    return (restored - clean).abs().sum(1).mean()


def gradient_penalty(real: Tensor, pictures: Tensor) -> Tensor:
    """R1 of StyleGAN2's training: the squared gradient of the verdicts on real pictures."""
    (gradient,) = torch.autograd.grad(real.sum(), pictures, create_graph=True)
    return gradient.square().sum(dim=(1, 2, 3)).mean()
