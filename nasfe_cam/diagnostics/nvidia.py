"""The doctor's look at NVIDIA: what is missing for the card, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.engine_cache import EngineCache
from engine.errors import NvidiaCardMissing
from engine.model_file import Network
from engine.tensorrt.compilation import engine_key
from engine.tensorrt.factory import Nvidia, find_nvidia, open_tensorrt
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.diagnostics.checks import Check, Status, result
from nasfe_cam.diagnostics.findings import (
    CpuServes,
    NetworksNotCompiled,
    NvidiaCardFound,
    NvidiaCardNotThere,
)


def check_nvidia(
    networks: Callable[[], Sequence[Network]],
    folder: Path,
    find: Callable[[], Nvidia] = find_nvidia,
) -> Check:
    """Whether an NVIDIA card restores the face; none of its faults stops the camera.

    Args:
        networks: that run live; their compiled forms are loaded if they are there.
        folder: of the compiled networks.
        find: looks for the card.
    """
    try:
        nvidia = find()
        return _check_engines(networks(), nvidia, EngineCache(folder, _ignore))
    except NvidiaCardMissing:
        return result("NVIDIA", Status.OK, NvidiaCardNotThere())
    except NasfeError as error:
        return result("NVIDIA", Status.NOTE, error, CpuServes())


def _check_engines(networks: Sequence[Network], nvidia: Nvidia, cache: EngineCache) -> Check:
    missing = [
        network.path.stem
        for network in networks
        if cache.load(engine_key(network, nvidia.tensorrt, nvidia.card)) is None
    ]
    card = NvidiaCardFound(str(nvidia.card), nvidia.card.driver, str(nvidia.tensorrt))
    if missing:
        return result("NVIDIA", Status.NOTE, card, NetworksNotCompiled(missing))
    for network in networks:
        engine = open_tensorrt(network, nvidia, cache)
        description = engine.describe()
        engine.close()
    return Check("NVIDIA", Status.OK, (card.statement, *description.reasons))


def _ignore(_error: Exception) -> None:
    """A doctor writes nothing, so whether the cache could be written is not its matter."""
