"""One smooth tone curve that brings the rest of the picture along with the face.

The curve of a channel shifts the logit of the brightness by a constant:
`g(x) = a x / (1 + (a - 1) x)`. It is smooth and rising, keeps black and white
in place, and for dark values it is the gain a; so noise near black and
highlights near white are treated with care, and one number per channel is all
there is to estimate, limit and smooth over time.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image

LARGEST_GAIN = 6.0
LARGEST_COLOUR_SHIFT = 1.25
# Pixels nearer to black or white than this say nothing about gain.
MARGIN = 6.0


def estimate_gain(before: Image, after: Image, weight: FloatArray) -> FloatArray:
    """The logarithm of the gain a per channel that takes the face from before to after.

    Args:
        before: S x S x 3 uint8 BGR, the crop from the camera.
        after: S x S x 3 uint8 BGR, the restored crop.
        weight: M x M float32 over the crop, 0..1, the face mask.

    Returns:
        3 float32, BGR; the common change is limited to a factor of 6, what each
        channel adds to it to 1.25.
    """
    small = (32, 32)
    x = cv2.resize(before, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    y = cv2.resize(after, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    inside = cv2.resize(weight, small, interpolation=cv2.INTER_AREA) > 0.5
    if not inside.any():
        return np.zeros(3, np.float32)
    x = np.clip(x[inside], MARGIN, 255 - MARGIN)
    y = np.clip(y[inside], MARGIN, 255 - MARGIN)
    shift = np.median(np.log(y * (255 - x)) - np.log(x * (255 - y)), axis=0)
    light = float(np.clip(shift.mean(), -math.log(LARGEST_GAIN), math.log(LARGEST_GAIN)))
    limit = math.log(LARGEST_COLOUR_SHIFT)
    gain: FloatArray = (light + np.clip(shift - shift.mean(), -limit, limit)).astype(np.float32)
    return gain


def tone_table(log_gain: FloatArray) -> Image:
    """The curves as a 256 x 1 x 3 uint8 table for `cv2.LUT`."""
    x = np.arange(256, dtype=np.float32)[:, None] / 255
    a = np.exp(log_gain)[None, :]
    curve = a * x / (1 + (a - 1) * x)
    return np.round(curve * 255).astype(np.uint8)[:, None, :]
