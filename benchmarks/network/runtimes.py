"""The shipped restorer in every runtime that could run it on a CPU."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import numpy as np
import onnxruntime
import psutil
import torch
from numpy.typing import NDArray

from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.restoration.restorer import RESTORER_TENSORS
from train.models.nasfe.presets import build
from train.weights import WEIGHTS, load_weights

NETWORK = "nasfe-lite"
INPUTS = RESTORER_TENSORS[:-1]
# Of runs in a process of their own, whose memory is looked at.
RUNS_FOR_MEMORY = 5


class Runtime(StrEnum):
    """Who computes, and in what."""

    TORCH_F32 = "PyTorch f32"
    TORCH_BF16 = "PyTorch bf16"
    ONNX_RUNTIME = "ONNX Runtime f32"
    OPENVINO_F32 = "OpenVINO f32"
    OPENVINO_BF16 = "OpenVINO bf16"
    OPENVINO_INT8 = "OpenVINO int8"


OPENVINO = {
    Runtime.OPENVINO_F32: Precision.F32,
    Runtime.OPENVINO_BF16: Precision.BF16,
    Runtime.OPENVINO_INT8: Precision.INT8,
}

Run = Callable[[], object]
"""Restores one crop."""


def load(runtime: Runtime, threads: int, cache: Path | None = None) -> Run:
    """Load the restorer, and give it a crop of noise and an identity of noise.

    Args:
        cache: folder of compiled networks, for OpenVINO.
    """
    model = find_model(f"{NETWORK}.onnx")
    rng = np.random.default_rng(0)
    if runtime in OPENVINO:
        engine = OpenVINOEngine(
            model.path,
            model.sha256,
            RESTORER_TENSORS,
            OPENVINO[runtime],
            threads,
            cache=cache,
            quantised=model.quantised,
        )
        served = engine.describe()
        if served.precision != OPENVINO[runtime]:
            raise SystemExit(f"{runtime} cannot be measured: {served.reason}")
        for buffer in engine.inputs.values():
            buffer[...] = rng.random(buffer.shape, np.float32)
        return engine.run
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Its threads wait for the next run by turning, and would slow the runtime whose turn is next.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    session = onnxruntime.InferenceSession(str(model.path), options, ["CPUExecutionProvider"])
    values = {value.name: rng.random(value.shape, np.float32) for value in session.get_inputs()}
    if runtime is Runtime.ONNX_RUNTIME:
        return lambda: session.run(None, values)
    return _in_torch(values, threads, torch.bfloat16 if runtime is Runtime.TORCH_BF16 else None)


def _in_torch(
    values: Mapping[str, NDArray[np.float32]], threads: int, autocast: torch.dtype | None
) -> Run:
    network = build(NETWORK).eval()
    load_weights(network, WEIGHTS / f"{NETWORK}.safetensors")
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    tensors = [torch.from_numpy(values[name]) for name in INPUTS]
    tensors[0] = tensors[0].contiguous(memory_format=torch.channels_last)

    def run() -> object:
        torch.set_num_threads(threads)
        with (
            torch.inference_mode(),
            torch.autocast("cpu", autocast or torch.bfloat16, enabled=autocast is not None),
        ):
            return network(*tensors)

    return run


def megabytes_taken(runtime: Runtime, threads: int) -> float:
    """Memory that loading and some runs take beyond the libraries; in a process of its own."""
    process = psutil.Process()
    before = process.memory_info().rss
    run = load(runtime, threads)
    for _ in range(RUNS_FOR_MEMORY):
        run()
    return float(process.memory_info().rss - before) / 1e6
