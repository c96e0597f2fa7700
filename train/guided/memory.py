"""Keeps what was restored in the last step, and warps it to the next frame.

On the CPU by the camera's own `warp`, on a GPU by its twin; a test shows that both agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from nasfe_cam.core.frame import Image
from nasfe_cam.faces.warp import GRID, warp
from train.guided.scenes.streams import Remembered


class Memories:
    """The last pictures of all slots of a batch."""

    def __init__(self) -> None:
        self._pictures: list[Image] = []

    def keep(self, restored: Tensor) -> None:
        """Remember N x 3 x h x w pictures, 0..1, as the camera keeps them: in 8 bits."""
        levels = (restored.detach().clamp(0, 1) * 255).round().to(torch.uint8)
        self._pictures = list(levels.permute(0, 2, 3, 1).contiguous().cpu().numpy())

    def recall(self, remembered: Sequence[Remembered]) -> Tensor:
        """The network's input `memory`: N x 4 x h x w float32; zeros where there is none."""
        warped = []
        for row, how in enumerate(remembered):
            left, top, width, height = how.window
            if how.field is None or row >= len(self._pictures):
                warped.append(np.zeros((4, height, width), np.float32))
                continue
            whole = np.zeros((how.side, how.side, 4), np.uint8)
            part = whole[top : top + height, left : left + width]
            part[..., :3] = self._pictures[row]
            part[..., 3] = 255
            warped.append(warp(whole, how.field, how.side, how.window))
        batch = torch.from_numpy(np.stack(warped))
        return batch.contiguous(memory_format=torch.channels_last)


class DeviceMemories:
    """The same for a device, which the pictures never leave."""

    def __init__(self) -> None:
        self._pictures: Tensor | None = None

    def keep(self, restored: Tensor) -> None:
        """See `Memories.keep`."""
        self._pictures = (restored.detach().float().clamp(0, 1) * 255).round() / 255

    def recall(self, remembered: Sequence[Remembered]) -> Tensor:
        """See `Memories.recall`; before anything was kept, on the CPU."""
        if self._pictures is None:
            _, _, width, height = remembered[0].window
            return torch.zeros(len(remembered), 4, height, width)
        return warp_batch(self._pictures, remembered)


def warp_batch(pictures: Tensor, remembered: Sequence[Remembered]) -> Tensor:
    """Warp N x 3 x h x w windows, 0..1, on their device: N x 4 x h x w with the mask."""
    device = pictures.device
    height, width = pictures.shape[-2:]
    nothing = np.zeros((GRID, GRID, 3), np.float32)
    fields = np.stack(
        [
            nothing
            if how.field is None
            else np.concatenate([how.field.ways, how.field.valid[..., None]], axis=2)
            for how in remembered
        ]
    )
    nodes = torch.from_numpy(fields).to(device).permute(0, 3, 1, 2)
    corner = torch.tensor([how.window[:2] for how in remembered], device=device)[:, None, None]
    side = torch.tensor([how.side for how in remembered], device=device)[:, None, None, None]
    rows, columns = torch.meshgrid(
        torch.arange(height, device=device) + 0.5,
        torch.arange(width, device=device) + 0.5,
        indexing="ij",
    )
    # N x h x w x 2, in crops from edge to edge.
    here = (torch.stack([columns, rows], dim=-1)[None] + corner) / side
    sampled = F.grid_sample(nodes, 2 * here - 1, padding_mode="border", align_corners=False)
    source = (here + sampled[:, :2].permute(0, 2, 3, 1)) * side - corner
    size = torch.tensor([width, height], device=device)
    masked = torch.cat([pictures, torch.ones_like(pictures[:, :1])], dim=1)
    warped = F.grid_sample(masked, 2 * source / size - 1, align_corners=False)
    mask = warped[:, 3:] * sampled[:, 2:]
    return torch.cat([warped[:, :3] * mask, mask], dim=1)
