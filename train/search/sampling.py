"""Draws discrete choices that still have a gradient."""

from __future__ import annotations

import torch
from torch import Tensor


def gumbel(shape: torch.Size) -> Tensor:
    """Standard Gumbel noise, which makes an argmax a draw from the softmax."""
    return -torch.empty(shape).exponential_().log()


def sample(logits: Tensor, temperature: float, count: int = 1) -> tuple[list[int], Tensor]:
    """Choose `count` different entries, each with the probability of its softmax.

    The straight-through estimator: the weights are exactly 1 going forward, and
    have the gradient of the relaxed probabilities going backward. Only what is
    chosen has to be computed (Dong and Yang, "Searching for a robust neural
    architecture in four GPU hours", 2019); the paper's full mixture (eq. 5)
    would cost eleven times as much, which two cores do not have.

    Args:
        logits: K unnormalised log-probabilities.
        temperature: of the relaxation; low is close to discrete.
        count: how many, drawn without replacement.

    Returns:
        The chosen indices and one weight of value 1 for each.
    """
    scores = logits + gumbel(logits.shape)
    probabilities = torch.softmax(scores / temperature, dim=0)
    chosen = torch.topk(scores.detach(), count).indices
    soft = probabilities[chosen]
    return [int(index) for index in chosen], 1 + soft - soft.detach()
