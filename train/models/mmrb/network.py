"""The whole network of Hu et al. (figure 2): codec and generative prior."""

from __future__ import annotations

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn

from train.models.mmrb.codec import Codec, Coded
from train.models.mmrb.mmrb import MMRB, PlainBlock
from train.models.mmrb.stylegan2 import StyleGAN2, StyleGAN2Size


@dataclass(frozen=True, slots=True)
class MMRBSize:
    """Widths of one size of the network.

    Attributes:
        prior: of the generator.
        codec: channels of the codec from 4 x 4 up, as many resolutions as the prior has.
    """

    prior: StyleGAN2Size
    codec: tuple[int, ...]

    @property
    def side(self) -> int:
        """Of a crop, in pixels; the network works at this size alone."""
        return self.prior.side


class MMRBNetwork(nn.Module):
    """y = StyleGAN2(MLP(Z), x_hat) with x_hat, Z = Codec(x), eq. 1 to 3.

    Args:
        size: widths.
        plain: takes `PlainBlock` for `MMRB` (ablation).
    """

    def __init__(self, size: MMRBSize, plain: bool = False) -> None:
        super().__init__()
        self.multiple = size.side
        self.codec = Codec(size.codec, size.prior.style, PlainBlock if plain else MMRB)
        self.prior = StyleGAN2(size.prior, size.codec)

    def forward(self, face: Tensor) -> Tensor:
        """N x 3 x S x S, RGB, 0..1 -> the same, restored."""
        return self.coded(face)[0]

    def coded(self, face: Tensor) -> tuple[Tensor, Coded]:
        """The restored picture, and what the codec made."""
        coded = self.codec(face)
        return self.prior(self.prior.map(coded.latent), coded.features), coded


def multi_scale_loss(pictures: list[Tensor], clean: Tensor) -> Tensor:
    """The L1 loss of what the decoder reconstructs at every resolution; mean over them."""
    parts = [
        F.l1_loss(picture.float(), F.adaptive_avg_pool2d(clean, picture.shape[-1]))
        for picture in pictures
    ]
    total: Tensor = sum(parts[1:], parts[0])
    return total / len(parts)
