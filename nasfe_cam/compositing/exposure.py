"""Follows the exposure of a camera from frame to frame."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.median import median

# Every sixth pixel, in means over so many blocks.
STRIDE, BLOCKS = 6, (32, 18)
# Below, a block is mostly noise, and above it may be cut off; at least this part must be between.
DARKEST, LIGHTEST, ENOUGH = 6.0, 245.0, 0.25
# Exposure takes all blocks along by one factor: half of them deviate by less than this part of it.
# Where something moves, some get lighter, some darker, and most stay.
ONE_FACTOR = 0.4
# No camera changes its exposure by more (a logarithm) in one frame: a lamp did, or it is a cut.
LARGEST_CHANGE = 0.4


class Exposure:
    """How much lighter a camera makes the same scene than it did at first.

    A webcam that starts, or before which the light changes, takes up to a second to find its
    exposure, and all of the picture grows lighter or darker by one factor a frame. That is plain
    at once, and needs no mean over time.

    Attributes:
        now: logarithm of the factor between the first picture and this one.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._before: FloatArray | None = None

    def follow(self, image: Image) -> None:
        """Take in the next frame, H x W x 3 uint8 BGR."""
        sample = np.ascontiguousarray(image[::STRIDE, ::STRIDE, 1])
        means = cv2.resize(sample.astype(np.float32), BLOCKS, interpolation=cv2.INTER_AREA)
        before, self._before = self._before, np.asarray(means, np.float32)
        if before is not None:
            self.now += change_of_exposure(before, self._before)


def change_of_exposure(before: FloatArray, now: FloatArray) -> float:
    """Logarithm of the factor by which all of a picture grew lighter; 0 where there is not one.

    Args:
        before, now: local means of the same size, in grey levels.
    """
    low, high = np.minimum(before, now), np.maximum(before, now)
    seen = (low > DARKEST) & (high < LIGHTEST)
    if np.count_nonzero(seen) < ENOUGH * seen.size:
        return 0.0
    changes = np.log(now[seen] / before[seen])
    change = median(changes)
    deviation = median(np.abs(changes - np.float32(change)))
    one_factor = deviation < ONE_FACTOR * abs(change) and abs(change) < LARGEST_CHANGE
    return change if one_factor else 0.0
