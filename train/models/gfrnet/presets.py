"""The sizes of GFRNet."""

from __future__ import annotations

from train.models.gfrnet.network import GFRNetSize

_PAPER = (64, 128, 256, 512, 512, 512, 512, 512)
_LITE = (16, 32, 64, 96, 128, 128)

GFRNET_SIZES: dict[str, GFRNetSize] = {
    # Eight layers each; the widths are in the paper's supplement: these are pix2pix's.
    "gfrnet": GFRNetSize(_PAPER, _PAPER, side=256),
    "gfrnet-lite": GFRNetSize(_LITE, _LITE),
}
GFRNET_WIDTHS = {"gfrnet": (64, 128, 256, 512), "gfrnet-lite": (24, 48, 96)}
"""Of their discriminators."""
