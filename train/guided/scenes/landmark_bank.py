"""How far landmarks are off when they are found on what was restored: measured, then drawn from.

On pictures as dark as Test-BNL's the landmark network finds no face at all in nine of ten; on
what nasfe-lite makes of them it finds nearly all, 1.9 pixels of 176 off in the median (mean of
the absolute error), 3.8 in one of ten. These errors are smooth and alike: eyes and mouth tend to
those of a mean face. Their principal components are committed; training draws from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from nasfe_cam.core.frame import FloatArray

BANK = Path(__file__).parent / "landmark_errors.npz"
COMPONENTS = 24


def measure(
    pictures: Iterable[tuple[FloatArray, FloatArray]],
    find: Callable[[FloatArray], FloatArray | None],
) -> FloatArray:
    """The errors of landmarks.

    Args:
        pictures: what was restored, and the landmarks of the clean picture (478 x 2, 0..1).
        find: landmarks of a restored picture; None for no face.

    Returns:
        N x 478 x 2 float32, in crops, of the pictures in which a face was found.
    """
    errors = []
    for restored, true in pictures:
        found = find(restored)
        if found is not None:
            errors.append(found - true)
    return np.array(errors, np.float32).reshape(-1, 478, 2)


def save_bank(errors: FloatArray, path: Path = BANK) -> float:
    """Keep the components of N x 478 x 2 errors; returns the part of their variance in them."""
    flat = errors.reshape(len(errors), -1).astype(np.float64)
    # Wild ones are of pictures in which next to nothing is seen: they would rule the components.
    size = np.abs(flat).mean(1)
    flat = flat[size <= np.quantile(size, 0.95)]
    mean = flat.mean(0)
    _, lengths, ways = np.linalg.svd(flat - mean, full_matrices=False)
    kept = ways[:COMPONENTS] * (lengths[:COMPONENTS, None] / np.sqrt(len(flat)))
    np.savez_compressed(path, mean=mean.astype(np.float16), components=kept.astype(np.float16))
    return float(np.square(lengths[:COMPONENTS]).sum() / np.square(lengths).sum())


@lru_cache(maxsize=1)
def load_bank() -> tuple[FloatArray, FloatArray]:
    """Mean (478 x 2) and components (24 x 478 x 2), float32, in crops; of deviation 1 each."""
    with np.load(BANK) as file:
        mean, components = file["mean"], file["components"]
    return (
        mean.astype(np.float32).reshape(478, 2),
        components.astype(np.float32).reshape(-1, 478, 2),
    )
