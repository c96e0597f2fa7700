"""GFRNet: restoration with a warped photo of the person (Li et al. 2018, figure 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import torch
from torch import Tensor, nn

from train.models.gfrnet.rec_net import RecNet
from train.models.gfrnet.sampling import warp_by_flow
from train.models.gfrnet.warp_net import WarpNet


class Guidance(StrEnum):
    """What RecNet is shown beside the degraded picture: rows of Table 1, and one of ours."""

    FLOW = "flow"
    """The guide, warped by WarpNet: the full network."""
    UNWARPED = "unwarped"
    """The guide as it is: "-W" of the paper."""
    NOTHING = "nothing"
    """No guide: "-WG" of the paper."""
    LANDMARKS = "landmarks"
    """The camera's `guidance`: the guide, warped by landmarks. The paper has no such row."""


@dataclass(frozen=True, slots=True)
class GFRNetSize:
    """Widths of one size of the network.

    Attributes:
        warp, reconstruct: channels of the encoders of WarpNet and RecNet.
        side: of a crop, in pixels, that it is made for; 0 for any.
    """

    warp: tuple[int, ...]
    reconstruct: tuple[int, ...]
    side: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Guided:
    """What `GFRNet` makes.

    Attributes:
        restored: N x 3 x S x S, RGB, 0..1.
        warped: what RecNet was shown of the guide; None for nothing.
        flow: N x 2 x S x S of WarpNet; None without it.
    """

    restored: Tensor
    warped: Tensor | None
    flow: Tensor | None


class GFRNet(nn.Module):
    """I_hat = F(I^d, I^g).

    Args:
        size: widths.
        guidance: what RecNet is shown.
    """

    def __init__(self, size: GFRNetSize, guidance: Guidance = Guidance.FLOW) -> None:
        super().__init__()
        self.guidance = guidance
        self.multiple = int(2 ** len(size.reconstruct))
        channels = {Guidance.NOTHING: 3, Guidance.LANDMARKS: 7}.get(guidance, 6)
        self.warp_net = WarpNet(size.warp) if guidance is Guidance.FLOW else None
        self.rec_net = RecNet(channels, size.reconstruct)

    def forward(self, degraded: Tensor, guide: Tensor) -> Tensor:
        """The restored picture, N x 3 x S x S, RGB, 0..1; see `guided`."""
        return self.guided(degraded, guide).restored

    def guided(self, degraded: Tensor, guide: Tensor) -> Guided:
        """Restore aligned face crops.

        Args:
            degraded: I^d, N x 3 x S x S, RGB, 0..1; S a multiple of `multiple`.
            guide: I^g, N x 3 x S x S, RGB, 0..1; for `Guidance.LANDMARKS` the camera's
                input `guidance`, N x 4 x S x S.
        """
        shown = 2 * degraded - 1
        if self.guidance is Guidance.NOTHING:
            return Guided(self.rec_net(shown), None, None)
        if self.guidance is Guidance.LANDMARKS:
            # Its contrast is 1 and its mean 0 already.
            return Guided(self.rec_net(torch.cat([shown, guide], dim=1)), guide, None)
        flow, warped = None, guide
        if self.warp_net is not None:
            flow = self.warp_net(degraded, guide)
            warped = warp_by_flow(guide.float(), flow)
        restored = self.rec_net(torch.cat([shown, 2 * warped - 1], dim=1))
        return Guided(restored, warped, flow)
