"""Runs a restoring network as the camera does, with what the live picture says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from nasfe_cam.core.frame import FloatArray, Image
from train.data.crop_store import Crop, read_crop
from train.data.samples.batches import MOST_REFERENCES
from train.models.classification import Observer
from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.identity_information import (
    FEATURE_CHANNELS,
    live_statistics,
    normalise_features,
)
from train.models.vgg import VGGFeatures

# Enough for the own and the strange features of the 100 photos of a test set.
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Network:
    """A restoring network under test.

    Attributes:
        name: in the table.
        restorer, observer: in eval mode. The restorer gets the class vector that
            the observer sees in the degraded picture, as at work.
        uses_classes: false shows it zeros instead.
        uses_identity: false leaves the rows with identity features out.
    """

    name: str
    restorer: nn.Module
    observer: Observer
    uses_classes: bool = True
    uses_identity: bool = True


@torch.inference_mode()
def restore(
    network: Network, degraded: FloatArray, identities: Sequence[Tensor | None]
) -> list[FloatArray]:
    """Restore one picture, once with each of several people's features.

    Args:
        degraded: H x W x 3 float32, RGB, 0..1; H and W multiples of 16.
        identities: N of eq. 7, 1 x 256 x H/8 x W/8 each; None for nobody.

    Returns:
        As many pictures, like `degraded`.
    """
    face = as_tensor(degraded)
    mean, std = live_statistics(network.observer.vgg, face)
    classes = network.observer.head(mean, std, exposure_gain(face)) * network.uses_classes
    count = len(identities)
    nobody = torch.zeros(1, FEATURE_CHANNELS, face.shape[2] // 8, face.shape[3] // 8)
    restored = network.restorer(
        face.expand(count, -1, -1, -1),
        torch.cat([nobody if identity is None else identity for identity in identities]),
        mean.expand(count, -1),
        std.expand(count, -1),
        classes.expand(count, -1),
    )
    return [as_picture(one) for one in restored.clamp(0, 1)]


@lru_cache(maxsize=_REMEMBERED)
@torch.inference_mode()
def features_of_crops(vgg: VGGFeatures, crops: tuple[Crop, ...], height: int, width: int) -> Tensor:
    """N of eq. 7 from photos of a person, for pictures of height x width.

    Args:
        vgg: of the observer.
        crops: the first four are used.
        height, width: a picture narrower than high is the middle of a square one.

    Returns:
        1 x 256 x H/8 x W/8 float16, as training keeps them on disk.
    """
    photos = (
        cv2.resize(read_crop(crop), (height, height), interpolation=cv2.INTER_AREA)
        for crop in crops[:MOST_REFERENCES]
    )
    pictures = [np.asarray(photo, np.float32) / np.float32(255) for photo in photos]
    left = (height - width) // 2 // 8
    return features_of(vgg, pictures)[..., left : left + width // 8].contiguous()


@torch.inference_mode()
def features_of(vgg: VGGFeatures, pictures: Sequence[FloatArray]) -> Tensor:
    """N of eq. 7: the mean over clean pictures of one size; 1 x 256 x H/8 x W/8 float16."""
    normalised = [normalise_features(vgg(as_tensor(picture)))[0] for picture in pictures]
    return torch.stack(normalised).mean(0).half()


def as_tensor(picture: FloatArray) -> Tensor:
    """H x W x 3 -> 1 x 3 x H x W."""
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]


def as_picture(tensor: Tensor) -> FloatArray:
    """3 x H x W -> H x W x 3."""
    return np.ascontiguousarray(tensor.permute(1, 2, 0).numpy())


def as_levels(picture: FloatArray) -> Image:
    """H x W x 3 float32, RGB, 0..1, as the camera keeps pictures: uint8 BGR."""
    levels = np.round(np.clip(picture[..., ::-1], 0, 1) * 255)
    return np.ascontiguousarray(levels.astype(np.uint8))


def as_square(picture: FloatArray) -> Image:
    """H x W x 3 float32, RGB, 0..1, as a square uint8 BGR crop with its edges repeated."""
    height, width = picture.shape[:2]
    left = (height - width) // 2
    sides = ((0, 0), (left, height - width - left), (0, 0))
    return np.ascontiguousarray(np.pad(as_levels(picture), sides, mode="edge"))
