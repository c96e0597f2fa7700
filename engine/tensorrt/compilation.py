"""Gets the compiled form of a network for one card: from the cache, or compiles and stores it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from engine.engine_cache import EngineCache, EngineKey
from engine.errors import TensorRTMissing
from engine.model_file import Network
from engine.tensorrt.builder import Progress
from engine.tensorrt.compiler_process import compile_in_process
from engine.tensorrt.cuda import Card
from engine.tensorrt.runtime import TensorRT


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled network.

    Attributes:
        content: the serialised engine.
        path: its file, which is there unless the cache cannot be written.
        seconds: that compiling took; 0 if it was compiled before.
    """

    content: bytes
    path: Path
    seconds: float


def any_card(compute_capability: str) -> Card:
    """The card to compile for when none is here: every one of a compute capability."""
    return Card(name="", compute_capability=compute_capability, driver="")


def engine_key(network: Network, tensorrt: TensorRT, card: Card) -> EngineKey:
    """What the compiled network depends on.

    Args:
        card: from `find_card` or `any_card`.

    Raises:
        ModelFileMissing, ModelFileDamaged, ModelContractBroken: see `tensor_shapes`.
        TensorRTMissing: the extra `tensorrt` is installed in part.
    """
    try:
        from engine.tensorrt.typed_graph import GRAPH_VERSION, PRECISION, tensor_shapes
    except ImportError as error:  # onnx, which nothing else in the camera needs
        raise TensorRTMissing([card.name] if card.name else [], str(error)) from None
    shapes = tensor_shapes(network).items()
    return EngineKey(
        network=network.path.stem,
        sha256=network.sha256,
        graph_version=GRAPH_VERSION,
        runtime=str(tensorrt),
        device=card.name,
        compute_capability=card.compute_capability,
        driver=card.driver,
        precision=PRECISION,
        shapes=", ".join(f"{name} {'x'.join(map(str, shape))}" for name, shape in shapes),
    )


def compile_network(
    network: Network,
    key: EngineKey,
    cache: EngineCache,
    *,
    progress: Progress = lambda _done: None,
    stopped: threading.Event | None = None,
    refused: bytes | None = None,
    low_priority: bool = False,
) -> Compiled:
    """The compiled network, from the cache or compiled now.

    Args:
        key: from `engine_key`.
        progress: told how much is done, 0..1.
        stopped: set to give up compiling, or waiting for a process that compiles.
        refused: a kept engine that the card refused; compiled anew.
        low_priority: everything else on the machine goes first.

    Raises:
        EngineNotBuilt, EngineBuildStopped: see `compile_in_process`.
    """
    given_up = stopped or threading.Event()
    seconds = 0.0

    def build() -> bytes:
        nonlocal seconds
        began = time.monotonic()
        content = compile_in_process(
            network,
            key.compute_capability,
            progress,
            given_up,
            ahead_of_time=not key.device,
            low_priority=low_priority,
        )
        seconds = time.monotonic() - began
        return content

    content = cache.load_or_build(key, build, refused=refused, stopped=given_up.is_set)
    return Compiled(content, cache.path(key), seconds)
