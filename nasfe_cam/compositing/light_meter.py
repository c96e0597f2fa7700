"""Measures the light and the noise of a stream of pictures, a few times per second."""

from __future__ import annotations

import math

import cv2
import numpy as np

from nasfe_cam.compositing.exposure import Exposure
from nasfe_cam.compositing.light import LARGEST_LIFT, Light, light_of
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.smoothing.ema import ExponentialMean

PERIOD_SECONDS = 0.2
# Light follows slowly, so that a hand before the camera does not brighten the room. What the camera
# itself does with its exposure is followed at once.
FOLLOW_SECONDS = 1.0
# Noise is measured in every third pixel, in as many blocks.
STRIDE, BLOCKS = 3, (40, 22)
# Of the blocks, the calmest third is taken to be at rest.
AT_REST = 30.0


class LightMeter:
    """Keeps the light of the stream, steady over time; frames come in the order of their time.

    It needs no network and no face, so that light can be lifted whatever else fails.
    """

    def __init__(self) -> None:
        self._mean = ExponentialMean(FOLLOW_SECONDS)
        self._exposure = Exposure()
        self._seen: FloatArray | None = None
        self._sample: Image | None = None
        self._read_at = -math.inf

    def read(self, frame: Frame, landmarks: FloatArray | None) -> Light:
        """The light at this frame.

        Args:
            frame: the camera's.
            landmarks: 478 x 2 float32 of the face that is followed; None where there is none.
        """
        self._exposure.follow(frame.image)
        before, self._sample = self._sample, None
        if before is not None:
            noise = temporal_noise(before, _sample_of(frame.image))
            if noise is None:
                # The same picture again, as from cameras that repeat themselves: ask the next.
                self._sample = before
            else:
                if math.isinf(self._read_at):
                    # What was taken for no noise at all does not count.
                    self._mean.reset()
                self._take(light_of(frame.image, landmarks, noise))
                self._read_at = frame.captured_at
        elif frame.captured_at - self._read_at >= PERIOD_SECONDS:
            self._sample = _sample_of(frame.image)
            if self._seen is None:
                # Until there is a second frame, better its light alone than none.
                self._take(light_of(frame.image, landmarks, 0.0))
        if self._seen is None:
            return Light()
        # Every frame, also between two measurements: steps would be seen.
        seen = self._mean.add(self._seen, frame.captured_at)
        scene, noise, black, excess = seen[:4].tolist()
        lack = min(max(scene - self._exposure.now, 0.0), LARGEST_LIFT)
        return Light(lack, noise, black, excess, seen[4:])

    def _take(self, seen: Light) -> None:
        # As the first exposure would show it: a scene does not change when its exposure does.
        scene = seen.lack + self._exposure.now
        numbers = [scene, seen.noise, seen.black, seen.excess, *seen.cast]
        self._seen = np.array(numbers, np.float32)


def temporal_noise(before: Image, now: Image) -> float | None:
    """Deviation of the noise of two planes, in grey levels; None where they are equal.

    A block that moved, or grew lighter as a whole, is not noisy: variance is within blocks, and
    the calmest of them count.
    """
    if before.shape != now.shape:
        return 0.0
    change = cv2.subtract(now, before, dtype=cv2.CV_32F)
    if not change.any():
        return None
    squares = cv2.resize(cv2.multiply(change, change), BLOCKS, interpolation=cv2.INTER_AREA)
    means = cv2.resize(change, BLOCKS, interpolation=cv2.INTER_AREA)
    # Bars around a picture do not change.
    shown = cv2.resize(now, BLOCKS, interpolation=cv2.INTER_AREA) > 1
    variance = np.maximum(squares - means * means, 0)[shown]
    return math.sqrt(float(np.percentile(variance, AT_REST)) / 2) if variance.size else 0.0


def _sample_of(image: Image) -> Image:
    return np.ascontiguousarray(image[::STRIDE, ::STRIDE, 1])
