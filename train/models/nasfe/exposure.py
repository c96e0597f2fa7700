"""Brings dark crops to an even exposure, inside the network."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

PATCH = 4
EXPOSURE, LARGEST_GAIN = 0.4, 16.0


def exposure_gain(face: Tensor) -> Tensor:
    """The factor that gives a dark picture the mean of a well lit one.

    The factor r of eq. 1 spans more than ten to one, and convolutions without
    normalisation would have to learn the same repair at every exposure. Bright
    pictures keep theirs.

    Args:
        face: N x 3 x S x S, RGB, 0..1.

    Returns:
        N x 1 x 1 x 1, 1 to 16.
    """
    mean = face.mean(dim=(1, 2, 3), keepdim=True)
    return EXPOSURE / mean.clamp(EXPOSURE / LARGEST_GAIN, EXPOSURE)


def exposed_patches(face: Tensor, lit: Tensor) -> Tensor:
    """4 x 4 patches of a crop as it is and as lit: two N x 3 x S x S -> N x 96 x S/4 x S/4."""
    return F.pixel_unshuffle(torch.cat([face, lit], dim=1), PATCH)
