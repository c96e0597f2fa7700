"""The structural loss tells what the mean error overlooks."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from train.losses import charbonnier_loss, ssim_loss


def flat_face() -> Tensor:
    torch.manual_seed(0)
    return F.interpolate(torch.rand(2, 3, 4, 4), size=(64, 64), mode="bilinear")


def test_the_structural_loss_is_zero_for_the_clean_picture_alone() -> None:
    clean = flat_face()
    assert abs(ssim_loss(clean, clean).item()) < 1e-6
    assert ssim_loss(clean + 0.02 * torch.randn_like(clean), clean) > 0.05


def test_grain_costs_more_structure_than_a_shift_of_the_same_mean_error() -> None:
    clean = flat_face()
    signs = torch.randint(0, 2, clean.shape) * 2.0 - 1
    grain, shift = clean + 0.03 * signs, clean + 0.03
    assert torch.isclose(charbonnier_loss(grain, clean), charbonnier_loss(shift, clean))
    assert ssim_loss(grain, clean) > 3 * ssim_loss(shift, clean)


def test_following_the_structural_loss_takes_grain_away() -> None:
    clean = flat_face()
    start = clean + 0.05 * torch.randn_like(clean)
    picture = start.clone().requires_grad_()
    optimiser = torch.optim.Adam([picture], 1e-3)
    for _ in range(60):
        optimiser.zero_grad()
        ssim_loss(picture, clean).backward()
        optimiser.step()
    assert (picture - clean).abs().mean() < 0.6 * (start - clean).abs().mean()
