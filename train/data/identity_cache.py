"""Normalised pool3 features of all reference photos, computed once and kept on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from train.data.archives import Crop, by_person, read_crop
from train.models.identity_information import FEATURE_CHANNELS, normalise_features
from train.models.vgg import VGGFeatures

REFERENCE_SIDE = 176
REFERENCE_GRID = REFERENCE_SIDE // 8


class IdentityCache:
    """N of eq. 7 for every photo of people who have at least `fewest_photos`.

    Attributes:
        references: by index of a crop, the rows of the same person's other photos.
    """

    def __init__(
        self, path: Path, crops: Sequence[Crop], vgg: VGGFeatures, fewest_photos: int = 4
    ) -> None:
        people = [rows for rows in by_person(crops).values() if len(rows) >= fewest_photos]
        order = [index for rows in people for index in rows]
        position = {index: row for row, index in enumerate(order)}
        self.references = {
            index: [position[other] for other in rows if other != index]
            for rows in people
            for index in rows
        }
        self._features = _load_or_build(
            path, len(order), lambda row: _normalised(vgg, crops[order[row]])
        )

    def mean_of(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Mean of the chosen photos' N: 256 x 22 x 22 float32."""
        mean: NDArray[np.float32] = self._features[list(rows)].astype(np.float32).mean(0)
        return mean


def _load_or_build(
    path: Path, count: int, make: Callable[[int], NDArray[np.float16]]
) -> NDArray[np.float16]:
    shape = (count, FEATURE_CHANNELS, REFERENCE_GRID, REFERENCE_GRID)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".tmp")
        array = np.lib.format.open_memmap(beside, "w+", np.float16, shape)
        for row in range(count):
            array[row] = make(row)
        array.flush()
        beside.rename(path)
    loaded: NDArray[np.float16] = np.load(path, mmap_mode="r")
    if loaded.shape != shape:
        raise ValueError(f"{path} was made from other data; delete it")
    return loaded


def _normalised(vgg: VGGFeatures, crop: Crop) -> NDArray[np.float16]:
    picture = cv2.resize(
        read_crop(crop), (REFERENCE_SIDE, REFERENCE_SIDE), interpolation=cv2.INTER_AREA
    )
    tensor = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        features = vgg(tensor.to(memory_format=torch.channels_last))
    normalised, _, _ = normalise_features(features.float())
    result: NDArray[np.float16] = normalised[0].half().numpy()
    return result
