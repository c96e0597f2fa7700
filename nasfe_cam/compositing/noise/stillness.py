"""Tells what rests from what moves, in differences to a mean over time that noise is in too."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.core.median import median

CERTAIN_MOVEMENT = 4.0
"""A local mean that differs by so many of its deviations has surely moved."""

# Up to this part of a certain movement, all is noise.
_NO_MOVEMENT = 1 / 3


def deviation_of(sample: FloatArray) -> float:
    """Standard deviation of noise around 0, of which a minority may be movement; 0 for none."""
    # The median of |x| is 0.67 deviations for Gaussian noise.
    return median(np.abs(sample)) / 0.67 if sample.size else 0.0


def stillness(moved: FloatArray, certain: float) -> FloatArray:
    """How surely each pixel rests: 1 up to a third of a certain movement, 0 from all of it on.

    Args:
        moved: float32 of any shape, >= 0, by how much local means differ; overwritten.
        certain: the difference of a certain movement, > 0.

    Returns:
        `moved`, 0..1.
    """
    moved *= np.float32(-1 / (1 - _NO_MOVEMENT) / certain)
    moved += np.float32(1 / (1 - _NO_MOVEMENT))
    return np.clip(moved, 0, 1, out=moved)
