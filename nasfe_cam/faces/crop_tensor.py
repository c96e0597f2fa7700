"""Converts face crops to the input of networks."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray, Image


def fill_face(tensor: FloatArray, crop: Image | FloatArray) -> None:
    """Write an S x S x 3 BGR crop, 0..255, into a 1 x 3 x S x S float32 RGB tensor, 0..1."""
    for channel in range(3):
        np.multiply(crop[..., 2 - channel], np.float32(1 / 255), out=tensor[0, channel])
