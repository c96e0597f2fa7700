"""The degradation model of eq. 1: blur, low light and sensor noise."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.parameters import Degradation

# Bilinear demosaicing as convolutions of the three sparse colour planes.
GREEN_WEIGHTS = np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]], np.float32) / np.float32(4)
RED_BLUE_WEIGHTS = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]], np.float32) / np.float32(4)


def degrade(image: FloatArray, degradation: Degradation, noise: FloatArray) -> FloatArray:
    """Apply eq. 1 to one picture.

    The paper does not say whether a picture that is only blurred passes the
    sensor; here it does not, so that Test-B measures blur alone and a clean
    picture stays bit for bit what it was.

    Args:
        image: H x W x 3 float32, RGB, 0..1.
        degradation: the parameters.
        noise: H x W float32, standard normal; one value per sensor pixel.

    Returns:
        H x W x 3 float32, RGB, 0..1.
    """
    if degradation.kernel is not None:
        image = _filtered(image, degradation.kernel)
    if degradation.light >= 1 and not degradation.has_noise:
        return image
    irradiance = np.clip(image, 0, 1) ** degradation.gamma * degradation.light
    raw = mosaic(irradiance)
    variance = raw * degradation.signal_noise**2 + degradation.constant_noise**2
    raw = raw + noise * np.sqrt(variance)
    return np.clip(demosaic(raw), 0, 1) ** np.float32(1 / degradation.gamma)


def mosaic(image: FloatArray) -> FloatArray:
    """H x W x 3 RGB to an H x W Bayer picture (RGGB), M of eq. 1."""
    raw = image[..., 1].copy()
    raw[0::2, 0::2] = image[0::2, 0::2, 0]
    raw[1::2, 1::2] = image[1::2, 1::2, 2]
    return raw


def demosaic(raw: FloatArray) -> FloatArray:
    """H x W Bayer (RGGB) to H x W x 3 RGB, bilinear."""
    planes = np.zeros((*raw.shape, 3), np.float32)
    planes[0::2, 0::2, 0] = raw[0::2, 0::2]
    planes[0::2, 1::2, 1] = raw[0::2, 1::2]
    planes[1::2, 0::2, 1] = raw[1::2, 0::2]
    planes[1::2, 1::2, 2] = raw[1::2, 1::2]
    for channel, weights in enumerate((RED_BLUE_WEIGHTS, GREEN_WEIGHTS, RED_BLUE_WEIGHTS)):
        planes[..., channel] = _filtered(planes[..., channel], weights)
    return planes


def _filtered(image: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray(
        cv2.filter2D(image, -1, weights, borderType=cv2.BORDER_REFLECT_101), np.float32
    )
