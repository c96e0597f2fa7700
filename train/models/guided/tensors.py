"""What guided networks are shown, and how their output becomes a picture."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.models.nasfe.exposure import EXPOSURE, PATCH

GUIDANCE_CHANNELS = MEMORY_CHANNELS = 4
CONDITIONS = 4
"""The class vector c = {b, n, l}, and the binary logarithm of the exposure gain."""

PATCH_CHANNELS = (3 + 3 + GUIDANCE_CHANNELS + MEMORY_CHANNELS) * PATCH**2
"""Of what `shown_patches` returns."""

_PICTURE_CHANNELS = 3 * PATCH**2
_CONTRAST = 3.0
# Of the memory in the restored picture when training begins: sigmoid(-2) = 0.12.
_FIRST_GATE = -2.0


def shown_patches(face: Tensor, lit: Tensor, guidance: Tensor, memory: Tensor) -> Tensor:
    """All pictures as 4 x 4 patches.

    Around zero, and of the contrast of guidance: networks without normalisation learn from what
    varies, and a large common mean hides it.

    Args:
        face, lit: N x 3 x S x S, the crop as it is and as lit, 0..1.
        guidance, memory: as in `GuidedNasfe.forward`.

    Returns:
        N x 224 x S/4 x S/4.
    """
    shown = [_centred(face), _centred(lit), guidance, _centred(memory, memory[:, 3:])]
    return F.pixel_unshuffle(torch.cat(shown, dim=1), PATCH)


def leaving_layer(channels: int) -> nn.Conv2d:
    """From features at S/4 to correction, memory's gate and detail's gate of 4 x 4 patches."""
    layer = nn.Conv2d(channels, _PICTURE_CHANNELS + 2 * PATCH**2, 3, padding=1)
    with torch.no_grad():
        layer.weight.mul_(0.1)
        nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        layer.bias[_PICTURE_CHANNELS : -(PATCH**2)] = _FIRST_GATE  # type: ignore[index]
    return layer


def kept_shares() -> nn.Sequential:
    """Class vector and exposure to two shares; begins with all of the crop as lit."""
    last = nn.Linear(16, 2)
    nn.init.zeros_(last.weight)
    last.bias.data = torch.tensor([0.0, 1.0])
    return nn.Sequential(nn.Linear(CONDITIONS, 16), nn.ReLU(), last)


def compose(left: Tensor, kept: Tensor, face: Tensor, lit: Tensor, memory: Tensor) -> Tensor:
    """The restored picture.

    Shares of the crop as it is and as lit, of whose detail a gate for every pixel keeps a part,
    a correction, and by another gate a part of the memory, where that is valid. Noise is detail
    that must go, and a narrow decoder cannot draw its negative; what was restored a moment ago
    and is still true need not be found again.

    Args:
        left: N x 80 x S/4 x S/4, from `leaving_layer`.
        kept: N x 2, from `kept_shares`.
        face, lit: N x 3 x S x S.
        memory: N x 4 x S x S, multiplied by its mask already.

    Returns:
        N x 3 x S x S.
    """
    pixels = F.pixel_shuffle(left, PATCH)
    shares = kept[:, :, None, None]
    toned = shares[:, :1] * face + shares[:, 1:] * lit
    smooth = F.interpolate(
        F.avg_pool2d(toned, PATCH), scale_factor=PATCH, mode="bilinear", align_corners=False
    )
    detail = torch.sigmoid(pixels[:, 4:])
    restored = smooth + detail * (toned - smooth) + pixels[:, :3]
    weight = torch.sigmoid(pixels[:, 3:4])
    return restored + weight * (memory[:, :3] - memory[:, 3:] * restored)


def _centred(picture: Tensor, mask: Tensor | float = 1.0) -> Tensor:
    """Pictures (times their mask) about `EXPOSURE`, as many times larger as they are narrow."""
    return _CONTRAST * (picture - EXPOSURE * mask)
