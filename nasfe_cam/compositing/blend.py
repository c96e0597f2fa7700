"""Puts the restored crop back into the frame."""

from __future__ import annotations

import cv2

from nasfe_cam.compositing.mask import covered_box
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import Matrix, invert


def blend_into(image: Image, restored: Image, mask: FloatArray, transform: Matrix) -> None:
    """Show the restored crop in the frame, as far as the mask says.

    Args:
        image: H x W x 3 uint8 BGR, the frame; written to.
        restored: S x S x 3 uint8 BGR crop.
        mask: M x M float32 over the crop, 0..1, how much of the restored crop shows.
        transform: from frame to crop pixels.
    """
    size = restored.shape[0]
    height, width = image.shape[:2]
    left, top, right, bottom = covered_box(mask, transform, size, width, height)
    if right <= left or bottom <= top:
        return
    to_frame = invert(transform)
    to_frame[:, 2] -= (left, top)
    # Colour times share, with the share beside it as fourth channel: one warp serves both, and
    # blending takes whole numbers alone (Porter and Duff, "Compositing Digital Images", 1984).
    share = cv2.convertScaleAbs(cv2.resize(mask, (size, size)), alpha=255)
    layer = cv2.multiply(
        cv2.cvtColor(restored, cv2.COLOR_BGR2BGRA), cv2.merge([share] * 4), scale=1 / 255
    )
    # Bilinear: a bicubic warp of 381 x 381 pixels takes 3.4 ms instead of 0.4.
    layer = cv2.warpAffine(layer, to_frame, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    region = image[top:bottom, left:right]
    rest = cv2.bitwise_not(cv2.extractChannel(layer, 3))
    cv2.multiply(region, cv2.merge([rest] * 3), dst=region, scale=1 / 255)
    cv2.add(region, cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR), dst=region)
