"""GFPGAN's architecture with random weights.

Written for this project from published descriptions; no code or weight was copied:

- Wang et al., arXiv 2101.04061, sections 3.2 to 3.4: a U-Net of seven residual
  blocks down and seven up, style vectors by one linear layer from its deepest
  features, and a StyleGAN2 generator half of whose channels are scaled and
  shifted by two convolutions of the U-Net's features at each resolution.
- Karras et al., arXiv 1912.04958, section 2.2 and figure 7: modulated
  convolution, noise, and the skip generator that adds up RGB pictures; channels
  min(512, 32768 / side), which is "channel multiplier 2". The paper of GFPGAN has
  multiplier 1; the versions that people run, 1.3 and 1.4, are the "clean" one
  with 2 (deepwiki.com/TencentARC/GFPGAN, "GFPGANv1Clean"), whose U-Net has half of
  the generator's channels and which resamples bilinearly.

The papers' text could only be read in part here; section numbers are from memory.
Guessed, or remembered of the public version: biases, where a block's activations
stand, and that a block resamples between its two convolutions. Only the last
changes what it costs; the parameter count cannot tell it.

Left out, because inference never runs it: StyleGAN2's mapping network (eight linear
layers, 2,101,248 parameters) and the U-Net's RGB outputs at seven resolutions (3,765).

At 512 x 512 it has 84,339,239 parameters; with what was left out, 86,444,252:
exactly the 87,143,276 numbers of the published v1.4 file
(huggingface.co/mlx-community/GFPGANv1.4-fp32) less its 699,024 stored noise
values. It takes 197.8 GMAC; a published count of them was not found.

Two things compute the same as what a user would run and may be a little faster: an
averaging for the bilinear halving, and what `ModulatedConvolution` says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

NATIVE_SIDE = 512
PUBLISHED_PARAMETERS = 86_444_252
NEVER_RUN = 8 * (512 * 512 + 512) + 3 * (4 * 256 + 128 + 64 + 32 + 7)
STYLE_CHANNELS = 512
_SLOPE = 0.2

Transform = tuple[Tensor, Tensor]


class GFPGAN(nn.Module):
    """Restores an aligned face.

    Args:
        side: pixels of the crop's side, a power of two. A side of 256 leaves out the
            finest level of the U-Net and of the generator, as StyleGAN2 does for
            smaller pictures; published weights exist for 512 alone.
    """

    def __init__(self, side: int = NATIVE_SIDE) -> None:
        super().__init__()
        self.degradation_removal = DegradationRemoval(side)
        self.generator = Generator(side)
        self.requires_grad_(False)

    def forward(self, face: Tensor) -> Tensor:
        """From N x 3 x side x side RGB, -1..1, to the same; with trained weights, restored."""
        styles, transforms = self.degradation_removal(face)
        restored: Tensor = self.generator(styles, transforms)
        return restored


class DegradationRemoval(nn.Module):
    """The U-Net; gives the style vectors and the transforms of every resolution from 8 up."""

    def __init__(self, side: int) -> None:
        super().__init__()
        sides = _sides(side)
        widths = [_generator_channels(s) // 2 for s in sides]
        steps = list(pairwise(widths))
        deepest = widths[0]
        self.entry = nn.Conv2d(3, widths[-1], 1)
        self.down = nn.ModuleList(
            ResampledBlock(fine, coarse, is_finer=False) for coarse, fine in reversed(steps)
        )
        self.bottom = _convolution(deepest, deepest)
        self.styles = nn.Linear(deepest * sides[0] ** 2, style_count(side) * STYLE_CHANNELS)
        self.up = nn.ModuleList(
            ResampledBlock(coarse, fine, is_finer=True) for coarse, fine in steps
        )
        self.scales = nn.ModuleList(_transform_of(width) for width in widths[1:])
        self.shifts = nn.ModuleList(_transform_of(width) for width in widths[1:])

    def forward(self, face: Tensor) -> tuple[Tensor, list[Transform]]:
        """Styles (N x count x 512) and transforms, coarse first, each N x C/2 x s x s."""
        features = functional.leaky_relu(self.entry(face), _SLOPE)
        skips = []
        for block in self.down:
            features = block(features)
            skips.append(features)
        features = functional.leaky_relu(self.bottom(features), _SLOPE)
        styles = self.styles(features.flatten(1)).unflatten(1, (-1, STYLE_CHANNELS))
        transforms = []
        for block, scale, shift in zip(self.up, self.scales, self.shifts, strict=True):
            features = block(features + skips.pop())
            transforms.append((scale(features), shift(features)))
        return styles, transforms


class ResampledBlock(nn.Module):
    """Residual block that doubles or halves the resolution between its convolutions."""

    def __init__(self, channels: int, out_channels: int, is_finer: bool) -> None:
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = _convolution(channels, out_channels)
        self.short_cut = nn.Conv2d(channels, out_channels, 1, bias=False)
        self._resample = _doubled if is_finer else _halved

    def forward(self, features: Tensor) -> Tensor:
        """From N x C x s x s to twice or half of that side."""
        inner = self._resample(functional.leaky_relu(self.first(features), _SLOPE))
        out: Tensor = self.short_cut(self._resample(features))
        return out + functional.leaky_relu(self.second(inner), _SLOPE)


class Generator(nn.Module):
    """StyleGAN2 from 4 x 4 up, with channel-split spatial feature transforms."""

    def __init__(self, side: int) -> None:
        super().__init__()
        sides = _sides(side)
        widths = [_generator_channels(s) for s in sides]
        steps = list(zip(widths, widths[1:], sides[1:], strict=False))
        self.constant = nn.Parameter(torch.randn(1, widths[0], sides[0], sides[0]))
        self.first = StyledConvolution(widths[0], widths[0], sides[0])
        self.first_picture = PictureLayer(widths[0])
        self.finer = nn.ModuleList(StyledConvolution(c, f, s) for c, f, s in steps)
        self.second = nn.ModuleList(StyledConvolution(f, f, s) for _, f, s in steps)
        self.pictures = nn.ModuleList(PictureLayer(f) for _, f, _ in steps)

    def forward(self, styles: Tensor, transforms: Sequence[Transform]) -> Tensor:
        """From styles (N x count x 512) and transforms, coarse first, to the picture."""
        style = styles.unbind(1)
        features = self.first(self.constant, style[0])
        picture = self.first_picture(features, style[1])
        levels = zip(self.finer, self.second, self.pictures, transforms, strict=True)
        for level, (finer, second, to_picture, (scale, shift)) in enumerate(levels):
            # A picture shares its style with the next level's first convolution.
            up, same, shown = style[2 * level + 1 : 2 * level + 4]
            kept, changed = finer(_doubled(features), up).chunk(2, dim=1)
            features = second(torch.cat((kept, changed * scale + shift), dim=1), same)
            picture = _doubled(picture) + to_picture(features, shown)
        restored: Tensor = picture
        return restored


class ModulatedConvolution(nn.Module):
    """Convolution whose weights are scaled by a style and, optionally, normalised.

    It scales the input and the output instead of the weights, which is the same
    (StyleGAN2 section 2.2 derives one from the other) and leaves an engine constant
    weights to prepare. Public implementations scale the weights.
    """

    power: Tensor

    def __init__(self, channels: int, out_channels: int, kernel: int, normalises: bool) -> None:
        super().__init__()
        self.style = nn.Linear(STYLE_CHANNELS, channels)
        nn.init.ones_(self.style.bias)
        self.weight = nn.Parameter(
            torch.randn(out_channels, channels, kernel, kernel) / math.sqrt(channels * kernel**2)
        )
        # Not left to the export, which would store the squares beside the weights.
        self.register_buffer("power", self.weight.detach().square().sum((2, 3)).T)
        self._normalises = normalises

    def forward(self, features: Tensor, style: Tensor) -> Tensor:
        """Features N x C x s x s, style N x 512; the side stays."""
        scale = self.style(style)
        padding = self.weight.shape[-1] // 2
        out = functional.conv2d(features * scale[..., None, None], self.weight, padding=padding)
        if self._normalises:
            out = out * torch.rsqrt(scale.square() @ self.power + 1e-8)[..., None, None]
        return out


class StyledConvolution(nn.Module):
    """Modulated 3 x 3 convolution, noise, bias, activation; the noise is stored, as in GFPGAN."""

    noise: Tensor

    def __init__(self, channels: int, out_channels: int, side: int) -> None:
        super().__init__()
        self.convolution = ModulatedConvolution(channels, out_channels, 3, normalises=True)
        # Not zero, or the engine would see that nothing is added and leave it out.
        self.strength = nn.Parameter(torch.full((1,), 0.1))
        self.bias = nn.Parameter(torch.zeros(1, out_channels, 1, 1))
        self.register_buffer("noise", torch.randn(1, 1, side, side))

    def forward(self, features: Tensor, style: Tensor) -> Tensor:
        """Features N x C x s x s, style N x 512."""
        out = self.convolution(features, style) * math.sqrt(2)
        return functional.leaky_relu(out + self.strength * self.noise + self.bias, _SLOPE)


class PictureLayer(nn.Module):
    """Modulated 1 x 1 convolution from features to RGB."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.convolution = ModulatedConvolution(channels, 3, 1, normalises=False)
        self.bias = nn.Parameter(torch.zeros(1, 3, 1, 1))

    def forward(self, features: Tensor, style: Tensor) -> Tensor:
        """Features N x C x s x s, style N x 512; gives N x 3 x s x s."""
        out: Tensor = self.convolution(features, style) + self.bias
        return out


def style_count(side: int) -> int:
    """Style vectors that a generator of a side takes: 16 for 512."""
    return 2 * len(_sides(side))


def _sides(side: int) -> list[int]:
    return [2**power for power in range(2, side.bit_length())]


def _generator_channels(side: int) -> int:
    return min(512, 32768 // side)


def _convolution(channels: int, out_channels: int) -> nn.Conv2d:
    return nn.Conv2d(channels, out_channels, 3, padding=1)


def _transform_of(width: int) -> nn.Sequential:
    return nn.Sequential(
        _convolution(width, width), nn.LeakyReLU(_SLOPE), _convolution(width, width)
    )


def _doubled(features: Tensor) -> Tensor:
    return functional.interpolate(features, scale_factor=2, mode="bilinear")


def _halved(features: Tensor) -> Tensor:
    return functional.avg_pool2d(features, 2)
