"""Averages the aligned crop over time, where the face did not move, before it is restored."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image

# Share of the past in a pixel at rest; 0.75 leaves 0.38 of the deviation of white noise.
LARGEST_SHARE = 0.75
# Side of the window over which movement is told from noise.
WINDOW = 7
# A local mean that differs by so many of its deviations has surely moved.
CERTAIN_MOVEMENT = 4.0


class CropSteadier:
    """Recursive temporal filter in crop coordinates; holds the crop before.

    The crop follows the face, so a face that moves through the picture is at
    rest here, and noise averages out that no network can take from one frame
    alone. Where local means differ by more than noise explains (lips, eyes,
    hands), the new frame counts alone.
    """

    def __init__(self) -> None:
        self._before: FloatArray | None = None

    def reset(self) -> None:
        """Forget the past: another face is there now."""
        self._before = None

    def steady(self, crop: Image, noise: float) -> FloatArray:
        """Mix the past into one crop.

        Args:
            crop: S x S x 3 uint8 BGR.
            noise: 0..1, the noise class; 0 returns the crop as it is.

        Returns:
            S x S x 3 float32 BGR, 0..255; not to be written to.
        """
        now = crop.astype(np.float32)
        before, self._before = self._before, now
        if before is None or before.shape != now.shape or noise <= 0:
            return now
        difference = cv2.subtract(now, before)
        grey = np.asarray(cv2.transform(difference, _MEAN_OF_CHANNELS), np.float32)
        moved = np.abs(cv2.blur(grey, (WINDOW, WINDOW)))
        # The median of |x| is 0.67 deviations for Gaussian noise; a moving minority does not count.
        deviation = float(np.median(np.abs(grey[::4, ::4]))) / 0.67 / WINDOW
        limit = CERTAIN_MOVEMENT * deviation + 0.25
        share = np.clip(1.5 - moved / np.float32(limit / 1.5), 0, 1) * np.float32(
            LARGEST_SHARE * noise
        )
        steadied = np.asarray(now - difference * share[..., None], np.float32)
        self._before = steadied
        return steadied


_MEAN_OF_CHANNELS = np.full((1, 3), 1 / 3, np.float32)
