"""What a guided training minimises until its last tenth."""

from __future__ import annotations

import torch
from torch import Tensor

from train.losses import charbonnier_loss


def spectrum_loss(restored: Tensor, clean: Tensor) -> Tensor:
    """Mean absolute difference of the 2-D spectra, real and imaginary parts apart.

    Cho and others, "Rethinking Coarse-to-Fine Approach in Single Image Deblurring", 2021,
    eq. 5, with an orthonormal transform. It minds what is missing in fine structure, which the
    mean error hardly does.
    """
    spectrum = torch.fft.rfft2((restored - clean).float(), norm="ortho")
    return torch.view_as_real(spectrum).abs().mean()


def picture_loss(restored: Tensor, clean: Tensor, lambda_spectrum: float) -> Tensor:
    """Charbonnier and spectrum; N x 3 x h x w each, 0..1."""
    loss = charbonnier_loss(restored, clean)
    if lambda_spectrum > 0:
        loss = loss + lambda_spectrum * spectrum_loss(restored, clean)
    return loss
