"""Bringing any picture to the fixed output size."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.config.settings import Fit
from nasfe_cam.core.frame import Image


def fit(image: Image, width: int, height: int, mode: Fit, out: Image | None = None) -> Image:
    """Bring `image` to `width` x `height` without distorting it.

    Args:
        image: H x W x 3, uint8, BGR, at least 1 x 1; not changed.
        width: of the result, in pixels.
        height: of the result, in pixels.
        mode: LETTERBOX shows all of the picture, centred between black bars;
            CROP fills the result and cuts the same amount from opposite edges.
        out: height x width x 3, uint8, not `image` itself: filled and returned
            in place of a new array.

    Returns:
        height x width x 3, uint8, BGR. `image` itself, not a copy and not
        `out`, when its size is already right.

    Raises:
        ValueError: `out` has another shape.
    """
    if image.shape[:2] == (height, width):
        return image
    if out is None:
        out = np.empty((height, width, 3), np.uint8)
    elif out.shape != (height, width, 3):
        raise ValueError(f"out has shape {out.shape}, not {(height, width, 3)}")
    if mode is Fit.CROP:
        _resize_into(_centre(image, *_fitted(width, height, image.shape[1], image.shape[0])), out)
        return out
    inner_width, inner_height = _fitted(image.shape[1], image.shape[0], width, height)
    left, top = (width - inner_width) // 2, (height - inner_height) // 2
    right, bottom = left + inner_width, top + inner_height
    # Only the bars are cleared: the rest is about to be written anyway.
    out[:top] = 0
    out[bottom:] = 0
    out[top:bottom, :left] = 0
    out[top:bottom, right:] = 0
    _resize_into(image, out[top:bottom, left:right])
    return out


def _fitted(width: int, height: int, within_width: int, within_height: int) -> tuple[int, int]:
    """The largest size of the shape `width` : `height` inside the other, in whole pixels."""
    if width * within_height >= height * within_width:
        return within_width, min(within_height, max(1, round(within_width * height / width)))
    return min(within_width, max(1, round(within_height * width / height))), within_height


def _centre(image: Image, width: int, height: int) -> Image:
    left, top = (image.shape[1] - width) // 2, (image.shape[0] - height) // 2
    return image[top : top + height, left : left + width]


def _resize_into(image: Image, target: Image) -> None:
    height, width = target.shape[:2]
    if image.shape[:2] == (height, width):
        target[:] = image
        return
    shrinking = width * height < image.shape[0] * image.shape[1]
    # Area averaging alone keeps a shrunk picture free of aliasing; it is blocky when growing.
    interpolation = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    resized = cv2.resize(image, (width, height), dst=target, interpolation=interpolation)
    if resized is not target:
        np.copyto(target, resized.reshape(target.shape))
