"""How many CPU threads a network uses by default."""

from __future__ import annotations

import os

import psutil

# From this many cores on, one is left to the meeting program and the rest of the camera: the last
# thread brings least, and none at all where its core is taken (docs/engines-cpu.md). Of two or
# three cores it brings too much to leave out.
CORES_TO_SHARE = 4
# With a frame every 33 ms nothing is gained by more, and the fan would tell.
MOST_THREADS = 8


def usable_cores() -> int:
    """Physical cores that this process may run on, at least 1."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    affinity = getattr(os, "sched_getaffinity", None)
    return max(1, min(physical, len(affinity(0)) if affinity is not None else physical))


def threads_for(cores: int) -> int:
    """Threads for a machine of so many physical cores."""
    return min(cores - 1, MOST_THREADS) if cores >= CORES_TO_SHARE else cores
