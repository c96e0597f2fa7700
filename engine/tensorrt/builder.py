"""Compiles a graph with TensorRT; the card itself is not needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import EngineNotBuilt
from engine.tensorrt.log import make_log
from engine.tensorrt.progress import make_progress_monitor
from engine.tensorrt.runtime import TensorRT

Progress = Callable[[float], None]
"""Told how much of a build is done, 0..1; what it raises ends the build."""


def build_engine(
    tensorrt: TensorRT,
    graph: bytes,
    network: str,
    compute_capability: str,
    progress: Progress,
    *,
    ahead_of_time: bool = False,
) -> bytes:
    """Compile.

    Args:
        tensorrt: from `load_tensorrt`.
        graph: ONNX with static shapes and every precision written (`typed_graph`).
        network: its name, for errors.
        compute_capability: of the card, such as "8.9".
        progress: see `Progress`; called from this thread.
        ahead_of_time: the card need not be here.

    Returns:
        The serialised engine.

    Raises:
        EngineNotBuilt: TensorRT refuses the graph or the card.
        ComputeCapabilityUnknown: nothing is compiled for that one ahead of time.
    """
    trt = tensorrt.module
    target = f"compute capability {compute_capability}"
    log = make_log(trt)
    builder = trt.Builder(log)
    definition = builder.create_network(_strongly_typed(trt))
    parser = trt.OnnxParser(definition, log)
    if not parser.parse(graph):
        reasons = [parser.get_error(index).desc() for index in range(parser.num_errors)]
        raise EngineNotBuilt(network, target, reasons[0] if reasons else log.last_error())
    config = builder.create_builder_config()
    # What the graph calls float32 is to be that: TF32 has the mantissa of float16.
    config.clear_flag(trt.BuilderFlag.TF32)
    # TensorRT for RTX: an engine that allocates while it runs cannot be captured.
    if (own_memory := getattr(trt.BuilderFlag, "REQUIRE_USER_ALLOCATION", None)) is not None:
        config.set_flag(own_memory)
    card = tensorrt.target(compute_capability, ahead_of_time=ahead_of_time)
    if card is not None:
        config.num_compute_capabilities = 1
        if not config.set_compute_capability(card, 0):
            raise EngineNotBuilt(network, target, log.last_error())
    monitor = make_progress_monitor(trt, progress)
    config.progress_monitor = monitor
    serialised = builder.build_serialized_network(definition, config)
    if monitor.error is not None:
        raise monitor.error
    if serialised is None:
        raise EngineNotBuilt(network, target, log.last_error())
    return bytes(serialised)


def _strongly_typed(trt: Any) -> int:
    """The flag, where typing is not strong anyway as in TensorRT 11."""
    flag = getattr(trt.NetworkDefinitionCreationFlag, "STRONGLY_TYPED", None)
    return 0 if flag is None else 1 << int(flag)
