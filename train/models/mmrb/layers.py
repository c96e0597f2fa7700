"""Layers of StyleGAN2 (Karras et al., "Analyzing and Improving the Image Quality of StyleGAN").

Modules are named as in github.com/rosinality/stylegan2-pytorch, so that weights of its form, which
most public ones have, can be read (`train.models.mmrb.public_weights`).
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SLOPE = 0.2
GAIN = math.sqrt(2.0)
_TAPS = (1.0, 3.0, 3.0, 1.0)
_EPSILON = 1e-8


class ScaledLeakyReLU(nn.Module):
    """sqrt(2) * leaky_relu(x + bias): keeps the variance."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, features: Tensor) -> Tensor:
        """N x C x ... -> the same."""
        bias = self.bias.view(1, -1, *(1 for _ in features.shape[2:]))
        return F.leaky_relu(features + bias, SLOPE) * GAIN


class EqualLinear(nn.Module):
    """A linear layer whose weights are kept at deviation 1 and scaled when they are used.

    Args:
        inputs, outputs: widths.
        bias: value at first.
        rate: factor of the learning rate.
        activation: whether `ScaledLeakyReLU`'s function follows.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        bias: float = 0.0,
        rate: float = 1.0,
        activation: bool = False,
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / rate)
        self.bias = nn.Parameter(torch.full((outputs,), bias))
        self.scale = rate / math.sqrt(inputs)
        self.rate = rate
        self.activation = activation

    def forward(self, vector: Tensor) -> Tensor:
        """N x inputs -> N x outputs."""
        out = F.linear(vector, self.weight * self.scale, self.bias * self.rate)
        return F.leaky_relu(out, SLOPE) * GAIN if self.activation else out


class EqualConv(nn.Module):
    """A convolution of the same kind; without bias where an activation brings its own."""

    def __init__(self, channels: int, outputs: int, kernel: int, stride: int, padding: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, channels, kernel, kernel))
        self.scale = 1 / math.sqrt(channels * kernel**2)
        self.stride, self.padding = stride, padding

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> N x C' x h x w."""
        return F.conv2d(features, self.weight * self.scale, None, self.stride, self.padding)


class Blur(nn.Module):
    """The binomial filter 1 3 3 1 in both directions.

    Args:
        padding: zeros before and after.
        gain: of the sum.
    """

    kernel: Tensor

    def __init__(self, padding: tuple[int, int], gain: float = 1.0) -> None:
        super().__init__()
        self.register_buffer("kernel", binomial(gain), persistent=False)
        self.padding = padding

    def forward(self, features: Tensor) -> Tensor:
        """N x C x H x W -> N x C x H + padding - 3 x ..."""
        before, after = self.padding
        padded = F.pad(features, (before, after, before, after))
        channels = features.shape[1]
        kernel = self.kernel.to(features.dtype).expand(channels, 1, -1, -1)
        return F.conv2d(padded, kernel, groups=channels)


def binomial(gain: float = 1.0) -> Tensor:
    """1 x 1 x 4 x 4, with `gain` as its sum."""
    taps = torch.tensor(_TAPS) / sum(_TAPS)
    return gain * torch.outer(taps, taps)[None, None]


