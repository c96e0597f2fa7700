"""Writes a stand-in as ONNX, for the engine that runs our network."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from torch import nn

from train.export import OPSET


def export(network: nn.Module, side: int, path: Path) -> None:
    """Write a network of a square face, with our opset and our tensor names."""
    beside = path.with_suffix(".export")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (torch.rand(1, 3, side, side),),
            str(beside),
            dynamo=False,
            opset_version=OPSET,
            input_names=["face"],
            output_names=["restored"],
        )
    beside.rename(path)
