"""The layers that WarpNet and RecNet are made of."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn


def encoder(channels: int, widths: Sequence[int]) -> nn.ModuleList:
    """Convolutions 4 x 4 with stride 2, each but the first with batch normalisation, and ReLU."""
    layers = []
    for number, width in enumerate(widths):
        parts: list[nn.Module] = [nn.Conv2d(channels, width, 4, 2, 1)]
        if number:
            parts.append(nn.BatchNorm2d(width))
        layers.append(nn.Sequential(*parts, nn.ReLU()))
        channels = width
    return nn.ModuleList(layers)


def decoder(widths: Sequence[int], outputs: int, skips: bool = False) -> nn.ModuleList:
    """Deconvolutions of the same kind back up; the last without normalisation and ReLU.

    Args:
        widths: of the encoder.
        outputs: channels of the last.
        skips: whether layer i of the encoder is concatenated to layer L - i.
    """
    layers = []
    channels = widths[-1]
    for width in reversed(widths[:-1]):
        layers.append(
            nn.Sequential(
                nn.ConvTranspose2d(channels, width, 4, 2, 1), nn.BatchNorm2d(width), nn.ReLU()
            )
        )
        channels = 2 * width if skips else width
    layers.append(nn.Sequential(nn.ConvTranspose2d(channels, outputs, 4, 2, 1)))
    return nn.ModuleList(layers)
