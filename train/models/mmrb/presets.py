"""The sizes of the network of Hu et al., and of their prior."""

from __future__ import annotations

from train.models.mmrb.network import MMRBSize
from train.models.mmrb.stylegan2 import StyleGAN2Size

PRIOR_SIZES: dict[str, StyleGAN2Size] = {
    # StyleGAN2 at 512 pixels, with channel multiplier 2.
    "stylegan2": StyleGAN2Size((512, 512, 512, 512, 512, 256, 128, 64), 512, 8),
    "stylegan2-lite": StyleGAN2Size((96, 96, 64, 48, 32, 16), 128, 4),
}
MMRB_SIZES: dict[str, MMRBSize] = {
    "mmrb": MMRBSize(PRIOR_SIZES["stylegan2"], (512, 512, 512, 512, 512, 256, 128, 64)),
    "mmrb-lite": MMRBSize(PRIOR_SIZES["stylegan2-lite"], (64, 48, 32, 24, 16, 8)),
}
PRIOR_OF = {"mmrb": "stylegan2", "mmrb-lite": "stylegan2-lite"}
LOCAL_WIDTHS = {"mmrb": (256, 256, 128, 64, 64), "mmrb-lite": (48, 32, 24, 16)}
"""Of the local discriminators, from 4 x 4 up: 64 and 32 pixels."""
