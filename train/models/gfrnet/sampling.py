"""Bilinear sampling by a flow: eq. 2 of GFRNet (Li et al. 2018).

A flow holds, for every pixel of the warped picture, where it comes from: x and y, -1..1 from edge
to edge of the picture.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def warp_by_flow(guide: Tensor, flow: Tensor) -> Tensor:
    """I^w of eq. 2.

    Args:
        guide: N x C x H x W, the guided picture I^g.
        flow: N x 2 x h x w.

    Returns:
        N x C x h x w; zero where the source is outside of the guide.
    """
    return F.grid_sample(guide, flow.permute(0, 2, 3, 1), mode="bilinear", align_corners=False)


def flow_at(flow: Tensor, points: Tensor) -> Tensor:
    """The flow at points between its pixels, such as Phi(x_j, y_j) of eq. 9.

    Args:
        flow: N x 2 x H x W.
        points: N x P x 2, x and y, -1..1.

    Returns:
        N x P x 2.
    """
    # Like extrapolating half a pixel: at the very edge the nearest pixel's flow.
    sampled = F.grid_sample(flow, points[:, :, None], padding_mode="border", align_corners=False)
    return sampled[..., 0].transpose(1, 2)


def identity_flow(
    batch: int, height: int, width: int, device: torch.device | None = None
) -> Tensor:
    """The flow that moves nothing: N x 2 x H x W."""
    rows = (torch.arange(height, device=device) + 0.5) / height * 2 - 1
    columns = (torch.arange(width, device=device) + 0.5) / width * 2 - 1
    y, x = torch.meshgrid(rows, columns, indexing="ij")
    return torch.stack([x, y]).expand(batch, -1, -1, -1)
