"""The webcam artefacts of `nasfe_cam.degradation.webcam` for batches of tensors.

Scaling, sharpening and banding run where the batch is, on CPU or GPU; the codecs
run on the CPU, picture by picture. No gradient flows through: restoration learns
from the artefacts, not to make them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from nasfe_cam.degradation.webcam import (
    ALL_LEVELS,
    BLUR_SIDE,
    LUMA,
    NO_ARTEFACTS,
    WebcamArtefacts,
    captured_size,
    compress,
)


@torch.no_grad()
def add_webcam_artefacts(images: Tensor, artefacts: Sequence[WebcamArtefacts]) -> Tensor:
    """Apply each picture's artefacts to it; every H.264 picture is a key frame.

    Args:
        images: N x 3 x H x W float32, RGB, 0..1, as `train.degradation.sensor.degrade`
            leaves them; not changed.
        artefacts: N of them.

    Returns:
        N x 3 x H x W float32, RGB, 0..1, on the same device. A picture without
        artefacts is the same bit for bit.
    """
    height, width = images.shape[-2:]
    by_size: dict[tuple[int, int], list[int]] = {}
    for row, one in enumerate(artefacts):
        if one != NO_ARTEFACTS:
            by_size.setdefault(captured_size(height, width, one.scale), []).append(row)
    result = images.clone() if by_size else images
    for size, rows in by_size.items():
        group = [artefacts[row] for row in rows]
        captured = _resized(images[rows], size, cv2.INTER_AREA)
        compressed = _compressed(_banded(_sharpened(captured, group), group), group)
        result[rows] = _resized(compressed, (height, width), cv2.INTER_LINEAR)
    return result


def _resized(images: Tensor, size: tuple[int, int], interpolation: int) -> Tensor:
    """OpenCV's resizing as two matrix products, so that both versions have one definition."""
    height, width = images.shape[-2:]
    if (height, width) == size:
        return images
    rows = _weights(height, size[0], interpolation).to(images)
    columns = _weights(width, size[1], interpolation).to(images)
    return rows @ images @ columns.T


@lru_cache(maxsize=512)
def _weights(source: int, target: int, interpolation: int) -> Tensor:
    """target x source float32: what OpenCV makes of an identity matrix."""
    identity = np.eye(source, dtype=np.float32)
    return torch.from_numpy(cv2.resize(identity, (source, target), interpolation=interpolation))


def _sharpened(images: Tensor, artefacts: Sequence[WebcamArtefacts]) -> Tensor:
    if not any(one.sharpening > 0 for one in artefacts):
        return images
    amounts = torch.tensor([one.sharpening for one in artefacts]).to(images)[:, None, None, None]
    kernels = np.stack(
        [cv2.getGaussianKernel(BLUR_SIDE, one.sharpening_radius, cv2.CV_32F) for one in artefacts]
    )
    column = torch.from_numpy(kernels).to(images)[:, None]
    luma = torch.einsum("nchw,c->nhw", images, torch.from_numpy(LUMA).to(images))[None]
    # Every picture has its own kernel: the pictures are the channels of one convolution.
    margin = BLUR_SIDE // 2
    padded = F.pad(luma, (margin, margin, margin, margin), mode="reflect")
    across = F.conv2d(padded, column.transpose(2, 3), groups=len(artefacts))
    blurred = F.conv2d(across, column, groups=len(artefacts))
    detail = (luma - blurred)[0][:, None]
    return torch.where(amounts > 0, (images + amounts * detail).clamp(0, 1), images)


def _banded(images: Tensor, artefacts: Sequence[WebcamArtefacts]) -> Tensor:
    if all(one.levels >= ALL_LEVELS for one in artefacts):
        return images
    levels = torch.tensor([one.levels for one in artefacts]).to(images)[:, None, None, None]
    rounded = (images.clamp(0, 1) * (levels - 1)).round() / (levels - 1)
    return torch.where(levels < ALL_LEVELS, rounded, images)


def _compressed(images: Tensor, artefacts: Sequence[WebcamArtefacts]) -> Tensor:
    if all(one.jpeg_quality is None and one.h264_quantiser is None for one in artefacts):
        return images
    pictures = images.permute(0, 2, 3, 1).cpu().numpy()
    seen = [compress([picture], one)[0] for picture, one in zip(pictures, artefacts, strict=True)]
    return torch.from_numpy(np.stack(seen)).to(images.device).permute(0, 3, 1, 2)
