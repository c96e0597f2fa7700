"""Converts pictures of the camera for Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QImage


def image_over(pixels: NDArray[np.uint8]) -> QImage:
    """A picture that shows these pixels and copies none; valid as long as they are.

    Args:
        pixels: H x W x 3 uint8 BGR, C-contiguous.
    """
    height, width = pixels.shape[:2]
    # PyQt takes any buffer; its declarations know only `bytes`.
    buffer: bytes = pixels.data  # type: ignore[assignment]
    return QImage(buffer, width, height, 3 * width, QImage.Format.Format_BGR888)
