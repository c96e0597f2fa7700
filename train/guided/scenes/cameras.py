"""The bad cameras of training: the paper's, and webcams as they are sold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.kernels import draw_kernel
from nasfe_cam.degradation.parameters import Degradation, DegradationRanges
from nasfe_cam.degradation.webcam import (
    NO_ARTEFACTS,
    WebcamArtefacts,
    WebcamRanges,
    add_webcam_artefacts,
)

# Real cameras process before they deliver: milder noise than eq. 1's, gamma, another white.
_WEBCAM = DegradationRanges(
    light=(0.08, 0.8),
    signal_noise=(0.01, 0.12),
    constant_noise=(0.005, 0.05),
    linear_response_share=0.2,
    all_three_share=0.4,
    gaussian_kernel_share=0.6,
)
# H.264 takes many times what the other steps take, and its pictures are much like JPEG's.
_ARTEFACTS = WebcamRanges(h264_share=0.05)
_NEW_KERNEL = 0.7
_EXPOSURE = 0.06
_CAST = 0.06
_DENOISED_SHARE, _CHROMA_SHARE = 0.4, 0.5
KERNELS = 4000


@dataclass(frozen=True, slots=True, eq=False)
class Processing:
    """What a webcam does to its picture before it is sharpened and compressed.

    Attributes:
        cast: factors of R, G and B.
        denoising: deviation of the Gaussian that stands in for its noise reduction; 0 for none.
        chroma: deviation of the blur of its colours, in pixels; 0 for none.
    """

    cast: FloatArray
    denoising: float
    chroma: float

    def apply(self, picture: FloatArray) -> FloatArray:
        """H x W x 3 float32, RGB, 0..1, to the same."""
        picture = np.clip(picture * self.cast, 0, 1).astype(np.float32)
        if self.denoising > 0:
            # Edges stay and flat parts are smeared, as cameras do it.
            smooth = cv2.GaussianBlur(picture, (0, 0), self.denoising)
            difference = picture - smooth
            kept = np.abs(difference) / (np.abs(difference) + np.float32(0.06))
            picture = np.asarray(smooth + difference * kept, np.float32)
        if self.chroma > 0:
            y, cr, cb = cv2.split(cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb))
            cr, cb = (cv2.GaussianBlur(plane, (0, 0), self.chroma) for plane in (cr, cb))
            colours = cv2.cvtColor(cv2.merge([y, cr, cb]), cv2.COLOR_YCrCb2RGB)
            picture = np.asarray(np.clip(colours, 0, 1), np.float32)
        return picture


class Camera:
    """One bad camera in one room: what stays from frame to frame, and what does not.

    Args:
        rng: source of randomness, also of all that follows.
        kernels: from `draw_kernels`.
        webcam: as they are sold; otherwise eq. 1 alone.
    """

    def __init__(self, rng: np.random.Generator, kernels: list[FloatArray], webcam: bool) -> None:
        self._rng = rng
        self._kernels = kernels
        ranges = _WEBCAM if webcam else DegradationRanges()
        self._degradation = ranges.sample(rng, kernels)
        self._artefacts: WebcamArtefacts = _ARTEFACTS.sample(rng) if webcam else NO_ARTEFACTS
        self._processing = _draw_processing(rng) if webcam else None

    def take(self, clean: FloatArray) -> tuple[FloatArray, Degradation]:
        """The next frame: H x W x 3 float32, RGB, 0..1, degraded, and by what."""
        now = self._degradation
        if now.kernel is not None and self._rng.random() < _NEW_KERNEL:
            now = replace(now, kernel=self._kernels[int(self._rng.integers(len(self._kernels)))])
        if now.light < 1:
            wobble = np.exp(_EXPOSURE * self._rng.standard_normal())
            now = replace(now, light=float(min(0.99, now.light * wobble)))
        noise = self._rng.standard_normal(clean.shape[:2], np.float32)
        seen = degrade(clean, now, noise)
        if self._processing is not None:
            seen = self._processing.apply(seen)
        return add_webcam_artefacts(seen, self._artefacts), now


def draw_kernels(seed: int, count: int = KERNELS) -> list[FloatArray]:
    """Blur kernels that are prepared once (the paper: 25,000)."""
    rng = np.random.default_rng(seed)
    share = DegradationRanges().gaussian_kernel_share
    return [draw_kernel(rng, share) for _ in range(count)]


def _draw_processing(rng: np.random.Generator) -> Processing:
    temperature, tint = _CAST * rng.standard_normal(2)
    cast = np.exp([temperature + tint / 2, -tint / 2, -temperature + tint / 2])
    return Processing(
        cast.astype(np.float32),
        float(rng.uniform(0.6, 1.6)) if rng.random() < _DENOISED_SHARE else 0.0,
        float(rng.uniform(0.8, 3.0)) if rng.random() < _CHROMA_SHARE else 0.0,
    )
