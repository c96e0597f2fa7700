"""Writes the guided network as ONNX, with `guidance` and `memory` as named inputs."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from nasfe_cam.core.frame import FloatArray
from train.export.onnx import SIZE, ModelText, export_checked
from train.models.guided.network import GuidedNasfe

UNET_INPUTS = ("face", "guidance", "memory", "degradation")
GUIDED_INPUTS = (*UNET_INPUTS, "identity", "identity_mean", "identity_std")


def inputs_of(network: nn.Module) -> tuple[str, ...]:
    """The names of a guided network's inputs, in their order."""
    told = isinstance(network, GuidedNasfe) and network.identity is not None
    return GUIDED_INPUTS if told else UNET_INPUTS


def export_guided(network: nn.Module, path: Path, crops: FloatArray, text: ModelText) -> None:
    """Write the guided restorer.

    Args:
        network: with its trained weights.
        path: the ONNX file.
        crops: N x 3 x 256 x 256 float32, RGB, 0..1: real degraded crops to compare on.
        text: metadata.

    Raises:
        RuntimesDisagree: see `train.export.onnx.export_restorer`.
    """
    names = inputs_of(network)
    grid, generator = SIZE // 8, torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=generator)

    samples = []
    for index, crop in enumerate(crops):
        face = torch.from_numpy(crop[None])
        # Every second one with a photo of somebody and a memory on half of the crop.
        shown = torch.zeros(1, 1, SIZE, SIZE)
        shown[..., : SIZE // 2] = float(index % 2)
        photo = torch.cat([4 * drawn(1, 3, SIZE, SIZE) - 2, torch.ones(1, 1, SIZE, SIZE)], dim=1)
        before = torch.cat([drawn(1, 3, SIZE, SIZE), torch.ones(1, 1, SIZE, SIZE)], dim=1)
        given = (
            face,
            photo * shown,
            before * shown,
            drawn(1, 3),
            index % 2 * (4 * drawn(1, 256, grid, grid) - 2),
            10 * drawn(1, 256),
            10 * drawn(1, 256),
        )
        samples.append(given[: len(names)])
    export_checked(network.eval(), samples, names, ("restored",), path, text)
