"""Writes a stand-in as ONNX, for the engine that runs our network."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from torch import nn

from nasfe_cam.core.atomic_files import FileBeside
from train.export.onnx import OPSET


def export(network: nn.Module, side: int, path: Path) -> None:
    """Write a network of a square face, with our opset and our tensor names."""
    with FileBeside(path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (torch.rand(1, 3, side, side),),
            str(file.temporary),
            dynamo=False,
            opset_version=OPSET,
            input_names=["face"],
            output_names=["restored"],
        )
