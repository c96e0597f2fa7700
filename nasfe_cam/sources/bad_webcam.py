"""`--simulate-bad-webcam`: any source, seen by a cheap webcam in a dark room."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.degradation.kernels import motion_kernel
from nasfe_cam.degradation.parameters import Degradation
from nasfe_cam.sources.base import Source, SourceDescription

# Parameters at strength 100: inside the training ranges (paper, section 4), near their dark end.
DARKEST_LIGHT = 0.15
MOST_SIGNAL_NOISE = 0.1
MOST_CONSTANT_NOISE = 0.05
LARGEST_KERNEL = 15
_SPARE = 64
# The sensor counts from a black level, so that negative noise is not cut off before demosaicing.
_BLACK_LEVEL, _WHITE_ABOVE_BLACK = 16384, 32640


def bad_webcam_degradation(strength: float, seed: int = 1) -> Degradation:
    """The parameters of eq. 1 for a strength of 0 (clean) to 1."""
    size = 1 + 2 * round(strength * (LARGEST_KERNEL - 1) / 2)
    kernel = motion_kernel(np.random.default_rng(seed), size) if size >= 3 else None
    return Degradation(
        kernel=kernel,
        light=DARKEST_LIGHT**strength,
        signal_noise=strength * MOST_SIGNAL_NOISE,
        constant_noise=strength * MOST_CONSTANT_NOISE,
    )


class BadWebcam:
    """A `Source` that degrades the pictures of another one.

    Args:
        source: delivers the clean pictures; closed together with this.
        strength: 0..1; 1 is blur, noise and low light near the worst that the
            network was trained on.
        seed: of the noise and of the blur kernel; equal seeds give equal pictures.
    """

    def __init__(self, source: Source, strength: float, seed: int = 1) -> None:
        self._source = source
        self._degradation = bad_webcam_degradation(strength, seed)
        self._rng = np.random.default_rng(seed)
        self._noise: FloatArray = np.empty((0, 0), np.float32)
        irradiance = np.arange(256, dtype=np.float32) / 255 * self._degradation.light
        variance = (
            irradiance * self._degradation.signal_noise**2 + self._degradation.constant_noise**2
        )
        self._black = np.full(4, _BLACK_LEVEL, np.float64)
        self._signal_table = irradiance * _WHITE_ABOVE_BLACK + _BLACK_LEVEL
        self._deviation_table = np.sqrt(variance) * np.float32(_WHITE_ABOVE_BLACK)

    def describe(self) -> SourceDescription:
        return self._source.describe()

    def read(self) -> Frame | None:
        frame = self._source.read()
        return None if frame is None else replace(frame, image=self.degrade(frame.image))

    def close(self) -> None:
        self._source.close()

    def degrade(self, image: Image) -> Image:
        """Degrade one H x W x 3 uint8 BGR picture.

        Gives what `nasfe_cam.degradation.degrade` gives, up to rounding, but in
        the time of a live frame: with a linear response every step is a table
        of 256 values or an integer operation of OpenCV.
        """
        if self._degradation.kernel is not None:
            kernel = self._degradation.kernel
            blurred = cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_REFLECT_101)
            image = np.asarray(blurred, np.uint8)
        if self._degradation.light >= 1 and not self._degradation.has_noise:
            return image
        raw = image[..., 1].copy()
        raw[0::2, 0::2] = image[0::2, 0::2, 2]
        raw[1::2, 1::2] = image[1::2, 1::2, 0]
        signal = cv2.LUT(raw, self._signal_table)
        deviation = cv2.LUT(raw, self._deviation_table)
        noise = self._draw_noise(*raw.shape)
        sensor = cv2.add(signal, cv2.multiply(deviation, noise), dtype=cv2.CV_16U)
        colour = cv2.cvtColor(sensor, cv2.COLOR_BayerRGGB2BGR)
        above_black = cv2.subtract(colour, self._black)
        seen = cv2.convertScaleAbs(above_black, alpha=255 / _WHITE_ABOVE_BLACK)
        return np.asarray(seen, np.uint8)

    def _draw_noise(self, height: int, width: int) -> FloatArray:
        """Noise of one picture: a random part of a larger field, which is drawn only once."""
        wanted = (height + _SPARE, width + _SPARE)
        if self._noise.shape != wanted:
            self._noise = self._rng.standard_normal(wanted, np.float32)
        top, left = self._rng.integers(0, _SPARE, 2)
        return self._noise[top : top + height, left : left + width]
