"""A cheap webcam in a dim room, from the physics; shares nothing with what training undoes.

The camera was trained on eq. 1 of its paper and is shown that at `--simulate-bad-webcam`. A real
webcam differs: it exposes and amplifies by itself, its noise is that of counted photons, and its
processor has already removed the noise that it could, with the detail. The order is that of a
camera: scene, lens, exposure, sensor, processor, MJPEG. Everything random comes from a seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image

_GAMMA = 2.2
# Electrons that fill a pixel of 1.4 micrometres, and electrons of noise in reading it.
_FULL_WELL, _READ_NOISE = 4500.0, 5.0
_ADC_STEPS = 1023
# Linear mean to which exposure is steered, and the part of the way it goes in a frame.
_TARGET, _AGILITY = 0.12, 0.25
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# From counts so large on, Poisson's distribution is Gauss's to the eye, at a tenth of the time.
_MANY = 40.0


@dataclass(frozen=True, slots=True)
class Level:
    """How bad it is.

    Attributes:
        light: of a well-lit room's, linear.
        tint: the light's own colour (R, G, B) that the white balance leaves.
        most_gain: the amplification that the camera does not exceed, so that darker stays dark.
        lens: deviation of its blur, in pixels.
        smoothing: 0..1, strength of the processor's noise filter.
        chroma: deviation of the blur of colour, in pixels.
        sharpening: amount of the unsharp mask.
        jpeg: quality of MJPEG.
    """

    light: float
    tint: tuple[float, float, float]
    most_gain: float
    lens: float
    smoothing: float
    chroma: float
    sharpening: float
    jpeg: int


LEVELS = {
    1: Level(0.25, (1.03, 1.0, 0.95), 2.5, 0.5, 0.3, 1.5, 0.5, 75),
    2: Level(0.10, (1.06, 1.0, 0.90), 4.0, 0.8, 0.5, 2.5, 0.8, 55),
    3: Level(0.045, (1.08, 1.0, 0.86), 6.0, 1.1, 0.7, 4.0, 1.1, 40),
}
"""A desk lamp, a screen and a lamp, a screen alone."""


class CheapWebcam:
    """Films the pictures of a clip, one after the other.

    Args:
        level: 1 to 3, from `LEVELS`.
        seed: of the noise.
    """

    def __init__(self, level: int, seed: int = 7) -> None:
        self._level = LEVELS[level]
        self._rng = np.random.default_rng(seed)
        self._gain = 1.0
        self._before: FloatArray | None = None

    def degrade(self, image: Image) -> Image:
        """What comes out of the camera for an H x W x 3 uint8 BGR scene, well lit."""
        level = self._level
        scene = (image[..., ::-1].astype(np.float32) / 255) ** _GAMMA
        scene *= np.float32(level.light) * np.array(level.tint, np.float32)
        scene = _blurred(scene, level.lens)
        colour = self._sensor(scene)
        return self._processor(colour)

    def _sensor(self, scene: FloatArray) -> FloatArray:
        """Linear RGB, 0..1, of the amplified and demosaiced counts."""
        even = scene[: scene.shape[0] // 2 * 2, : scene.shape[1] // 2 * 2]
        raw = even[..., 1].copy()
        raw[0::2, 0::2] = even[0::2, 0::2, 0]
        raw[1::2, 1::2] = even[1::2, 1::2, 2]
        counts = self._count(raw * np.float32(_FULL_WELL))
        volts = (counts + self._rng.normal(0, _READ_NOISE, raw.shape)) * (self._gain / _FULL_WELL)
        # Digital zero lies above black, as in real sensors, so that noise is not cut off here.
        steps = np.round((np.clip(volts, -0.06, 1) + 0.0625) * _ADC_STEPS * 60)
        colour = cv2.cvtColor(steps.astype(np.uint16), cv2.COLOR_BayerRGGB2BGR_EA)[..., ::-1]
        linear = colour.astype(np.float32) / np.float32(_ADC_STEPS * 60) - np.float32(0.0625)
        self._expose(float(linear.mean()))
        height, width = scene.shape[:2]
        rest = ((0, height - linear.shape[0]), (0, width - linear.shape[1]), (0, 0))
        return np.pad(linear, rest, mode="edge")

    def _count(self, electrons: FloatArray) -> NDArray[np.float64]:
        counts = electrons + self._rng.standard_normal(electrons.shape) * np.sqrt(electrons)
        few = electrons < _MANY
        counts[few] = self._rng.poisson(electrons[few])
        return np.minimum(counts, _FULL_WELL)

    def _expose(self, mean: float) -> None:
        """The next frame's gain: part of the way to the wanted mean, as real controls go."""
        wanted = self._gain * _TARGET / max(mean, 1e-4)
        self._gain *= (wanted / self._gain) ** _AGILITY
        self._gain = min(max(self._gain, 1.0), self._level.most_gain)

    def _processor(self, linear: FloatArray) -> Image:
        level = self._level
        shown = np.clip(linear, 0, 1) ** np.float32(1 / _GAMMA)
        luma = shown @ _LUMA
        chroma = _blurred(shown - luma[..., None], level.chroma)
        smooth = cv2.bilateralFilter(luma, 5, 0.15 * level.smoothing, 2.0)
        luma = luma + np.float32(level.smoothing) * (smooth - luma)
        if self._before is not None:
            # Over time too, where little changed: what moves smears.
            past = np.exp(-((cv2.blur(luma - self._before, (5, 5)) / 0.04) ** 2))
            luma += np.float32(0.5 * level.smoothing) * past * (self._before - luma)
        self._before = luma
        luma = luma + np.float32(level.sharpening) * (luma - cv2.GaussianBlur(luma, (0, 0), 1.2))
        colour = np.clip(luma[..., None] + chroma, 0, 1)[..., ::-1]
        _, data = cv2.imencode(
            ".jpg", np.round(colour * 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, level.jpeg]
        )
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _blurred(picture: FloatArray, deviation: float) -> FloatArray:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), deviation), np.float32)
