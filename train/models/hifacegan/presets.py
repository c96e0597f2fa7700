"""The sizes of HiFaceGAN."""

from __future__ import annotations

from train.models.hifacegan.network import HiFaceGANSize

HIFACEGAN_SIZES: dict[str, HiFaceGANSize] = {
    # The widths of the authors' program (github.com/Lotayou/Face-Renovation); the paper names none.
    "hifacegan": HiFaceGANSize(
        suppressed=(48, 96, 192, 384, 768, 768),
        replenished=(48, 96, 192, 384, 768, 768),
        correlation=32,
        hidden=128,
        middle=2,
        batch_norm=True,
    ),
    "hifacegan-lite": HiFaceGANSize(
        suppressed=(8, 16, 32, 64, 96),
        replenished=(8, 16, 32, 64, 96),
        correlation=8,
        hidden=16,
        middle=1,
        batch_norm=False,
    ),
}
HIFACEGAN_WIDTHS = {"hifacegan": (64, 128, 256, 512), "hifacegan-lite": (24, 48, 96)}
"""Of their discriminators."""
