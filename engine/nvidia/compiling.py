"""From a network to its compiled form for one card: from the cache, or compiled now and kept."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from engine.engine_cache import EngineCache, EngineKey
from engine.errors import TensorRTMissing
from engine.model_file import Network
from engine.nvidia.building import Progress, build_engine, go_on
from engine.nvidia.cuda import Card
from engine.nvidia.tensorrt_runtime import TensorRT


@dataclass(frozen=True, slots=True)
class Job:
    """A network, made ready for the compiler.

    Attributes:
        graph: ONNX with every precision written.
        key: in the cache; without device and driver if the card need not be here.
    """

    graph: bytes
    key: EngineKey


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


def prepare(network: Network, tensorrt: TensorRT, card: Card) -> Job:
    """Derive the graph for a card; takes about half a second.

    Args:
        card: from `find_card` or `any_card`.

    Raises:
        ModelFileMissing, ModelFileDamaged, ModelContractBroken: see `typed_graph`.
        TensorRTMissing: the extra `tensorrt` is installed in part.
    """
    try:
        from engine.nvidia.typed_graph import PRECISION, typed_graph
    except ImportError as error:  # onnx, which nothing else in the camera needs
        raise TensorRTMissing([card.name] if card.name else [], str(error)) from None
    graph = typed_graph(network, card.compute_capability)
    shapes = [f"{name} {'x'.join(map(str, shape))}" for name, shape in graph.shapes.items()]
    key = EngineKey(
        network=network.path.stem,
        graph=graph.sha256,
        runtime=str(tensorrt),
        device=card.name,
        compute_capability=card.compute_capability,
        driver=card.driver,
        precision=PRECISION,
        shapes=", ".join(shapes),
    )
    return Job(graph.content, key)


def compile_job(
    job: Job,
    tensorrt: TensorRT,
    cache: EngineCache,
    *,
    progress: Progress = go_on,
    stopped: threading.Event | None = None,
    refused: bytes | None = None,
) -> Compiled:
    """The compiled network, from the cache or compiled now.

    Args:
        progress: see `Progress`.
        stopped: set to give up compiling, or waiting for a process that compiles.
        refused: a kept engine that the card refused; compiled anew.

    Raises:
        EngineNotBuilt, ComputeCapabilityUnknown: see `build_engine`.
        EngineBuildStopped: see `stopped`.
    """
    gone = stopped or threading.Event()
    began = finished = time.monotonic()

    def build() -> bytes:
        nonlocal began, finished
        began = time.monotonic()
        content = build_engine(
            tensorrt,
            job.graph,
            job.key.network,
            job.key.compute_capability,
            ahead_of_time=not job.key.device,
            progress=lambda done: progress(done) and not gone.is_set(),
        )
        finished = time.monotonic()
        return content

    content = cache.load_or_build(job.key, build, refused=refused, stopped=gone.is_set)
    return Compiled(content, cache.path(job.key), finished - began)
