"""The discriminators of GFRNet: pix2pix's, on the whole face and on its landmarks' box.

Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017), section
3.2.2, as the paper says: they see the degraded picture and the guide too.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LOCAL_PART = 0.5
"""Side of what the local discriminator is shown, in crops."""

_SMALLEST_BOX = 0.05


class PatchJudge(nn.Module):
    """N x 9 x H x W (degraded, guide, picture) -> logits N x 1 x h x w, one for each patch.

    Args:
        widths: channels of the stages; pix2pix has 64, 128, 256 and 512.
    """

    def __init__(self, widths: tuple[int, ...]) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for number, (before, width) in enumerate(pairwise((9, *widths))):
            stride = 1 if number == len(widths) - 1 else 2
            layers.append(nn.Conv2d(before, width, 4, stride, 1))
            if number:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.LeakyReLU(0.2))
        layers.append(nn.Conv2d(widths[-1], 1, 4, 1, 1))
        self.layers = nn.Sequential(*layers)

    def forward(self, degraded: Tensor, guide: Tensor, picture: Tensor) -> Tensor:
        """See above; pictures are 0..1."""
        logits: Tensor = self.layers(2 * torch.cat([degraded, guide, picture], dim=1) - 1)
        return logits


def landmark_boxes(landmarks: Tensor) -> Tensor:
    """The smallest box around all landmarks: N x P x 2 -> N x 4, left, top, right, bottom."""
    low = landmarks.amin(1).clamp(0, 1 - _SMALLEST_BOX)
    high = torch.maximum(landmarks.amax(1).clamp(0, 1), low + _SMALLEST_BOX)
    return torch.cat([low, high], dim=1)


def cut(pictures: Tensor, boxes: Tensor, side: int) -> Tensor:
    """The boxes (N x 4, 0..1) of N x C x H x W pictures, each sampled to side x side."""
    line = (torch.arange(side, device=pictures.device) + 0.5) / side
    left, top, right, bottom = (edge[:, None] for edge in boxes.to(pictures).unbind(1))
    x = left + line * (right - left)
    y = top + line * (bottom - top)
    grid = torch.stack(
        [x[:, None, :].expand(-1, side, -1), y[:, :, None].expand(-1, -1, side)], dim=-1
    )
    return F.grid_sample(pictures, 2 * grid - 1, padding_mode="border", align_corners=False)
