"""Losses of Yasarla, Vaezi Joze and Patel 2021 (eq. 8, 9 and 10), and of the adversarial stage.

Those of the adversarial stage are from Yang et al. 2020, "HiFaceGAN: Face Renovation via
Collaborative Suppression and Replenishment".
"""

from __future__ import annotations

import torch
from torch import Tensor


def charbonnier_loss(restored: Tensor, clean: Tensor, epsilon: float = 1e-3) -> Tensor:
    """mean(sqrt(d^2 + eps^2)): stands in for the L2 term of eq. 9.

    The paper trains with L2; the smooth L1 norm is less ruled by the darkest
    samples and is usual for restoration networks.
    """
    return ((restored - clean).square() + epsilon**2).sqrt().mean()


def ssim_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """1 - SSIM, mean over pictures, windows and channels; N x 3 x H x W each, 0..1.

    Structural similarity as by Wang et al., "Image Quality Assessment: From Error
    Visibility to Structural Similarity" (2004), over even windows of 8 x 8 pixels
    that overlap by half: their Gaussian window at every pixel takes longer than
    the rest of a training step. The paper measures with SSIM, but does not train
    with it. The mean error hardly minds fine grain that is left in flat areas;
    eyes and SSIM do.
    """
    count = restored.shape[0]
    pair = torch.cat([restored, clean])
    means = _local_means(pair)
    mean_restored, mean_clean = means[:count], means[count:]
    squares = _local_means(torch.cat([pair.square(), restored * clean]))
    variance_restored = squares[:count] - mean_restored.square()
    variance_clean = squares[count : 2 * count] - mean_clean.square()
    covariance = squares[2 * count :] - mean_restored * mean_clean
    light = (2 * mean_restored * mean_clean + _C1) / (
        mean_restored.square() + mean_clean.square() + _C1
    )
    structure = (2 * covariance + _C2) / (variance_restored + variance_clean + _C2)
    return 1 - (light * structure).mean()


_C1, _C2 = 0.01**2, 0.03**2
_WINDOW, _STRIDE = 8, 4


def _local_means(pictures: Tensor) -> Tensor:
    return torch.nn.functional.avg_pool2d(pictures, _WINDOW, _STRIDE)


def perceptual_loss(restored_features: Tensor, clean_features: Tensor) -> Tensor:
    """Eq. 10: mean absolute difference of pool3 features, N x 256 x h x w."""
    return torch.nn.functional.l1_loss(restored_features, clean_features)


def identity_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """Eq. 8: mean angle between embeddings, N x C each, of length 1.

    The cosine is kept off 1, where the derivative of arccos has no bound.
    """
    cosine = (restored * clean).sum(1).clamp(-1 + 1e-4, 1 - 1e-4)
    return torch.arccos(cosine).mean()


def discriminator_loss(restored: list[list[Tensor]], clean: list[list[Tensor]]) -> Tensor:
    """What the discriminator minimises: 1 for clean, 0 for restored pictures.

    Least squares (LSGAN), which HiFaceGAN uses for its eq. 4; the logarithm in its
    formula is not in the LSGAN paper that it cites.

    Args:
        restored, clean: what `PatchDiscriminator` saw.
    """
    parts = [
        fake[-1].float().square().mean() + (real[-1].float() - 1).square().mean()
        for fake, real in zip(restored, clean, strict=True)
    ]
    return torch.stack(parts).mean()


def adversarial_loss(restored: list[list[Tensor]]) -> Tensor:
    """What the network minimises of HiFaceGAN's eq. 4: its pictures should pass for clean ones."""
    return torch.stack([(seen[-1].float() - 1).square().mean() for seen in restored]).mean()


def feature_matching_loss(restored: list[list[Tensor]], clean: list[list[Tensor]]) -> Tensor:
    """Eq. 5 of HiFaceGAN on the discriminator's features, without its verdicts.

    The absolute difference, as in the work that eq. 5 is taken from: squared, the
    few largest features rule.
    """
    parts = [
        torch.nn.functional.l1_loss(fake.float(), real.float())
        for seen, wanted in zip(restored, clean, strict=True)
        for fake, real in zip(seen[:-1], wanted[:-1], strict=True)
    ]
    return torch.stack(parts).mean()
