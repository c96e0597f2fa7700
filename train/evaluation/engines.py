"""Lets an engine be measured like a restoring network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.base import Engine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.restoration.restorer import RESTORER_TENSORS


class PrecisionNotServed(NasfeError):
    code = "precision-not-served"
    text = "The network cannot be measured in {asked}: {served} would serve ({reason})."
    remedy = "Ask for another --engine, or write the file with: nasfe-train quantise"

    asked: Precision
    served: str
    reason: str


class OtherSize(NasfeError):
    code = "other-size"
    text = "The camera's engines restore {side} x {side} pixels."
    remedy = "Add --side {side}, or leave --engine out."

    side: int


class EngineNetwork(nn.Module):
    """A shipped restorer as the camera runs it, in the form of `train.models.nasfe.network.Nasfe`.

    Args:
        model: the ONNX file, with its INT8 file if it has one.
        precision: which must be had.
        threads: see `OpenVINOEngine`.

    Raises:
        EngineError: a file cannot be used.
        PrecisionNotServed: this machine, or the network, has no such arithmetic.
    """

    def __init__(self, model: ModelFile, precision: Precision, threads: int) -> None:
        super().__init__()
        self._engine: Engine = OpenVINOEngine(
            model.path,
            model.sha256,
            RESTORER_TENSORS,
            precision,
            threads,
            quantised=model.quantised,
        )
        served = self._engine.describe()
        if precision is not Precision.AUTO and served.precision != precision.value:
            raise PrecisionNotServed(precision, served.precision, served.reason)
        self.precision = served.precision

    def forward(self, *inputs: Tensor) -> Tensor:
        """Like `Nasfe.forward`, for any number of pictures, one after the other.

        Raises:
            OtherSize: the pictures are of another size than the engine's.
        """
        if inputs[0].shape[1:] != self._engine.inputs["face"].shape[1:]:
            raise OtherSize(self._engine.inputs["face"].shape[-1])
        restored = []
        for values in zip(*inputs, strict=True):
            for name, value in zip(RESTORER_TENSORS, values, strict=False):
                self._engine.inputs[name][0] = value.numpy()
            self._engine.run()
            restored.append(torch.from_numpy(self._engine.outputs["restored"].copy()))
        return torch.cat(restored)
