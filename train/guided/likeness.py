"""The identity loss of a guided training's last part, which does not see grain."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.losses import identity_loss

# Pixels of a crop of 176: what is finer than this is no feature of a face.
_BLURS = (1.0, 2.5)
# Of the side, how far the face may lie from where the recogniser wants it.
_SHIFT = 0.02


class Likeness:
    """How unlike two people look to a recogniser (Yasarla, Vaezi Joze and Patel, 2021, eq. 8).

    Both faces are shown softened and shifted alike, differently every time: what is drawn to
    please a recogniser at one place and one scale alone pleases it no more (Athalye and others,
    "Synthesizing Robust Adversarial Examples", 2018, section 2).

    Args:
        recogniser: frozen; N x 3 x S x S faces to N x C of length 1.
    """

    def __init__(self, recogniser: nn.Module) -> None:
        self._recogniser = recogniser

    def loss(self, restored: Tensor, clean: Tensor, chance: torch.Generator) -> Tensor:
        """Mean angle between the two people, in radians.

        Args:
            restored, clean: whole aligned faces, N x 3 x S x S, RGB, 0..1.
            chance: decides blur, shift and mirroring.
        """
        low, high = _BLURS
        sigma = low + (high - low) * float(torch.rand((), generator=chance))
        side = restored.shape[-1]
        reach = round(_SHIFT * side)
        shift = torch.randint(-reach, reach + 1, (2,), generator=chance).tolist()
        mirrored = bool(torch.rand((), generator=chance) < 0.5)

        def shown(faces: Tensor) -> Tensor:
            seen = _soften(faces, sigma * side / 176)
            seen = torch.roll(seen, shift, (2, 3))
            return seen.flip(3) if mirrored else seen

        with torch.no_grad():
            person = self._recogniser(shown(clean))
        return identity_loss(self._recogniser(shown(restored)), person)


def _soften(faces: Tensor, sigma: float) -> Tensor:
    """Gaussian blur of N x 3 x h x w, its edge repeated."""
    reach = max(1, round(3 * sigma))
    offsets = torch.arange(-reach, reach + 1, device=faces.device, dtype=faces.dtype)
    kernel = torch.exp(-0.5 * (offsets / sigma).square())
    kernel = (kernel / kernel.sum()).expand(3, 1, 1, -1)
    padded = nn.functional.pad(faces, (reach, reach, reach, reach), mode="replicate")
    across = nn.functional.conv2d(padded, kernel, groups=3)
    return nn.functional.conv2d(across, kernel.transpose(2, 3), groups=3)
