"""The ten layer types O of the fusion search space (section 3.1 of the paper)."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from train.models.mmrb.mmrb import MMRB
from train.models.nasfe.operators.deveiling_op import DeveilingOp
from train.models.nasfe.operators.dilated_conv import DilatedConv
from train.models.nasfe.operators.fft_op import FFTOp
from train.models.nasfe.operators.res2block import Res2Block
from train.models.nasfe.operators.res_op import ResOp
from train.models.nasfe.operators.self_attention import SelfAttention
from train.models.nasfe.operators.separable_conv import SeparableConv
from train.models.nasfe.operators.zero import Zero

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

KNOWN_OPERATORS: dict[str, Callable[[int], nn.Module]] = {**OPERATORS, "mmrb": MMRB}
"""What a genotype may name: those of the search, and MMRB, which its paper calls plug and play.

The search itself does not try it: nobody has measured its latencies (`train/search`).
"""
