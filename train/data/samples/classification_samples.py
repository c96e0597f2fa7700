"""Degraded and clean pictures for the classification network, as feature statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.kernels import draw_kernel
from nasfe_cam.degradation.parameters import CLEAN, Degradation, DegradationRanges
from train.autocast import autocast
from train.data.crop_store import Crop, read_crop
from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.identity_information import live_statistics
from train.models.vgg import VGGFeatures

CLEAN_SHARE = 0.35
# What the network was not trained on, but what is often in front of it: half dark, a little noisy.
MILD_SHARE = 0.3
MILD = DegradationRanges(
    light=(0.45, 0.8), signal_noise=(0.015, 0.06), constant_noise=(0.008, 0.02), all_three_share=0.6
)
SIDES = (256, 256, 256, 176)
"""The camera looks at 256 x 256; the tables of the paper are at 176."""


@dataclass(frozen=True, slots=True)
class ClassificationSamples:
    """What is known of N pictures: mean and std N x 256, gain N x 1, labels N x 3."""

    mean: Tensor
    std: Tensor
    gain: Tensor
    labels: Tensor


def draw_samples(
    crops: Sequence[Crop],
    vgg: VGGFeatures,
    count: int,
    seed: int,
    progress: Callable[[int], None],
) -> ClassificationSamples:
    """Degrade `count` crops and compute the statistics of their features.

    A third is clean in the sense of the camera: sharp or a little soft, from a
    near or a far face, well or not so well exposed, compressed. Those must be
    left alone, so they carry the label 0. A part of the others is mildly degraded:
    without them the head took a face at half its light for a clean one.
    """
    rng = np.random.default_rng(seed)
    ranges = DegradationRanges(all_three_share=0.3)
    kernels = [draw_kernel(rng, ranges.gaussian_kernel_share) for _ in range(1000)]
    means, stds, gains, labels = [], [], [], []
    for index in range(count):
        side = int(rng.choice(SIDES))
        clean = _at_side(read_crop(crops[int(rng.integers(len(crops)))]), side)
        if rng.random() < CLEAN_SHARE:
            degradation, picture = CLEAN, _everyday(rng, clean)
        else:
            drawn_from = MILD if rng.random() < MILD_SHARE else ranges
            degradation = drawn_from.sample(rng, kernels)
            picture = _degraded(rng, clean, degradation)
        tensor = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]
        with torch.inference_mode(), autocast():
            mean, std = live_statistics(vgg, tensor.contiguous(memory_format=torch.channels_last))
        means.append(mean[0])
        stds.append(std[0])
        gains.append(exposure_gain(tensor).flatten())
        labels.append(torch.tensor(degradation.label))
        progress(index + 1)
    return ClassificationSamples(
        torch.stack(means).clone(),
        torch.stack(stds).clone(),
        torch.stack(gains),
        torch.stack(labels),
    )


def _at_side(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], side: int) -> FloatArray:
    shrinks = picture.shape[0] > side
    scaled = cv2.resize(
        picture, (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return np.asarray(scaled, np.float32) / np.float32(255)


def _degraded(rng: np.random.Generator, clean: FloatArray, degradation: Degradation) -> FloatArray:
    noise = rng.standard_normal(clean.shape[:2], np.float32)
    return _eight_bits(degrade(clean, degradation, noise))


def _everyday(rng: np.random.Generator, clean: FloatArray) -> FloatArray:
    """What happens to a clean picture on its way through a good webcam."""
    picture = clean
    if rng.random() < 0.5:
        side = clean.shape[0]
        far = int(rng.integers(side // 2, side + 1))
        small = cv2.resize(picture, (far, far), interpolation=cv2.INTER_AREA)
        picture = np.asarray(cv2.resize(small, (side, side)), np.float32)
    if rng.random() < 0.6:
        picture = np.clip(picture, 0, 1) ** np.float32(rng.uniform(0.75, 1.35))
    if rng.random() < 0.6:
        levels = np.asarray(np.round(picture * 255), np.uint8)
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))]
        levels = np.asarray(
            cv2.imdecode(cv2.imencode(".jpg", levels, quality)[1], cv2.IMREAD_COLOR), np.uint8
        )
        picture = levels.astype(np.float32) / np.float32(255)
    return _eight_bits(picture)


def _eight_bits(picture: FloatArray) -> FloatArray:
    return np.asarray(np.round(np.clip(picture, 0, 1) * 255) / 255, np.float32)
