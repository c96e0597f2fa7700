"""How near a picture comes to the true one, pixel by pixel."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image

HIGHEST_PSNR = 100.0
"""What equal pictures get instead of infinity, in dB."""


def psnr(truth: Image | FloatArray, picture: Image | FloatArray) -> float:
    """Peak signal-to-noise ratio in dB, over all pixels and channels.

    Args:
        truth: uint8, or float32 in 0..1.
        picture: of its shape and dtype.
    """
    peak = 255.0 if truth.dtype == np.uint8 else 1.0
    return min(float(cv2.PSNR(truth, picture, peak)), HIGHEST_PSNR)


def ssim(truth: Image, *pictures: Image) -> list[float]:
    """Structural similarity of each picture, mean over the channels, Gaussian window 11 x 11.

    Args:
        truth: H x W x 3 uint8.
        pictures: of its shape.
    """
    channels: list[list[float]] = []
    # One channel at a time: of a whole frame OpenCV's buffers would take three times as much,
    # which was a quarter of the memory of `demo`.
    for channel in range(truth.shape[2]):
        # What is about the truth alone is computed once.
        similarity = cv2.quality.QualitySSIM.create(np.ascontiguousarray(truth[..., channel]))
        channels.append(
            [
                similarity.compute(np.ascontiguousarray(picture[..., channel]))[0]
                for picture in pictures
            ]
        )
    return [float(score) for score in np.mean(channels, axis=0)]
