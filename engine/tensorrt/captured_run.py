"""A sequence of CUDA calls, recorded once and then launched with one call."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from engine.errors import CudaCallFailed
from engine.tensorrt.cuda import Cuda


def capture(cuda: Cuda, stream: Any, enqueue: Callable[[], None], cleanup: ExitStack) -> Any | None:
    """Record what `enqueue` puts into the stream as a CUDA graph.

    Args:
        cuda: see `load_cuda`.
        stream: not the default one, with nothing in it.
        enqueue: has run before, so that nothing is left that happens only once.
        cleanup: is given everything that must be undone.

    Returns:
        The executable graph, for `cudaGraphLaunch`; None if the driver or the
        runtime refuses to be recorded, which costs time and nothing else.
    """
    try:
        # Other threads use CUDA meanwhile, which must not spoil this recording.
        mode = cuda.api.cudaStreamCaptureMode.cudaStreamCaptureModeThreadLocal
        cuda.call("cudaStreamBeginCapture", stream, mode)
    except CudaCallFailed:
        return None
    recorded = True
    try:
        enqueue()
    except Exception:  # Whatever it is, the recording must be ended before anything else runs.
        recorded = False
    try:
        graph = cuda.call("cudaStreamEndCapture", stream)
        cleanup.callback(cuda.release, "cudaGraphDestroy", graph)
        if not recorded:
            return None
        executable = cuda.call("cudaGraphInstantiate", graph, 0)
    except CudaCallFailed:
        cuda.release("cudaGetLastError")  # The refusal is not to be taken for a later call's.
        return None
    cleanup.callback(cuda.release, "cudaGraphExecDestroy", executable)
    return executable
