"""Writes a paper's network as ONNX, with the inputs that the camera's restorers have."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray
from train.export.guided import GUIDED_INPUTS
from train.export.onnx import RESTORER_INPUTS, SIZE, ModelText, export_checked
from train.models.gfrnet.network import GFRNet, Guidance
from train.models.mmrb.network import MMRBNetwork


class GuideNotWarped(NasfeError):
    code = "guide-not-warped"
    text = "{name} cannot be written for the camera: its guide is {guidance}."
    remedy = 'Train it with guidance = "landmarks": the camera warps the guide itself.'

    name: str
    guidance: str


class ForCamera(nn.Module):
    """A paper's network at 256 x 256, whatever its own side is, with the camera's inputs.

    It looks at `face`, and GFRNet at `guidance` too. What else the camera shows is weighed with
    zero: runtimes leave inputs out that nothing hangs on, and the camera would miss them.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.side = network.multiple if isinstance(network, MMRBNetwork) else SIZE

    def forward(self, face: Tensor, *others: Tensor) -> Tensor:
        """1 x 3 x 256 x 256, RGB, 0..1 -> the same, restored; the others as `inputs_of` says."""
        seen = face
        if self.side < SIZE:
            seen = F.avg_pool2d(face, SIZE // self.side)
        elif self.side > SIZE:
            seen = _resized(face, self.side)
        restored = self._restored(seen, others[0])
        if self.side < SIZE:
            restored = _resized(restored, SIZE)
        elif self.side > SIZE:
            restored = F.avg_pool2d(restored, self.side // SIZE)
        unseen = torch.stack([other.mean() for other in others]).sum()
        return restored.clamp(0, 1) + 0.0 * unseen

    def _restored(self, face: Tensor, guidance: Tensor) -> Tensor:
        restored: Tensor = (
            self.network(face, guidance) if isinstance(self.network, GFRNet) else self.network(face)
        )
        return restored


def inputs_of(network: nn.Module) -> tuple[str, ...]:
    """Names of the camera's inputs for a network: with guidance and memory for GFRNet."""
    return GUIDED_INPUTS if isinstance(network, GFRNet) else RESTORER_INPUTS


def export_paper_network(
    name: str, network: nn.Module, path: Path, crops: FloatArray, text: ModelText
) -> None:
    """Write a restorer.

    Args:
        name: of its size.
        network: with its trained weights, in eval mode.
        path: the ONNX file.
        crops: N x 3 x 256 x 256 float32, RGB, 0..1: real degraded crops to compare on.
        text: metadata.

    Raises:
        GuideNotWarped: the camera has no unwarped photo to show.
        RuntimesDisagree: see `train.export.onnx.export_restorer`.
    """
    if isinstance(network, GFRNet) and network.guidance in (Guidance.FLOW, Guidance.UNWARPED):
        raise GuideNotWarped(name, network.guidance.value)
    grid, generator = SIZE // 8, torch.Generator().manual_seed(0)
    inputs = inputs_of(network)
    samples = []
    for index, crop in enumerate(crops):
        photo = 4 * torch.rand(1, 3, SIZE, SIZE, generator=generator) - 2
        drawn = {
            "face": torch.from_numpy(crop[None]),
            "guidance": torch.cat([photo, torch.ones(1, 1, SIZE, SIZE)], dim=1) * float(index % 2),
            "memory": torch.rand(1, 4, SIZE, SIZE, generator=generator),
            "degradation": torch.rand(1, 3, generator=generator),
            "identity": torch.randn(1, 256, grid, grid, generator=generator),
            "identity_mean": torch.rand(1, 256, generator=generator),
            "identity_std": torch.rand(1, 256, generator=generator),
        }
        samples.append(tuple(drawn[key] for key in inputs))
    export_checked(ForCamera(network).eval(), samples, inputs, ("restored",), path, text)


def _resized(picture: Tensor, side: int) -> Tensor:
    return F.interpolate(picture, size=(side, side), mode="bilinear", align_corners=False)
