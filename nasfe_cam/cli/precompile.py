"""Compiles the bundled networks for NVIDIA cards, for `nasfe-cam compile`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.engine_cache import EngineCache
from engine.errors import NoCardToCompileFor, NvidiaCardMissing
from engine.model_file import Network
from engine.tensorrt.compilation import any_card, compile_network, engine_key
from engine.tensorrt.cuda import Card
from engine.tensorrt.factory import find_nvidia
from engine.tensorrt.runtime import TensorRT, load_tensorrt
from nasfe_cam.restoration.observer import observer_network
from nasfe_cam.restoration.restorer import restorer_network


@dataclass(frozen=True, slots=True)
class CompiledNetwork:
    """The result of compiling one network for one card.

    Attributes:
        network: such as "nasfe-lite".
        target: the card, or its compute capability, such as "8.9".
        path: the file.
        size: of the compiled network, in bytes.
        seconds: that compiling took; 0 if it was compiled before.
    """

    network: str
    target: str
    path: Path
    size: int
    seconds: float


def targets(compute_capabilities: Sequence[str]) -> tuple[TensorRT, list[Card]]:
    """TensorRT, and the cards to compile for.

    Args:
        compute_capabilities: such as "8.9", of cards that need not be here;
            empty for the card that is here.

    Raises:
        NvidiaError: there is no card, something is missing for it, or nothing
            can be compiled for one of the compute capabilities.
    """
    if not compute_capabilities:
        try:
            nvidia = find_nvidia()
        except NvidiaCardMissing:
            raise NoCardToCompileFor from None
        return nvidia.tensorrt, [nvidia.card]
    tensorrt = load_tensorrt()
    for given in compute_capabilities:
        tensorrt.target(given, ahead_of_time=True)
    return tensorrt, [any_card(given) for given in compute_capabilities]


def networks_of(model: str) -> list[Network]:
    """The networks that run live for a model's name; raises like `find_model`."""
    return [restorer_network(model), observer_network()]


def compile_for(
    network: Network,
    tensorrt: TensorRT,
    card: Card,
    folder: Path,
    progress: Callable[[float], None],
) -> CompiledNetwork:
    """Compile one network for one card, if it is not compiled yet.

    Args:
        tensorrt, card: from `targets`.
        folder: where compiled networks are kept.
        progress: told how much is done, 0..1.

    Raises:
        EngineError: it cannot be compiled, or not be kept.
    """
    cache = EngineCache(folder, _raise)
    key = engine_key(network, tensorrt, card)
    compiled = compile_network(network, key, cache, progress=progress)
    return CompiledNetwork(
        network.path.stem,
        str(card) if card.name else card.compute_capability,
        compiled.path,
        compiled.path.stat().st_size,
        compiled.seconds,
    )


def _raise(error: Exception) -> None:
    """What cannot be kept was compiled for nothing."""
    raise error
