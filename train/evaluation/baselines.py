"""Methods without a network, as baselines for restoration."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from skimage.restoration import denoise_tv_chambolle

from nasfe_cam.core.frame import FloatArray

MIDDLE_GREY = 0.45
LARGEST_GAIN = 12.0
# The estimate is for independent pixels. Bilinear demosaicing makes neighbours alike: of its
# noise, 0.039 in each colour where the sensor's is 0.05, the estimate sees 0.0087.
DEMOSAICED = 4.4

Method = Callable[[FloatArray], FloatArray]
"""H x W x 3 float32, RGB, 0..1, to the same."""


def histogram_equalisation(picture: FloatArray) -> FloatArray:
    """Equalise the luminance ("Histeq" of Table 5)."""
    planes = cv2.cvtColor(_bytes(picture), cv2.COLOR_RGB2YCrCb)
    planes[..., 0] = cv2.equalizeHist(planes[..., 0])
    return _floats(cv2.cvtColor(planes, cv2.COLOR_YCrCb2RGB))


def exposed(picture: FloatArray) -> FloatArray:
    """Bring the mean luminance to a middle grey by a gain, as a camera's exposure would."""
    gain = min(LARGEST_GAIN, MIDDLE_GREY / max(1e-3, float(picture.mean())))
    return np.asarray(np.clip(picture * max(1.0, gain), 0, 1), np.float32)


def exposure_and_non_local_means(picture: FloatArray) -> FloatArray:
    """Exposure, then non-local means (Buades et al.) at the noise that is measured."""
    bright = exposed(picture)
    strength = 255 * _noise(bright)
    levels = cv2.fastNlMeansDenoisingColored(
        _bytes(bright), None, float(strength), float(strength), 5, 15
    )
    return _floats(levels)


def exposure_and_total_variation(picture: FloatArray) -> FloatArray:
    """Exposure, then total-variation denoising (Chambolle) at the noise that is measured."""
    bright = exposed(picture)
    clean = denoise_tv_chambolle(  # type: ignore[no-untyped-call]
        bright, weight=1.2 * _noise(bright) + 1e-3, channel_axis=2
    )
    return np.asarray(np.clip(clean, 0, 1), np.float32)


METHODS: dict[str, Method] = {
    "histogram equalisation": histogram_equalisation,
    "exposure, non-local means": exposure_and_non_local_means,
    "exposure, total variation": exposure_and_total_variation,
}


def _noise(picture: FloatArray) -> float:
    """Deviation of a camera's noise, 0..1 (Immerkaer, "Fast noise variance estimation", 1996)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    response = cv2.filter2D(grey, cv2.CV_32F, _LAPLACIANS)
    return DEMOSAICED * float(np.sqrt(np.pi / 2) / 6 * np.abs(response).mean())


_LAPLACIANS = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def _bytes(picture: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(np.round(picture * 255), np.uint8)


def _floats(levels: cv2.typing.MatLike) -> FloatArray:
    return np.asarray(levels, np.float32) / np.float32(255)
