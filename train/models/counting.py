"""Counts the learnable parameters and multiply-accumulate operations of a network."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from train.models.nasfe.identity_information import FEATURE_CHANNELS


def parameters_of(network: nn.Module) -> int:
    """Number of learnable parameters, frozen or not."""
    return sum(p.numel() for p in network.parameters())


def macs_of(restorer: nn.Module, height: int, width: int) -> int:
    """Multiply-accumulate operations of one crop of height x width, multiples of 16."""
    features = torch.zeros(1, FEATURE_CHANNELS, height // 8, width // 8)
    statistics = torch.zeros(1, FEATURE_CHANNELS)
    return macs_of_call(
        restorer,
        torch.zeros(1, 3, height, width),
        features,
        statistics,
        statistics,
        torch.zeros(1, 3),
    )


def macs_of_call(network: nn.Module, *inputs: Tensor) -> int:
    """Multiply-accumulate operations of one call; on the meta device nothing is computed."""
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(*inputs)
    return int(counter.get_total_flops()) // 2
