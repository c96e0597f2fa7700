"""Draws discrete choices, and says how likely they were."""

from __future__ import annotations

import torch
from torch import Tensor


def gumbel(shape: torch.Size) -> Tensor:
    """Standard Gumbel noise, which makes an argmax a draw from the softmax."""
    return -torch.empty(shape).exponential_().log()


def draw(logits: Tensor, count: int = 1) -> tuple[list[int], Tensor]:
    """Choose `count` different entries, one after the other, by the softmax of those left.

    Args:
        logits: K unnormalised log-probabilities.
        count: how many.

    Returns:
        The indices in the order of the draw, and the logarithm of its probability,
        a scalar with a gradient.
    """
    chosen = torch.topk(logits.detach() + gumbel(logits.shape), count).indices.tolist()
    left = logits
    probability = logits.new_zeros(())
    for index in chosen:
        probability = probability + torch.log_softmax(left, dim=0)[index]
        left = left.index_fill(0, torch.tensor([index]), -torch.inf)
    return chosen, probability


def policy_loss(losses: Tensor, log_probabilities: Tensor) -> Tensor:
    """A scalar whose gradient is an unbiased estimate of that of the expected loss.

    The relaxation is the paper's (eq. 4 and 5: a softmax over operators and over
    inputs), its gradient that of Williams, "Simple statistical
    gradient-following algorithms" (1992), with the mean of the other draws as
    the baseline. The full mixture would compute all eleven operators of every
    connection, which two cores do not have. Passing the gradient straight through
    one draw, as we did first, asks how the loss changes with the size of an
    operator's output; weights that have been trained answer zero, and the price
    of latency decided everything.

    Args:
        losses: of K >= 2 architectures on the same pictures.
        log_probabilities: of drawing them, K, with a gradient.
    """
    count = len(losses)
    advantage = (losses - losses.mean()) * count / (count - 1)
    return (advantage.detach() * log_probabilities).mean()
