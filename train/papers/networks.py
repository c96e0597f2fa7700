"""The papers' networks by the name of their size, and from their weight files."""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nasfe_cam.core.errors import NasfeError
from train.guided.training import NETWORK
from train.models.gfrnet.network import GFRNet, Guidance
from train.models.gfrnet.presets import GFRNET_SIZES
from train.models.hifacegan.presets import HIFACEGAN_SIZES
from train.models.mmrb.network import MMRBNetwork
from train.models.mmrb.presets import MMRB_SIZES
from train.papers.hifacegan_recipe import build_hifacegan
from train.weights import load_weights, read_about

PaperNetwork = GFRNet | MMRBNetwork | nn.Module

PAPERS = {
    **dict.fromkeys(HIFACEGAN_SIZES, "hifacegan"),
    **dict.fromkeys(GFRNET_SIZES, "gfrnet"),
    **dict.fromkeys(MMRB_SIZES, "mmrb"),
}
"""Which paper a size belongs to."""


class OtherNetwork(NasfeError):
    code = "other-network"
    text = "The weights {path} are of {found!r}, not of one of the papers' networks."
    remedy = "Give average.safetensors of a run of train/experiments/papers."

    path: Path
    found: str


def build_paper_network(
    name: str,
    *,
    guidance: Guidance = Guidance.FLOW,
    adaptive: bool = True,
    spade: bool = True,
    plain_blocks: bool = False,
) -> nn.Module:
    """An untrained network.

    Args:
        name: a key of `PAPERS`.
        guidance: for GFRNet.
        adaptive, spade: for HiFaceGAN.
        plain_blocks: for MMRB.
    """
    if name in HIFACEGAN_SIZES:
        return build_hifacegan(name, adaptive, spade)
    if name in GFRNET_SIZES:
        return GFRNet(GFRNET_SIZES[name], guidance)
    return MMRBNetwork(MMRB_SIZES[name], plain_blocks)


def load_paper_network(path: Path) -> tuple[str, nn.Module]:
    """Name and network of a file of averaged weights, in eval mode.

    Raises:
        ModelFileMissing, ModelFileDamaged, OtherNetwork: the file cannot be used.
    """
    about = read_about(path)
    name = about.get(NETWORK, "")
    if name not in PAPERS:
        raise OtherNetwork(path, name or "unknown")
    experiment = json.loads(about.get("experiment", "{}"))
    network = build_paper_network(
        name,
        guidance=Guidance(experiment.get("guidance", Guidance.FLOW)),
        adaptive=experiment.get("adaptive", True),
        spade=experiment.get("spade", True),
        plain_blocks=experiment.get("plain_blocks", False),
    )
    load_weights(network, path)
    return name, network.eval().requires_grad_(False)


def fitted(network: nn.Module, picture: Tensor) -> Tensor:
    """A picture as the network takes it.

    Args:
        network: MMRB takes one side alone; the others, any multiple.
        picture: N x C x H x W, square or the middle columns of a square.

    Returns:
        N x C x S x S: resized for MMRB, else padded with its edges.
    """
    height, width = picture.shape[-2:]
    square = F.pad(picture, _sides(height - width, 0), mode="replicate")
    multiple = int(getattr(network, "multiple"))  # noqa: B009 - of any network here
    if isinstance(network, MMRBNetwork):
        if height == multiple:
            return square
        mode = "area" if height > multiple else "bilinear"
        return F.interpolate(square, size=(multiple, multiple), mode=mode)
    spare = -height % multiple
    return F.pad(square, _sides(spare, spare), mode="replicate")


def unfitted(network: nn.Module, restored: Tensor, height: int, width: int) -> Tensor:
    """The part of a restored picture that `fitted` was given."""
    if isinstance(network, MMRBNetwork) and restored.shape[-1] != height:
        restored = F.interpolate(
            restored, size=(height, height), mode="bicubic", align_corners=False
        )
    top = (restored.shape[-2] - height) // 2
    left = (restored.shape[-1] - width) // 2
    return restored[..., top : top + height, left : left + width]


def _sides(across: int, down: int) -> list[int]:
    return [across // 2, across - across // 2, down // 2, down - down // 2]


@torch.inference_mode()
def restore_picture(network: nn.Module, face: Tensor, guide: Tensor | None = None) -> Tensor:
    """Restore 1 x 3 x H x W, 0..1.

    Args:
        network: of `build_paper_network`, in eval mode.
        face: as in `fitted`.
        guide: of the same size, for GFRNet: three channels, or the camera's four where it is
            warped by landmarks; None is nobody's.
    """
    height, width = face.shape[-2:]
    shown = fitted(network, face)
    if isinstance(network, GFRNet):
        channels = 4 if network.guidance is Guidance.LANDMARKS else 3
        if guide is None:
            guide = torch.zeros(len(face), channels, height, width)
        restored = network(shown, fitted(network, guide))
    else:
        restored = network(shown)
    return unfitted(network, restored, height, width).clamp(0, 1)
