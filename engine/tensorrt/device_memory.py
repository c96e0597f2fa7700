"""Tensors with two buffers: pinned memory of the host, and memory of the card."""

from __future__ import annotations

import math
import mmap
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np

from engine.tensorrt.cuda import Cuda


class PinnedTensor:
    """A float32 tensor with a buffer on either side, allocated once.

    The host's buffer is memory of this process that CUDA pins, not memory of
    CUDA: a view that outlives the card, or `close`, reads old numbers and does
    not end the process.

    Args:
        cuda: see `load_cuda`.
        shape: of the tensor.
        cleanup: is given everything that must be undone.

    Raises:
        CudaCallFailed: the memory is used up, or may not be pinned.
    """

    def __init__(self, cuda: Cuda, shape: Sequence[int], cleanup: ExitStack) -> None:
        self._cuda = cuda
        self._bytes = math.prod(shape) * np.dtype(np.float32).itemsize
        # Whole pages of its own, all zero: two pinned ranges must not share a page.
        self.host = np.frombuffer(mmap.mmap(-1, self._bytes), np.float32).reshape(shape)
        self._address = self.host.ctypes.data
        cuda.call("cudaHostRegister", self._address, self._bytes, cuda.api.cudaHostRegisterDefault)
        cleanup.callback(cuda.release, "cudaHostUnregister", self._address)
        self.device = int(cuda.call("cudaMalloc", self._bytes))
        cleanup.callback(cuda.release, "cudaFree", self.device)

    def upload(self, stream: Any) -> None:
        """Copy from the host to the card, in the order of the stream; returns at once."""
        kind = self._cuda.api.cudaMemcpyKind.cudaMemcpyHostToDevice
        self._copy(self.device, self._address, kind, stream)

    def download(self, stream: Any) -> None:
        """Copy from the card to the host, in the order of the stream; returns at once."""
        kind = self._cuda.api.cudaMemcpyKind.cudaMemcpyDeviceToHost
        self._copy(self._address, self.device, kind, stream)

    def _copy(self, target: int, source: int, kind: Any, stream: Any) -> None:
        self._cuda.call("cudaMemcpyAsync", target, source, self._bytes, kind, stream)
