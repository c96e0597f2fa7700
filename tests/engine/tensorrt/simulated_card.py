"""A card made of host memory: CUDA's calls, and TensorRT's, with faults that tests switch on.

No GPU is at hand where the tests run. What is shown with it is what our code
does with the answers: that everything is bound, copied, captured, checked and
freed. That the answers are a real card's, only a real card can show
(benchmarks/network/gpu.py).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from enum import Enum, IntEnum
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnxruntime

from engine.model_file import Network
from engine.tensorrt.cuda import Card, Cuda
from engine.tensorrt.runtime import TensorRT
from engine.tensorrt.typed_graph import typed_graph

CARD = Card("Simulated RTX", "8.9", "1.0")


class CudaError(IntEnum):
    """The error codes that the tests use."""

    cudaSuccess = 0
    cudaErrorMemoryAllocation = 2
    cudaErrorDevicesUnavailable = 46
    cudaErrorNoDevice = 100
    cudaErrorInsufficientDriver = 35
    cudaErrorStreamCaptureUnsupported = 900


class SimulatedCuda:
    """What `cuda.bindings.runtime` offers, as far as it is used.

    Attributes:
        faults: error to return, by name of the call.
        calls: names of the calls so far.
        held: what was allocated or made and not freed yet, by kind.
    """

    cudaError_t = CudaError
    cudaStreamNonBlocking = 1
    cudaHostRegisterDefault = 0
    cudaMemcpyKind = Enum("cudaMemcpyKind", ["cudaMemcpyHostToDevice", "cudaMemcpyDeviceToHost"])
    cudaStreamCaptureMode = Enum("cudaStreamCaptureMode", ["cudaStreamCaptureModeThreadLocal"])

    def __init__(self) -> None:
        self.faults: dict[str, CudaError] = {}
        self.calls: list[str] = []
        self.held: dict[tuple[str, int], Any] = {}
        self.recording: list[Callable[[], None]] | None = None
        self._next = 1

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if not name.startswith("cuda") or not callable(value) or isinstance(value, type):
            return value

        def call(*arguments: Any) -> tuple[Any, ...]:
            self.calls.append(name)
            if name in self.faults:
                if name == "cudaStreamEndCapture":
                    self.recording = None  # A capture that fails has ended, too.
                return (self.faults[name], None)
            result = value(*arguments)
            results = result if isinstance(result, list) else [] if result is None else [result]
            return (CudaError.cudaSuccess, *results)

        return call

    def _hold(self, kind: str, what: Any, number: int | None = None) -> int:
        if number is None:
            number, self._next = self._next, self._next + 1
        assert (kind, number) not in self.held
        self.held[kind, number] = what
        return number

    def _do(self, work: Callable[[], None]) -> None:
        if self.recording is None:
            work()
        else:
            self.recording.append(work)

    def cudaGetDeviceCount(self) -> int:
        return 1

    def cudaGetDeviceProperties(self, _number: int) -> SimpleNamespace:
        return SimpleNamespace(name=CARD.name.encode(), major=8, minor=9)

    def cudaDriverGetVersion(self) -> int:
        return 13000

    def cudaMemGetInfo(self) -> list[int]:
        return [10**9, 2 * 10**9]

    def cudaGetLastError(self) -> None:
        pass

    def cudaMalloc(self, size: int) -> int:
        memory = ctypes.create_string_buffer(size)
        return self._hold("memory", memory, ctypes.addressof(memory))

    def cudaFree(self, address: int) -> None:
        del self.held["memory", address]

    def cudaHostRegister(self, address: int, size: int, _flags: int) -> None:
        self._hold("pinned", size, address)

    def cudaHostUnregister(self, address: int) -> None:
        del self.held["pinned", address]

    def cudaMemcpyAsync(self, target: int, source: int, size: int, kind: Enum, stream: int) -> None:
        upload = kind is self.cudaMemcpyKind.cudaMemcpyHostToDevice
        host, device = (source, target) if upload else (target, source)
        assert self.held["pinned", host] == size, "copies from and to pinned memory alone"
        assert ("memory", device) in self.held and ("stream", stream) in self.held
        self._do(lambda: ctypes.memmove(target, source, size) and None)

    def cudaStreamCreateWithFlags(self, _flags: int) -> int:
        return self._hold("stream", None)

    def cudaStreamDestroy(self, stream: int) -> None:
        del self.held["stream", stream]

    def cudaStreamSynchronize(self, stream: int) -> None:
        assert ("stream", stream) in self.held and self.recording is None

    def cudaStreamBeginCapture(self, _stream: int, _mode: Enum) -> None:
        self.recording = []

    def cudaStreamEndCapture(self, _stream: int) -> int:
        recorded, self.recording = self.recording, None
        return self._hold("graph", recorded)

    def cudaGraphInstantiate(self, graph: int, _flags: int) -> int:
        return self._hold("executable", self.held["graph", graph])

    def cudaGraphLaunch(self, executable: int, _stream: int) -> None:
        for work in self.held["executable", executable]:
            work()

    def cudaGraphDestroy(self, graph: int) -> None:
        del self.held["graph", graph]

    def cudaGraphExecDestroy(self, executable: int) -> None:
        del self.held["executable", executable]

    def cudaEventCreate(self) -> int:
        return self._hold("event", None)

    def cudaEventDestroy(self, event: int) -> None:
        del self.held["event", event]

    def cudaEventRecord(self, _event: int, _stream: int) -> None:
        pass

    def cudaEventSynchronize(self, _event: int) -> None:
        pass

    def cudaEventElapsedTime(self, _began: int, _ended: int) -> float:
        return 0.5


class SimulatedTensorRT:
    """TensorRT's bindings: an "engine" is an ONNX file, and ONNX Runtime computes it.

    Attributes:
        faults: names of calls that fail as TensorRT's do, by None or False.
    """

    DataType = Enum("DataType", ["FLOAT", "HALF"])
    TensorIOMode = Enum("TensorIOMode", ["INPUT", "OUTPUT"])

    class ILogger:
        """The base of logs."""

        Severity = IntEnum("Severity", ["ERROR", "WARNING", "INFO"])

    def __init__(self, cuda: SimulatedCuda) -> None:
        self.faults: set[str] = set()
        self._cuda = cuda

    def Runtime(self, log: Any) -> Any:
        return _Runtime(self, self._cuda, log)


class _Runtime:
    def __init__(self, trt: SimulatedTensorRT, cuda: SimulatedCuda, log: Any) -> None:
        self.trt, self.cuda, self.log = trt, cuda, log

    def fails(self, name: str) -> bool:
        if name in self.trt.faults:
            self.log.log(self.trt.ILogger.Severity.ERROR, f"{name} failed\nin line 1")
            return True
        return False

    def deserialize_cuda_engine(self, content: bytes) -> Any:
        if self.fails("deserialize_cuda_engine"):
            return None
        try:
            return _Engine(self, content)
        except Exception as error:
            self.log.log(self.trt.ILogger.Severity.ERROR, str(error))
            return None


class _Engine:
    def __init__(self, runtime: _Runtime, content: bytes) -> None:
        self.runtime = runtime
        self.session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
        self._values = {
            v.name: v for v in (*self.session.get_inputs(), *self.session.get_outputs())
        }
        self.num_io_tensors = len(self._values)

    def get_tensor_name(self, index: int) -> str:
        return list(self._values)[index]

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        return tuple(self._values[name].shape)

    def get_tensor_dtype(self, name: str) -> Enum:
        types = SimulatedTensorRT.DataType
        return types.FLOAT if self._values[name].type == "tensor(float)" else types.HALF

    def get_tensor_mode(self, name: str) -> Enum:
        modes = SimulatedTensorRT.TensorIOMode
        inputs = {value.name for value in self.session.get_inputs()}
        return modes.INPUT if name in inputs else modes.OUTPUT

    def create_execution_context(self) -> Any:
        return None if self.runtime.fails("create_execution_context") else _Context(self)


class _Context:
    def __init__(self, engine: _Engine) -> None:
        self._engine = engine
        self._addresses: dict[str, int] = {}

    def is_stream_capturable(self, _stream: int) -> bool:
        return "is_stream_capturable" not in self._engine.runtime.trt.faults

    def set_tensor_address(self, name: str, address: int) -> bool:
        self._addresses[name] = address
        return not self._engine.runtime.fails("set_tensor_address")

    def execute_async_v3(self, _stream: int) -> bool:
        if self._engine.runtime.fails("execute_async_v3"):
            return False
        self._engine.runtime.cuda._do(self._compute)
        return True

    def _compute(self) -> None:
        session = self._engine.session
        results = session.run(None, {v.name: self._tensor(v.name) for v in session.get_inputs()})
        for value, result in zip(session.get_outputs(), results, strict=True):
            self._tensor(value.name)[...] = result

    def _tensor(self, name: str) -> np.ndarray:
        shape = self._engine.get_tensor_shape(name)
        memory = (ctypes.c_float * int(np.prod(shape))).from_address(self._addresses[name])
        return np.ctypeslib.as_array(memory).reshape(shape)


def simulated() -> tuple[SimulatedCuda, SimulatedTensorRT, Cuda, TensorRT]:
    """A card and its libraries, to steer and to be used."""
    cuda = SimulatedCuda()
    trt = SimulatedTensorRT(cuda)
    return cuda, trt, Cuda(cuda), TensorRT(trt, "Simulated TensorRT", "1.0")


def compile_simulated(
    network: Network, compute_capability: str, *_arguments: object, **_options: object
) -> bytes:
    """In place of `compile_in_process`: what the simulated TensorRT takes for an engine."""
    return typed_graph(network, compute_capability)


COMPILER = "engine.tensorrt.compilation.compile_in_process"
"""What tests replace by `compile_simulated`."""
