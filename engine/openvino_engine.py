"""Runs ONNX networks on the CPU with OpenVINO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np

from engine.base import Buffer, EngineDescription
from engine.errors import EngineRunFailed, ModelContractBroken
from engine.model_file import read_model
from engine.openvino_runtime import openvino


class Precision(StrEnum):
    """Arithmetic of the network."""

    AUTO = "auto"
    BF16 = "bf16"
    F32 = "f32"


class OpenVINOEngine:
    """An `Engine` on the CPU.

    Args:
        path: ONNX file with static shapes.
        sha256: what the file must hash to.
        tensors: names of the inputs and outputs that the caller will use; what
            serves other outputs alone is not computed.
        precision: AUTO takes bf16 where the CPU has it in hardware.
        threads: CPU threads; 0 lets OpenVINO decide.

    Raises:
        ModelFileMissing, ModelFileDamaged: see `read_model`.
        ModelContractBroken: not an ONNX network, or a tensor is missing.
    """

    def __init__(
        self,
        path: Path,
        sha256: str,
        tensors: Sequence[str],
        precision: Precision = Precision.AUTO,
        threads: int = 0,
    ) -> None:
        content = read_model(path, sha256)
        core = openvino.Core()
        has_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self._precision = (
            precision
            if precision is not Precision.AUTO
            else (Precision.BF16 if has_bf16 else Precision.F32)
        )
        options: dict[str, object] = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": self._precision.value,
            "ENABLE_CPU_PINNING": False,
        }
        if threads:
            options["INFERENCE_NUM_THREADS"] = threads
        try:
            model = _with_outputs(core.read_model(content), set(tensors))
            compiled = core.compile_model(model, "CPU", options)
        except RuntimeError as error:
            raise ModelContractBroken(path, _first_line(error)) from None
        self._request = compiled.create_infer_request()
        self._inputs = {
            port.get_any_name(): self._request.get_tensor(port).data for port in compiled.inputs
        }
        self._outputs = {
            port.get_any_name(): self._request.get_tensor(port).data for port in compiled.outputs
        }
        missing = set(tensors) - set(self._inputs) - set(self._outputs)
        if missing:
            raise ModelContractBroken(path, f"no tensor named {', '.join(sorted(missing))}")
        for buffer in self._inputs.values():
            buffer[...] = 0
        name = str(core.get_property("CPU", "FULL_DEVICE_NAME")).strip()
        self._description = EngineDescription(
            runtime=f"OpenVINO {openvino.__version__.split('-')[0]}",
            device=f"CPU ({name})",
            precision=self._precision.value,
            reason=_reason(precision, has_bf16),
        )

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        return self._inputs

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        return self._outputs

    def run(self) -> None:
        try:
            self._request.infer(share_inputs=True, share_outputs=True)
        except RuntimeError as error:
            raise EngineRunFailed(self._description.device, _first_line(error)) from None

    def describe(self) -> EngineDescription:
        return self._description

    def close(self) -> None:
        # Replaced, not emptied: views that a caller still holds must not dangle.
        self._inputs = {name: np.empty(0, np.float32) for name in self._inputs}
        self._outputs = {name: np.empty(0, np.float32) for name in self._outputs}
        del self._request


def _with_outputs(model: openvino.Model, names: set[str]) -> openvino.Model:
    kept = [
        result for result in model.get_results() if result.input(0).get_tensor().get_names() & names
    ]
    # None at all is another network, and the caller says so by the missing names.
    return openvino.Model(kept, model.get_parameters()) if kept else model


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__


def _reason(asked: Precision, has_bf16: bool) -> str:
    if asked is not Precision.AUTO:
        return f"{asked.value} was asked for"
    if has_bf16:
        return "the CPU computes bf16 in hardware"
    return "the CPU has no bf16 arithmetic"
