"""Losses of section 3.3 (eq. 8, 9 and 10)."""

from __future__ import annotations

import torch
from torch import Tensor


def charbonnier_loss(restored: Tensor, clean: Tensor, epsilon: float = 1e-3) -> Tensor:
    """mean(sqrt(d^2 + eps^2)): stands in for the L2 term of eq. 9.

    The paper trains with L2; the smooth L1 norm is less ruled by the darkest
    samples and is usual for restoration networks.
    """
    return ((restored - clean).square() + epsilon**2).sqrt().mean()


def perceptual_loss(restored_features: Tensor, clean_features: Tensor) -> Tensor:
    """Eq. 10: mean absolute difference of pool3 features, N x 256 x h x w."""
    return torch.nn.functional.l1_loss(restored_features, clean_features)


def identity_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """Eq. 8: mean angle between embeddings, N x C each, of length 1.

    The cosine is kept off 1, where the derivative of arccos has no bound.
    """
    cosine = (restored * clean).sum(1).clamp(-1 + 1e-4, 1 - 1e-4)
    return torch.arccos(cosine).mean()
