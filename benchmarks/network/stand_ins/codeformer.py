"""CodeFormer's architecture with random weights.

Written for this project from published descriptions; no code or weight was copied:

- Zhou et al., arXiv 2206.11253, sections 3.1 to 3.3 and 4.1: an encoder and a
  decoder of twelve residual blocks and five changes of resolution each, a codebook of
  1024 entries of 256 numbers, a transformer of nine self-attention blocks that
  predicts one entry for each of the 16 x 16 places, and controllable feature
  transformation at the sides 32, 64, 128 and 256.
- Esser et al., arXiv 2012.09841, appendix: how such a block of VQGAN looks (group
  normalisation, swish, convolution, twice), and attention at side 16; widths 64,
  128, 128, 256, 256, 512.
- readmex.com/en-US/sczhou/CodeFormer, on the released version: adaptive instance
  normalisation of the looked-up codes.

The papers' text could only be read in part here; the widths, the eight heads of 512
channels together and the section numbers are from memory.

Guessed, or remembered of the public version: the two residual blocks around an
attention in the middle of the encoder and of the decoder, a feed-forward layer of
1024, normalisation before each half of a transformer block, one residual block and
two pairs of convolutions in a feature transformation, and that it follows the first
block of its level. Fidelity w is 0.5; 0 would skip the transformation.

At 512 x 512 it has 94,112,707 parameters and takes 404.8 GMAC. Published are 94.375
million and 835.584 GFLOP, 417.8 GMAC if each counts for two
(huggingface.co/shadow-cann/hispark-modelzoo-codeformer, a copy of HiSilicon's model
card): 0.3 % and 3.1 % more.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

NATIVE_SIDE = 512
PUBLISHED_PARAMETERS = 94_375_000
PUBLISHED_MACS = 835_584_000_000 // 2
_WIDTHS = (64, 128, 128, 256, 256, 512)
_TRANSFORMED = (1, 2, 3, 4)
_STRIDE = 32
_CODES, _CODE_CHANNELS = 1024, 256
_TOKEN_CHANNELS, _HEADS, _BLOCKS = 512, 8, 9
_GROUPS = 32
_FIDELITY = 0.5


class CodeFormer(nn.Module):
    """Restores an aligned face.

    Args:
        side: pixels of the crop's side, a multiple of 32. At 256 the same layers see
            8 x 8 places instead of 16 x 16; published weights exist for 512 alone.
    """

    def __init__(self, side: int = NATIVE_SIDE) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.predictor = CodePredictor((side // _STRIDE) ** 2)
        self.codebook = nn.Embedding(_CODES, _CODE_CHANNELS)
        self.decoder = Decoder()
        self.requires_grad_(False)

    def forward(self, face: Tensor) -> Tensor:
        """From N x 3 x side x side RGB, -1..1, to the same; with trained weights, restored."""
        latent, levels = self.encoder(face)
        codes = self.codebook(self.predictor(latent).argmax(dim=2))
        looked_up = codes.transpose(1, 2).reshape(latent.shape)
        restored: Tensor = self.decoder(_with_statistics_of(looked_up, latent), levels)
        return restored


class Encoder(nn.Module):
    """VQGAN's encoder."""

    def __init__(self) -> None:
        super().__init__()
        before = (_WIDTHS[0], *_WIDTHS)
        self.entry = _convolution(3, _WIDTHS[0])
        self.levels = nn.ModuleList(
            _level(channels, width) for channels, width in zip(before, _WIDTHS, strict=False)
        )
        self.down = nn.ModuleList(nn.Conv2d(width, width, 3, stride=2) for width in _WIDTHS[:-1])
        self.middle = _middle(_WIDTHS[-1])
        self.exit = _normed_convolution(_WIDTHS[-1], _CODE_CHANNELS)

    def forward(self, face: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The latent, N x 256 x side/32 x side/32, and every level's features, fine first."""
        features = self.entry(face)
        levels = []
        for index, level in enumerate(self.levels):
            if index:
                # One row and one column more at the end alone: halves an even side.
                features = self.down[index - 1](functional.pad(features, (0, 1, 0, 1)))
            features = level(features)
            levels.append(features)
        return self.exit(self.middle(features)), levels


class Decoder(nn.Module):
    """VQGAN's decoder, led by the encoder's features (section 3.3)."""

    def __init__(self) -> None:
        super().__init__()
        coarse_first = _WIDTHS[::-1]
        before = (coarse_first[0], *coarse_first)
        self.entry = _convolution(_CODE_CHANNELS, coarse_first[0])
        self.middle = _middle(coarse_first[0])
        self.levels = nn.ModuleList(
            _level(channels, width) for channels, width in zip(before, coarse_first, strict=False)
        )
        self.up = nn.ModuleList(_convolution(width, width) for width in coarse_first[:-1])
        self.transformations = nn.ModuleDict(
            {str(index): FeatureTransformation(_WIDTHS[index]) for index in _TRANSFORMED}
        )
        self.exit = _normed_convolution(coarse_first[-1], 3)

    def forward(self, codes: Tensor, encoded: list[Tensor]) -> Tensor:
        """Codes N x 256 x side/32 x side/32 and the encoder's levels, fine first."""
        features = self.middle(self.entry(codes))
        for step, level in enumerate(self.levels):
            if step:
                finer = functional.interpolate(features, scale_factor=2, mode="nearest")
                features = self.up[step - 1](finer)
            index = len(_WIDTHS) - 1 - step
            for place, block in enumerate(level.children()):
                features = block(features)
                if place == 0 and index in _TRANSFORMED:
                    features = self.transformations[str(index)](encoded[index], features)
        picture: Tensor = self.exit(features)
        return picture


class CodePredictor(nn.Module):
    """The transformer: scores of every codebook entry at every place (section 3.2)."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.position = nn.Parameter(torch.randn(places, _TOKEN_CHANNELS))
        self.entry = nn.Linear(_CODE_CHANNELS, _TOKEN_CHANNELS)
        self.blocks = nn.ModuleList(TransformerBlock() for _ in range(_BLOCKS))
        self.norm = nn.LayerNorm(_TOKEN_CHANNELS)
        self.scores = nn.Linear(_TOKEN_CHANNELS, _CODES, bias=False)

    def forward(self, latent: Tensor) -> Tensor:
        """From N x 256 x h x w to N x hw x 1024."""
        tokens = self.entry(latent.flatten(2).transpose(1, 2))
        for block in self.blocks:
            tokens = block(tokens, self.position)
        scores: Tensor = self.scores(self.norm(tokens))
        return scores


class TransformerBlock(nn.Module):
    """Self-attention with the position in queries and keys, then a feed-forward layer."""

    def __init__(self) -> None:
        super().__init__()
        channels = _TOKEN_CHANNELS
        self.norm, self.second_norm = nn.LayerNorm(channels), nn.LayerNorm(channels)
        self.query, self.key = nn.Linear(channels, channels), nn.Linear(channels, channels)
        self.value, self.exit = nn.Linear(channels, channels), nn.Linear(channels, channels)
        self.feed_forward = nn.Sequential(
            nn.Linear(channels, 2 * channels), nn.GELU(), nn.Linear(2 * channels, channels)
        )

    def forward(self, tokens: Tensor, position: Tensor) -> Tensor:
        """Tokens N x places x 512, position places x 512."""
        normed = self.norm(tokens)
        placed = normed + position
        heads = [
            layer(content).unflatten(2, (_HEADS, -1)).transpose(1, 2)
            for layer, content in ((self.query, placed), (self.key, placed), (self.value, normed))
        ]
        attended = self.exit(_attention(*heads).transpose(1, 2).flatten(2))
        tokens = tokens + attended
        out: Tensor = tokens + self.feed_forward(self.second_norm(tokens))
        return out


class FeatureTransformation(nn.Module):
    """Scales and shifts the decoder's features by those of the encoder (section 3.3)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.joined = ResidualBlock(2 * channels, channels)
        self.scale, self.shift = (
            nn.Sequential(
                _convolution(channels, channels),
                nn.LeakyReLU(0.2),
                _convolution(channels, channels),
            )
            for _ in range(2)
        )

    def forward(self, encoded: Tensor, decoded: Tensor) -> Tensor:
        """Both N x C x s x s."""
        joined = self.joined(torch.cat((encoded, decoded), dim=1))
        out: Tensor = decoded + _FIDELITY * (decoded * self.scale(joined) + self.shift(joined))
        return out


class ResidualBlock(nn.Module):
    """Group normalisation, swish, convolution, twice; VQGAN's block."""

    def __init__(self, channels: int, out_channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _normed_convolution(channels, out_channels),
            _normed_convolution(out_channels, out_channels),
        )
        self.short_cut = (
            nn.Identity() if channels == out_channels else nn.Conv2d(channels, out_channels, 1)
        )

    def forward(self, features: Tensor) -> Tensor:
        """The side stays."""
        out: Tensor = self.short_cut(features) + self.layers(features)
        return out


class AttentionBlock(nn.Module):
    """One head over all places of a feature map; VQGAN's block."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, channels)
        self.query, self.key, self.value, self.exit = (
            nn.Conv2d(channels, channels, 1) for _ in range(4)
        )

    def forward(self, features: Tensor) -> Tensor:
        """The side stays."""
        normed = self.norm(features)
        tokens = [
            layer(normed).flatten(2).transpose(1, 2) for layer in (self.query, self.key, self.value)
        ]
        attended = _attention(*tokens).transpose(1, 2)
        out: Tensor = features + self.exit(attended.reshape(features.shape))
        return out


def _attention(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    # Written out, so that its operations are counted on every device.
    scores = query @ key.transpose(-2, -1) * query.shape[-1] ** -0.5
    attended: Tensor = scores.softmax(dim=-1) @ value
    return attended


def _with_statistics_of(content: Tensor, style: Tensor) -> Tensor:
    def deviation(features: Tensor) -> Tensor:
        return (features.var((2, 3), keepdim=True) + 1e-5).sqrt()

    normed = (content - content.mean((2, 3), keepdim=True)) / deviation(content)
    return normed * deviation(style) + style.mean((2, 3), keepdim=True)


def _convolution(channels: int, out_channels: int) -> nn.Conv2d:
    return nn.Conv2d(channels, out_channels, 3, padding=1)


def _normed_convolution(channels: int, out_channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.GroupNorm(_GROUPS, channels), nn.SiLU(), _convolution(channels, out_channels)
    )


def _middle(width: int) -> nn.Sequential:
    return nn.Sequential(
        ResidualBlock(width, width), AttentionBlock(width), ResidualBlock(width, width)
    )


def _level(channels: int, width: int) -> nn.Sequential:
    blocks: list[nn.Module] = []
    for entering in (channels, width):
        blocks.append(ResidualBlock(entering, width))
        if width == _WIDTHS[-1]:
            blocks.append(AttentionBlock(width))
    return nn.Sequential(*blocks)
