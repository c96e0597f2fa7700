"""The ten layer types O of the fusion search space (long version, section 3.1)."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from train.models.operators.deveiling_op import DeveilingOp
from train.models.operators.dilated_conv import DilatedConv
from train.models.operators.fft_op import FFTOp
from train.models.operators.res2block import Res2Block
from train.models.operators.res_op import ResOp
from train.models.operators.self_attention import SelfAttention
from train.models.operators.separable_conv import SeparableConv
from train.models.operators.zero import Zero

OPERATORS: dict[str, Callable[[int], nn.Module]] = {
    "dilated_conv_3": lambda channels: DilatedConv(channels, 3),
    "dilated_conv_5": lambda channels: DilatedConv(channels, 5),
    "separable_conv_3": lambda channels: SeparableConv(channels, 3),
    "separable_conv_5": lambda channels: SeparableConv(channels, 5),
    "skip": lambda channels: nn.Identity(),
    "none": lambda channels: Zero(),
    "self_attention": SelfAttention,
    "res2block": Res2Block,
    "res_op": ResOp,
    "deveiling_op": DeveilingOp,
    "fft_op": FFTOp,
}
"""Makes an operator that keeps the number of channels; N x C x H x W in and out.

The paper speaks of ten and lists eleven lines, counting skip and none.
"""

__all__ = [
    "OPERATORS",
    "DeveilingOp",
    "DilatedConv",
    "FFTOp",
    "Res2Block",
    "ResOp",
    "SelfAttention",
    "SeparableConv",
    "Zero",
]