class ModulatedConv(nn.Module):
    """Convolution whose weights a style scales, and demodulation brings back to variance 1.

    w'_ijk = s_i w_ijk, w''_ijk = w'_ijk / sqrt(sum over i and k of w'_ijk^2 + 1e-8) (eq. 1 and
    3 of StyleGAN2). Scaling the input by s and the output by the root is the same, and needs
    no weights of its own for each picture.

    Args:
        channels, outputs, kernel: of the convolution.
        style: width of w.
        demodulate: false for the layer that makes colours.
        up: doubles the resolution, by a transposed convolution and `Blur`.
    """

    def __init__(
        self,
        channels: int,
        outputs: int,
        kernel: int,
        style: int,
        demodulate: bool = True,
        up: bool = False,
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, outputs, channels, kernel, kernel))
        self.modulation = EqualLinear(style, channels, bias=1.0)
        self.scale = 1 / math.sqrt(channels * kernel**2)
        self.demodulate = demodulate
        self.padding = kernel // 2
        self.blur = Blur((1, 1), gain=4.0) if up else None

    def forward(self, features: Tensor, style: Tensor) -> Tensor:
        """N x C x H x W and N x style -> N x C' x H x W, or twice the size."""
        weight = self.weight[0] * self.scale
        scales = self.modulation(style)
        scaled = features * scales[:, :, None, None]
        if self.blur is not None:
            wide = F.conv_transpose2d(scaled, weight.transpose(0, 1), stride=2)
            out: Tensor = self.blur(wide)
        else:
            out = F.conv2d(scaled, weight, padding=self.padding)
        if not self.demodulate:
            return out
        power = F.linear(scales.float().square(), weight.float().square().sum(dim=(2, 3)))
        return out * torch.rsqrt(power + _EPSILON)[:, :, None, None].to(out.dtype)


class NoiseBranch(nn.Module):
    """What comes in beside the style: noise that is added, or features that are concatenated.

    Args:
        channels: of the features that are concatenated (eq. 3 of Hu et al.); 0 adds noise of
            one channel, as StyleGAN2 does.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.channels = channels
        # Concatenated features are seen from the first step on; the next layer weighs them.
        self.weight = nn.Parameter(torch.full((1,), float(channels > 0)))

    def forward(self, features: Tensor, beside: Tensor | None) -> Tensor:
        """Put `beside` to N x C x H x W features; None is fresh noise, or zeros to concatenate."""
        count, _, height, width = features.shape
        if self.channels:
            if beside is None:
                beside = features.new_zeros(count, self.channels, height, width)
            return torch.cat([features, self.weight * beside.to(features.dtype)], dim=1)
        if beside is None:
            beside = torch.randn(count, 1, height, width, device=features.device)
        return features + self.weight * beside.to(features.dtype)


class StyledConv(nn.Module):
    """A style block: modulated convolution, `NoiseBranch`, activation.

    Args:
        channels, outputs, style, up: see `ModulatedConv`.
        beside: see `NoiseBranch`; the block has so many more outputs.
    """

    def __init__(
        self, channels: int, outputs: int, style: int, beside: int = 0, up: bool = False
    ) -> None:
        super().__init__()
        self.conv = ModulatedConv(channels, outputs, 3, style, up=up)
        self.noise = NoiseBranch(beside)
        self.activate = ScaledLeakyReLU(outputs + beside)

    def forward(self, features: Tensor, style: Tensor, beside: Tensor | None) -> Tensor:
        """N x C x H x W -> N x outputs + beside x H x W, or twice the size."""
        out: Tensor = self.activate(self.noise(self.conv(features, style), beside))
        return out


class ToRGB(nn.Module):
    """Colours of a resolution, added to those of the one before (a skip, figure 7 of StyleGAN2)."""

    kernel: Tensor

    def __init__(self, channels: int, style: int) -> None:
        super().__init__()
        self.conv = ModulatedConv(channels, 3, 1, style, demodulate=False)
        self.bias = nn.Parameter(torch.zeros(1, 3, 1, 1))
        self.register_buffer("kernel", binomial(4.0), persistent=False)

    def forward(self, features: Tensor, style: Tensor, before: Tensor | None) -> Tensor:
        """N x C x H x W, and N x 3 x H/2 x W/2 of before -> N x 3 x H x W."""
        colours: Tensor = self.conv(features, style) + self.bias
        if before is None:
            return colours
        kernel = self.kernel.to(before.dtype).expand(3, 1, -1, -1)
        return colours + F.conv_transpose2d(before, kernel, stride=2, padding=1, groups=3)
