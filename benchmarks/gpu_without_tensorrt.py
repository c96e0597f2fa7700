"""Runtimes that benchmarks/gpu.py measures where TensorRT refuses the card.

The camera does not use them; they tell what the card could do with the same
graph. Neither could be run where they were written: there was no GPU.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter

import numpy as np
import onnxruntime
import torch

from engine import EngineDescription
from engine.base import Buffer
from engine.model_file import Network
from train.models.operators import FFTOp
from train.models.presets import SIZES, build
from train.weights import WEIGHTS, load_weights

CUDA_PROVIDER = "CUDAExecutionProvider"
INPUTS = ("face", "identity", "identity_mean", "identity_std", "degradation")
SHAPES = ((1, 3, 256, 256), (1, 256, 32, 32), (1, 256), (1, 256), (1, 3))


class NotHere(Exception):
    """No runtime of this module can use the card."""


class OnnxRuntimeCuda:
    """The float16 graph on ONNX Runtime's CUDA provider; timed by the clock, copies included."""

    def __init__(self, graph: bytes) -> None:
        self._session = onnxruntime.InferenceSession(graph, providers=[CUDA_PROVIDER])
        self.inputs: Mapping[str, Buffer] = {
            value.name: np.zeros(value.shape, np.float32) for value in self._session.get_inputs()
        }
        self._names = [value.name for value in self._session.get_outputs()]
        self.outputs: Mapping[str, Buffer] = {}
        self.run()

    def run(self) -> None:
        results = self._session.run(self._names, dict(self.inputs))
        self.outputs = dict(zip(self._names, results, strict=True))

    def device_milliseconds(self) -> float:
        began = perf_counter()
        self.run()
        return (perf_counter() - began) * 1000

    def describe(self) -> EngineDescription:
        runtime = f"ONNX Runtime {onnxruntime.__version__}, CUDA, float16, timed by the clock"
        return EngineDescription(runtime, "NVIDIA", "f16", "TensorRT refused")

    def close(self) -> None:
        del self._session


class CapturedPyTorch:
    """The restorer in PyTorch under autocast, as one CUDA graph; timed by CUDA events."""

    def __init__(self, name: str) -> None:
        network = build(name).eval().cuda()
        load_weights(network, WEIGHTS / f"{name}.safetensors")
        for module in network.modules():
            if isinstance(module, FFTOp):
                module.use_matrices = True
        self._host = {n: torch.zeros(s).pin_memory() for n, s in zip(INPUTS, SHAPES, strict=True)}
        self._card = {n: tensor.cuda() for n, tensor in self._host.items()}
        self._restored = torch.zeros(SHAPES[0]).pin_memory()
        self.inputs: Mapping[str, Buffer] = {n: t.numpy() for n, t in self._host.items()}
        self.outputs: Mapping[str, Buffer] = {"restored": self._restored.numpy()}
        self._graph = torch.cuda.CUDAGraph()
        half = torch.autocast("cuda", torch.float16, cache_enabled=False)
        with torch.inference_mode(), half:
            side = torch.cuda.Stream()
            with torch.cuda.stream(side):
                for _ in range(3):
                    network(*self._card.values())
            torch.cuda.synchronize()
            with torch.cuda.graph(self._graph):
                self._result = network(*self._card.values()).float()

    def run(self) -> None:
        self._start()
        torch.cuda.synchronize()

    def device_milliseconds(self) -> float:
        began, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        began.record()
        self._start()
        ended.record()
        ended.synchronize()
        return float(began.elapsed_time(ended))

    def _start(self) -> None:
        for name, tensor in self._host.items():
            self._card[name].copy_(tensor, non_blocking=True)
        self._graph.replay()
        self._restored.copy_(self._result, non_blocking=True)

    def describe(self) -> EngineDescription:
        runtime = f"PyTorch {torch.__version__}, float16 autocast, one CUDA graph"
        return EngineDescription(runtime, "NVIDIA", "f16", "TensorRT refused")

    def close(self) -> None:
        del self._graph


def other_runtime(network: Network, graph: bytes) -> OnnxRuntimeCuda | CapturedPyTorch:
    """Whatever else runs the network on the card.

    Args:
        network: the shipped file.
        graph: its float16 form.

    Raises:
        NotHere: nothing else is installed that could.
    """
    if CUDA_PROVIDER in onnxruntime.get_available_providers():
        return OnnxRuntimeCuda(graph)
    if torch.cuda.is_available() and network.path.stem in SIZES:
        return CapturedPyTorch(network.path.stem)
    raise NotHere(
        f"nothing else can run {network.path.stem} on the card; install onnxruntime-gpu, "
        "or PyTorch with CUDA"
    )
