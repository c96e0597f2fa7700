"""Finds the card, and opens networks on it."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace

from engine.devices import nvidia_cards
from engine.engine_cache import EngineCache
from engine.errors import EngineRefused, NvidiaCardMissing, TensorRTMissing
from engine.model_file import Network
from engine.tensorrt.compilation import compile_network, engine_key
from engine.tensorrt.cuda import Card, Cuda, find_card, load_cuda
from engine.tensorrt.engine import TensorRTEngine
from engine.tensorrt.runtime import TensorRT, load_tensorrt


@dataclass(frozen=True, slots=True)
class Nvidia:
    """A card, and the libraries that run networks on it."""

    tensorrt: TensorRT
    cuda: Cuda
    card: Card


def find_nvidia() -> Nvidia:
    """Find the card and load its libraries; takes up to some seconds.

    Raises:
        NvidiaCardMissing: there is no card.
        TensorRTMissing: there is one, but the extra `tensorrt` is not installed.
        NvidiaDriverUnusable: there is one, but its driver is missing or too old.
    """
    cards = nvidia_cards()
    try:
        cuda = load_cuda(cards)
        card = find_card(cuda, cards)
        cards = [card.name]
        return Nvidia(load_tensorrt(cards), cuda, card)
    except TensorRTMissing:
        if not cards:
            raise NvidiaCardMissing from None
        raise


def open_tensorrt(
    network: Network,
    nvidia: Nvidia,
    cache: EngineCache,
    *,
    stopped: threading.Event | None = None,
    low_priority: bool = False,
) -> TensorRTEngine:
    """An engine for the card, from the cache or compiled now.

    Args:
        nvidia: from `find_nvidia`.
        stopped, low_priority: see `compile_network`.

    Raises:
        ModelFileMissing, ModelFileDamaged, ModelContractBroken: see `engine_key`.
        EngineNotBuilt, EngineRefused: TensorRT or the card refuses the network.
        EngineBuildStopped: see `compile_network`.
    """
    key = engine_key(network, nvidia.tensorrt, nvidia.card)

    def load(content: bytes) -> TensorRTEngine:
        return TensorRTEngine(
            content, network.tensors, nvidia.tensorrt, nvidia.cuda, nvidia.card, key.precision
        )

    kept = cache.load(key) or cache.load(replace(key, device="", driver=""))  # ahead of time
    if kept is not None:
        with suppress(EngineRefused):  # As stale as if it were not there.
            return load(kept)
    compiled = compile_network(
        network, key, cache, stopped=stopped, refused=kept, low_priority=low_priority
    )
    return load(compiled.content)
