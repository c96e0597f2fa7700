"""Keeps what was last restored, and knows when that has nothing to do with now."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.response_fit import grid_means
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.warp import PICTURE_LEVELS, WarpedPicture, WarpTarget

# What is older than this is another moment. Where the network works beside the frames and rests
# between two runs, they begin a second apart at most: it must not have its memory now and then.
LONGEST_SECONDS = 1.1
# Correlation of local means, in which a cut is seen whatever the noise, below which another scene
# is shown.
_SAME_SCENE = 0.5
# Mean of the landmarks' way from one frame to the next, in crops, beyond which they jumped.
_JUMP = 0.06


class FaceMemory:
    """Holds the last restored crop with its landmarks: the network's input `memory`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Show nothing next time: another face, another strength, another network."""
        self._picture: Image | None = None
        self._landmarks: FloatArray | None = None
        self._small: FloatArray | None = None
        self._time = 0.0

    def recall(
        self, target: WarpTarget, now: FloatArray, crop: Image, time: float
    ) -> WarpedPicture | None:
        """What was restored a moment ago, on its way to now.

        Args:
            target: of the landmarks of now.
            now: these landmarks, 478 x 2 float32, 0..1.
            crop: S x S x 3 uint8, what the camera sees now.
            time: when, in seconds.

        Returns:
            None where nothing is kept, or where it is of another scene, place or time.
        """
        small = _small(crop)
        before, self._small = self._small, small
        if self._picture is None or self._landmarks is None or before is None:
            return None
        if (
            not 0 <= time - self._time <= LONGEST_SECONDS
            or float(np.abs(now - self._landmarks).mean()) > _JUMP
            or _correlation(before, small) < _SAME_SCENE
        ):
            return None
        field = target.field_from(self._landmarks)
        return None if field is None else WarpedPicture(self._picture, field, PICTURE_LEVELS)

    def keep(self, restored: Image, landmarks: FloatArray, time: float) -> None:
        """Remember what the network returned.

        Args:
            restored: S x S x 3 uint8 BGR.
            landmarks: of that moment, 478 x 2 float32, 0..1.
            time: of that moment, in seconds.
        """
        self._picture = np.asarray(cv2.cvtColor(restored, cv2.COLOR_BGR2RGBA), np.uint8)
        self._landmarks, self._time = landmarks, time


def _small(crop: Image) -> FloatArray:
    """The crop's coarse structure, without its mean and contrast: 256 x 3 float32."""
    small = grid_means(crop)
    small -= small.mean(axis=0)
    return small


def _correlation(one: FloatArray, other: FloatArray) -> float:
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return 1.0 if length == 0 else float((one * other).sum()) / length
