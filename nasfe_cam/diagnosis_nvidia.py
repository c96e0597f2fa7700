"""The doctor's look at NVIDIA: what is missing for the card, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine import Network
from engine.engine_cache import EngineCache
from engine.errors import NasfeError, NvidiaCardMissing
from engine.nvidia.compiling import engine_key
from engine.nvidia.opening import Nvidia, find_nvidia, open_tensorrt
from nasfe_cam.diagnosis import Check, Status


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
        return Check("NVIDIA", Status.OK, "no card found")
    except NasfeError as error:
        line, _, step = str(error).partition(". ")
        return Check("NVIDIA", Status.NOTE, f"{line}; the CPU serves", step)


def _check_engines(networks: Sequence[Network], nvidia: Nvidia, cache: EngineCache) -> Check:
    missing = [
        network.path.stem
        for network in networks
        if cache.load(engine_key(network, nvidia.tensorrt, nvidia.card)) is None
    ]
    line = f"{nvidia.card}, driver {nvidia.card.driver}, {nvidia.tensorrt}"
    if missing:
        return Check(
            "NVIDIA",
            Status.NOTE,
            f"{line}: {', '.join(missing)} not compiled yet",
            "Compile now with nasfe-cam compile, or start the camera, which does it meanwhile.",
        )
    for network in networks:
        engine = open_tensorrt(network, nvidia, cache)
        description = engine.describe()
        engine.close()
    return Check("NVIDIA", Status.OK, f"{line}: {description.reason}")


def _ignore(_error: Exception) -> None:
    """A doctor writes nothing, so whether the cache could be written is not its matter."""
