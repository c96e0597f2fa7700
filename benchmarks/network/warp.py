"""How long both warps of a frame take: the memory's and the photo's, at 256 x 256 on one core.

python -m benchmarks.network.warp
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.facing import FACING_LANDMARKS, FRONTAL
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH
from nasfe_cam.faces.warp import WarpTarget, warp

SIZE, ROUNDS = 256, 200


def main() -> None:
    """Print the milliseconds of each part, best and median."""
    cv2.setNumThreads(1)
    now, before, photo = (landmarks(seed) for seed in range(3))
    picture = np.random.default_rng(0).integers(0, 256, (SIZE, SIZE, 4)).astype(np.uint8)
    tensors = np.zeros((2, 4, SIZE, SIZE), np.float32)
    target = WarpTarget(now)
    memory, guidance = target.field_from(before), target.field_from(photo, GUIDANCE_REACH)

    def both() -> None:
        there = WarpTarget(now)
        warp(picture, there.field_from(before), SIZE, out=tensors[0])
        field = there.field_from(photo, GUIDANCE_REACH)
        warp(picture, field, SIZE, levels=GUIDANCE_LEVELS, out=tensors[1])

    parts: dict[str, Callable[[], object]] = {
        "weights of now": lambda: WarpTarget(now),
        "field of the memory": lambda: target.field_from(before),
        "field of the photo": lambda: target.field_from(photo, GUIDANCE_REACH),
        "memory warped": lambda: warp(picture, memory, SIZE, out=tensors[0]),
        "photo warped": lambda: warp(
            picture, guidance, SIZE, levels=GUIDANCE_LEVELS, out=tensors[1]
        ),
        "both, from landmarks to tensors": both,
    }
    print("| part | best, ms | median, ms |\n| --- | --- | --- |")
    for name, part in parts.items():
        times = sorted(timed(part) for _ in range(ROUNDS))
        print(f"| {name} | {1000 * times[0]:.2f} | {1000 * median(times):.2f} |")


def landmarks(seed: int) -> FloatArray:
    """478 points like a face's, bent by the seed."""
    rng = np.random.default_rng(1)
    angle, radius = rng.uniform(0, 2 * np.pi, 478), np.sqrt(rng.uniform(0, 1, 478))
    points = np.stack([0.5 + 0.26 * radius * np.cos(angle), 0.6 + 0.3 * radius * np.sin(angle)], 1)
    points[FACING_LANDMARKS] = FRONTAL
    bend = 0.02 * np.random.default_rng(seed).standard_normal((2, 2))
    return (points + (points - 0.5) @ bend).astype(np.float32)


def timed(part: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    part()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
