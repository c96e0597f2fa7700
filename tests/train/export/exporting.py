"""Modules as ONNX graphs, the way `train.export.onnx` writes them."""

from __future__ import annotations

import io
import warnings

import onnx
import torch
from torch import nn

from train.export.onnx import OPSET
from train.models.nasfe.operators.fft_op import FFTOp


def exported(module: nn.Module, example: torch.Tensor) -> onnx.ModelProto:
    """The graph of a module with one input "x" and one output "out"."""
    for part in module.modules():
        if isinstance(part, FFTOp):
            part.use_matrices = True
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            (example,),
            content,
            dynamo=False,
            opset_version=OPSET,
            input_names=["x"],
            output_names=["out"],
        )
    return onnx.load_model_from_string(content.getvalue())
