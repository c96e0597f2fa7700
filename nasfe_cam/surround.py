"""What becomes of the picture around the face: the same light, and less of its noise."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.surround_steadying import SurroundSteadier
from nasfe_cam.tone import tone_table

MEDIAN_SIDE = 3
# From here on no untouched pixel is mixed in any more: nobody sees the last tenth.
WHOLLY_CALM = 0.9


class Surround:
    """Brightens and calms whole frames; holds the buffers that this takes.

    Brightening alone would brighten the noise too, and a smooth face in a noisy
    room looks like a cut-out. The noise is taken away at half resolution: averaged
    over time where nothing moves, then by medians; a bilateral or guided filter
    is slower and no better.
    """

    def __init__(self) -> None:
        self._half = self._calm = self._whole = np.empty((0, 0, 3), np.uint8)
        self._planes = [np.empty((0, 0), np.uint8)] * 3
        self._steadier = SurroundSteadier()

    def bring_along(self, image: Image, log_gain: FloatArray, noise: float, out: Image) -> None:
        """Bring one frame to the light of the restored face.

        Args:
            image: H x W x 3 uint8 BGR, the camera's frame; not changed.
            log_gain: 3 float32 BGR, the tone curve, from `nasfe_cam.tone`.
            noise: 0..1, how much of the noise to take away.
            out: H x W x 3 uint8, another picture than `image`; filled.
        """
        table = tone_table(log_gain)
        if noise <= 0:
            self._steadier.reset()
            self._look_up(image, table, out)
            return
        height, width = image.shape[:2]
        self._fit_buffers(height, width)
        half = (self._half.shape[1], self._half.shape[0])
        cv2.resize(image, half, dst=self._half, interpolation=cv2.INTER_AREA)
        cv2.medianBlur(self._steadier.steady(self._half, noise), MEDIAN_SIDE, dst=self._calm)
        # Again: that takes what is left, in a quarter of the time of a median of 5 x 5.
        cv2.medianBlur(self._calm, MEDIAN_SIDE, dst=self._calm)
        if noise >= WHOLLY_CALM:
            self._look_up(self._calm, table, self._half)
            cv2.resize(self._half, (width, height), dst=out)
            return
        share = noise / WHOLLY_CALM
        cv2.resize(self._calm, (width, height), dst=self._whole)
        cv2.addWeighted(self._whole, share, image, 1 - share, 0, dst=self._whole)
        self._look_up(self._whole, table, out)

    def _look_up(self, image: Image, table: Image, out: Image) -> None:
        """`cv2.LUT` with a table per channel, which takes twice the time if left to OpenCV."""
        if self._planes[0].shape != image.shape[:2]:
            self._planes = [np.empty(image.shape[:2], np.uint8) for _ in range(3)]
        cv2.split(image, self._planes)
        for channel, plane in enumerate(self._planes):
            # In place: every pixel depends on itself alone.
            cv2.LUT(plane, np.ascontiguousarray(table[:, 0, channel]), dst=plane)
        cv2.merge(self._planes, dst=out)

    def _fit_buffers(self, height: int, width: int) -> None:
        if self._whole.shape[:2] != (height, width):
            half = (max(1, height // 2), max(1, width // 2), 3)
            self._half, self._calm = np.empty(half, np.uint8), np.empty(half, np.uint8)
            self._whole = np.empty((height, width, 3), np.uint8)
