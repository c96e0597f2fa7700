"""Converts every pixel format of cameras and files to the one that the pipeline uses."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import Image

_FROM_16_BIT = 255.0 / 65535.0


def as_bgr(image: NDArray[Any]) -> Image:
    """Bring `image` to three 8-bit channels.

    Args:
        image: H x W (grey), or H x W x 1 (grey), 3 (BGR) or 4 (BGRA); uint8
            0..255 or uint16 0..65535. Alpha is dropped: cameras that deliver
            it leave it undefined.

    Returns:
        H x W x 3, uint8, BGR, 0..255, C-contiguous; `image` itself if it
        already is that.

    Raises:
        ValueError: an empty picture, or another shape or dtype.
    """
    channels = 1 if image.ndim == 2 else image.shape[-1]
    if image.ndim not in (2, 3) or image.size == 0 or channels not in (1, 3, 4):
        raise ValueError(f"not a picture: shape {image.shape}")
    if image.dtype == np.uint16:
        # One rounding in float, so that 65535 becomes 255 and not 65535 >> 8 with an offset.
        image = np.rint(image.astype(np.float32) * _FROM_16_BIT).astype(np.uint8)
    elif image.dtype != np.uint8:
        raise ValueError(f"not a picture: values of type {image.dtype}")
    contiguous: Image = np.ascontiguousarray(image)
    if channels == 1:
        return _checked(cv2.cvtColor(contiguous.reshape(image.shape[:2]), cv2.COLOR_GRAY2BGR))
    if channels == 4:
        return _checked(cv2.cvtColor(contiguous, cv2.COLOR_BGRA2BGR))
    return contiguous


def _checked(image: NDArray[Any]) -> Image:
    """Narrow the type that OpenCV's annotations leave open."""
    narrowed: Image = image.astype(np.uint8, copy=False)
    return narrowed
