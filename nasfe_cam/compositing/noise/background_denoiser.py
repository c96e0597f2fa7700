"""Averages the picture around the face over time, where nothing moves."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.noise.stillness import CERTAIN_MOVEMENT, deviation_of, stillness
from nasfe_cam.core.frame import FloatArray, Image

# Share of the past in a pixel at rest; 0.92 leaves 0.2 of the deviation of white noise: in the
# lifted light, more would shimmer than did in the dark.
LARGEST_SHARE = 0.92
# Movement is told from noise in means over 3 x 3 cells of 2 x 2 pixels.
CELL, WINDOW = 2, 3
# The noise of a webcam does not grow faster than this from one frame to the next: where all
# differs by more, it is another scene or another light.
GROWTH, LEAST_GROWTH = 1.1, 0.01


class BackgroundDenoiser:
    """Recursive temporal filter in frame coordinates; holds the mean of the previous frames.

    What `nasfe_cam.compositing.noise.crop_denoiser` is for the crop, for a picture of many times
    its size: the room is at rest, and its noise, which is no more than blurred by a
    filter of one frame, shimmers and costs a meeting its bandwidth. Movement is
    looked for in a quarter of the pixels, and no account is kept of the noise that
    is left.
    """

    def __init__(self) -> None:
        self._mean = self._difference = self._shares = np.empty((0, 0, 3), np.float32)
        self._deviation: float | None = None

    def reset(self) -> None:
        """Forget the past."""
        self._mean = np.empty((0, 0, 3), np.float32)

    def steady(self, picture: Image, noise: float) -> FloatArray:
        """Mix the past into one picture.

        Args:
            picture: H x W x 3 uint8 BGR; not changed.
            noise: 0..1, the noise class.

        Returns:
            H x W x 3 float32 BGR, 0..255, good until the next call; not to be written to.
        """
        if self._mean.shape != picture.shape:
            self._begin(picture)
            return self._mean
        # In two steps: subtracting pictures of two types takes OpenCV half as long again.
        np.copyto(self._difference, picture)
        cv2.subtract(self._difference, self._mean, dst=self._difference)
        fresh = self._share_of_the_new(self._difference, noise)
        cv2.cvtColor(fresh, cv2.COLOR_GRAY2BGR, dst=self._shares)
        cv2.multiply(self._difference, self._shares, dst=self._difference)
        cv2.add(self._mean, self._difference, dst=self._mean)
        return self._mean

    def _begin(self, picture: Image) -> None:
        self._mean = picture.astype(np.float32)
        self._difference, self._shares = np.empty_like(self._mean), np.empty_like(self._mean)
        self._deviation = None

    def _share_of_the_new(self, difference: FloatArray, noise: float) -> FloatArray:
        """H x W float32: 1 where something moved, less where the past counts too."""
        change = cv2.blur(_cells(difference), (WINDOW, WINDOW))
        moved = np.abs(change, out=change)
        fresh = stillness(moved, CERTAIN_MOVEMENT * self._follow_deviation(moved) + 0.25)
        fresh *= np.float32(-LARGEST_SHARE * noise)
        fresh += np.float32(1)
        height, width = difference.shape[:2]
        return np.asarray(cv2.resize(fresh, (width, height)), np.float32)

    def _follow_deviation(self, moved: FloatArray) -> float:
        sample = moved[::4, ::4]
        # Bars around a picture have no noise.
        deviation = deviation_of(sample[sample > 0])
        if self._deviation is not None:
            deviation = min(deviation, GROWTH * self._deviation + LEAST_GROWTH)
        self._deviation = deviation
        return deviation


def _cells(picture: FloatArray) -> FloatArray:
    """Local means of the light."""
    height, width = picture.shape[:2]
    size = (max(1, width // CELL), max(1, height // CELL))
    # In this order: OpenCV takes three times as long for means of three channels of floats.
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
