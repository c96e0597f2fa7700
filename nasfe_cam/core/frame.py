"""What flows through the pipeline: immutable records, one per stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""H x W x 3, uint8, BGR, 0..255."""

FloatArray = NDArray[np.float32]
"""float32 of any shape; the docstring of the function that uses it says which."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture on its way from the source to the outputs.

    Attributes:
        image: H x W x 3, uint8, BGR. Never written to after the frame was made.
        captured_at: `time.monotonic()` seconds when the source delivered it.
        index: number of the picture in the source, from 0; gaps are drops.
    """

    image: Image
    captured_at: float
    index: int
