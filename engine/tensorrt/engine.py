"""Runs networks that TensorRT has compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np

from engine.base import Buffer, EngineDescription
from engine.errors import CudaCallFailed, EngineRefused, EngineRunFailed
from engine.reasons import CardRunsOneGraph, CardRunsWithoutGraph
from engine.tensorrt.captured_run import capture
from engine.tensorrt.cuda import Card, Cuda
from engine.tensorrt.device_memory import PinnedTensor
from engine.tensorrt.log import make_log
from engine.tensorrt.runtime import TensorRT

WARM_UP_RUNS = 3
"""TensorRT for RTX finishes its kernels in the first run, and capture needs a run before it."""


class TensorRTEngine:
    """An `Engine` on an NVIDIA card.

    One run copies the inputs to the card, computes, and copies the outputs
    back; these calls are recorded as one CUDA graph. All memory is allocated
    here, none in `run`.

    Args:
        content: the serialised engine (`build_engine`): static shapes, float32
            at its inputs and outputs.
        tensors: names of the inputs and outputs that it must have.
        tensorrt: from `load_tensorrt`, the version that built the content.
        cuda: from `load_cuda`.
        card: from `find_card`.
        precision: of the trunk, for the description.

    Raises:
        EngineRefused: made for another card or version, damaged, of another
            contract, too large for the card's memory, or its first run failed.
    """

    def __init__(
        self,
        content: bytes,
        tensors: Sequence[str],
        tensorrt: TensorRT,
        cuda: Cuda,
        card: Card,
        precision: str,
    ) -> None:
        self._cuda = cuda
        self._device = card.name
        self._cleanup = ExitStack()
        self._context: Any = None
        self._owners: tuple[Any, ...] = ()
        self._graph: Any = None
        self._inputs: dict[str, PinnedTensor] = {}
        self._outputs: dict[str, PinnedTensor] = {}
        try:
            self._stream = cuda.call("cudaStreamCreateWithFlags", cuda.api.cudaStreamNonBlocking)
            self._cleanup.callback(cuda.release, "cudaStreamDestroy", self._stream)
            self._load(content, tensorrt.module)
            self._bind(tensors, tensorrt.module)
            for _ in range(WARM_UP_RUNS):
                self.run()
            self._graph = self._captured()
            self.run()
        except (CudaCallFailed, EngineRunFailed) as error:
            self.close()
            failure = error.failure if isinstance(error, CudaCallFailed) else error.reason
            raise EngineRefused(self._device, failure) from None
        except BaseException:
            self.close()
            raise
        self._input_buffers = {name: tensor.host for name, tensor in self._inputs.items()}
        self._output_buffers = {name: tensor.host for name, tensor in self._outputs.items()}
        reason = CardRunsOneGraph() if self._graph is not None else CardRunsWithoutGraph()
        self._description = EngineDescription(
            runtime=str(tensorrt),
            device=str(card),
            precision=precision,
            reasons=(reason.statement,),
        )

    def _load(self, content: bytes, trt: Any) -> None:
        self._log = make_log(trt)
        runtime = trt.Runtime(self._log)
        engine = runtime.deserialize_cuda_engine(content)
        self._owners = (runtime, engine)
        self._context = None if engine is None else engine.create_execution_context()
        if self._context is None:
            raise EngineRefused(self._device, self._log.last_error())

    def _bind(self, tensors: Sequence[str], trt: Any) -> None:
        """Give every tensor its memory."""
        _, engine = self._owners
        for index in range(engine.num_io_tensors):
            name = engine.get_tensor_name(index)
            shape = tuple(engine.get_tensor_shape(name))
            if engine.get_tensor_dtype(name) != trt.DataType.FLOAT or min(shape, default=1) < 1:
                raise EngineRefused(self._device, f"{name} is not float32 of a fixed shape")
            tensor = PinnedTensor(self._cuda, shape, self._cleanup)
            is_input = engine.get_tensor_mode(name) == trt.TensorIOMode.INPUT
            (self._inputs if is_input else self._outputs)[name] = tensor
            if not self._context.set_tensor_address(name, tensor.device):
                raise EngineRefused(self._device, self._log.last_error())
        missing = set(tensors) - set(self._inputs) - set(self._outputs)
        if missing:
            raise EngineRefused(self._device, f"no tensor named {', '.join(sorted(missing))}")

    @property
    def inputs(self) -> Mapping[str, Buffer]:
        return self._input_buffers

    @property
    def outputs(self) -> Mapping[str, Buffer]:
        return self._output_buffers

    def run(self) -> None:
        try:
            self._start()
            self._cuda.call("cudaStreamSynchronize", self._stream)
        except CudaCallFailed as error:
            raise EngineRunFailed(self._device, error.failure) from None

    def device_milliseconds(self) -> float:
        """Time of one run on the card, copies included, between two CUDA events; for benchmarks.

        Raises:
            CudaCallFailed, EngineRunFailed: the device refused.
        """
        with ExitStack() as cleanup:
            began, ended = self._cuda.call("cudaEventCreate"), self._cuda.call("cudaEventCreate")
            cleanup.callback(self._cuda.release, "cudaEventDestroy", began)
            cleanup.callback(self._cuda.release, "cudaEventDestroy", ended)
            self._cuda.call("cudaEventRecord", began, self._stream)
            self._start()
            self._cuda.call("cudaEventRecord", ended, self._stream)
            self._cuda.call("cudaEventSynchronize", ended)
            return float(self._cuda.call("cudaEventElapsedTime", began, ended))

    def describe(self) -> EngineDescription:
        return self._description

    def close(self) -> None:
        # Replaced, not emptied: views that a caller still holds must not be computed into.
        self._input_buffers = {name: np.empty(0, np.float32) for name in self._inputs}
        self._output_buffers = {name: np.empty(0, np.float32) for name in self._outputs}
        if hasattr(self, "_stream"):
            self._cuda.release("cudaStreamSynchronize", self._stream)
        # In this order: the context before what it was made from, all before their memory.
        self._context = None
        self._owners = ()
        self._cleanup.close()

    def _start(self) -> None:
        """Put one run into the stream; returns at once."""
        if self._graph is not None:
            self._cuda.call("cudaGraphLaunch", self._graph, self._stream)
        else:
            self._enqueue()

    def _enqueue(self) -> None:
        for tensor in self._inputs.values():
            tensor.upload(self._stream)
        if not self._context.execute_async_v3(int(self._stream)):
            raise EngineRunFailed(self._device, self._log.last_error())
        for tensor in self._outputs.values():
            tensor.download(self._stream)

    def _captured(self) -> Any | None:
        can = getattr(self._context, "is_stream_capturable", None)  # TensorRT for RTX alone
        if can is not None and not can(int(self._stream)):
            return None
        return capture(self._cuda, self._stream, self._enqueue, self._cleanup)
