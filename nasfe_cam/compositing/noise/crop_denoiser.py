"""Averages the aligned crop over time, where the face did not move, before it is restored."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.compositing.noise.stillness import CERTAIN_MOVEMENT, deviation_of, stillness
from nasfe_cam.core.frame import FloatArray, Image

# Share of the past in a pixel at rest; 0.75 leaves 0.38 of the deviation of white noise.
LARGEST_SHARE = 0.75
# Side of the window over which movement is told from noise.
WINDOW = 7
# Noise of neighbours goes together (demosaicing, JPEG, scaling), so that means deviate more than
# those of white noise. By more than so many times, it is movement all over.
MOST_CORRELATED = 1.6


@dataclass(frozen=True, slots=True, eq=False)
class DenoisedCrop:
    """A crop that was averaged over time.

    Attributes:
        picture: S x S x 3 float32 BGR, 0..255; not to be written to.
        noise_left: S x S float32, 0..1, the part of the camera's noise variance
            that averaging left in each pixel.
    """

    picture: FloatArray
    noise_left: FloatArray


class CropDenoiser:
    """Recursive temporal filter in crop coordinates; holds the crop before.

    The crop follows the face, so a face that moves through the picture is at
    rest here, and noise averages out that no network can take from one frame
    alone. Where local means differ by more than noise explains (lips, eyes,
    hands), the new frame counts alone.
    """

    def __init__(self) -> None:
        self._before: DenoisedCrop | None = None

    def reset(self) -> None:
        """Forget the previous frames, because another face is shown now."""
        self._before = None

    def steady(self, crop: Image, noise: float) -> DenoisedCrop:
        """Mix the past into one crop.

        Args:
            crop: S x S x 3 uint8 BGR.
            noise: 0..1, the noise class; 0 returns the crop as it is.
        """
        now = crop.astype(np.float32)
        before = self._before
        if before is None or before.picture.shape != now.shape or noise <= 0:
            self._before = DenoisedCrop(now, np.ones(now.shape[:2], np.float32))
            return self._before
        difference = np.asarray(cv2.subtract(now, before.picture), np.float32)
        grey = np.asarray(cv2.transform(difference, _MEAN_OF_CHANNELS), np.float32)
        moved = np.asarray(cv2.blur(grey, (WINDOW, WINDOW)), np.float32)
        np.abs(moved, out=moved)
        white = deviation_of(grey[::4, ::4]) / WINDOW
        deviation = min(deviation_of(moved[::4, ::4]), MOST_CORRELATED * white)
        share = stillness(moved, CERTAIN_MOVEMENT * deviation + 0.25)
        share *= np.float32(LARGEST_SHARE * noise)
        past = cv2.multiply(difference, cv2.cvtColor(share, cv2.COLOR_GRAY2BGR), dst=difference)
        steadied = np.asarray(cv2.subtract(now, past, dst=now), np.float32)
        self._before = DenoisedCrop(steadied, _noise_left(share, before.noise_left))
        return self._before


def _noise_left(share: FloatArray, before: FloatArray) -> FloatArray:
    """Of the noise's variance where `share` of the past is mixed in, which had `before` left."""
    left = np.subtract(np.float32(1), share)
    left *= left
    past = np.square(share)
    past *= before
    left += past
    return left


_MEAN_OF_CHANNELS = np.full((1, 3), 1 / 3, np.float32)
