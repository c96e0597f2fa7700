"""Normalised pool3 features of all reference photos, computed once and kept on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from nasfe_cam.core.atomic_files import FileBeside
from train.autocast import autocast
from train.data.crop_store import Crop, by_person, read_crop
from train.models.nasfe.identity_information import FEATURE_CHANNELS, normalise_features
from train.models.vgg import VGGFeatures

REFERENCE_SIDE = 176
REFERENCE_GRID = REFERENCE_SIDE // 8


class IdentityCache:
    """N of eq. 7 for the photos of people who have at least `fewest_photos`.

    Args:
        path: file of the features; a fingerprint of photos and features is added to
            its name, so that every folder of faces and every extractor has its own.
        crops: of the training split.
        vgg: extracts the features.
        fewest_photos: people with fewer are shown without identity.
        most_features: kept on disk, 248 kB each. Where there are more photos, as in
            CelebA or VGGFace2, every person keeps an equal number, at least
            `fewest_photos`; those are the references of the person's other photos too.

    Attributes:
        references: by index of a crop, the rows of the same person's other photos.
    """

    def __init__(
        self,
        path: Path,
        crops: Sequence[Crop],
        vgg: VGGFeatures,
        fewest_photos: int = 2,
        most_features: int = 20_000,
    ) -> None:
        people = [rows for rows in by_person(crops).values() if len(rows) >= fewest_photos]
        order = _references_of(people, fewest_photos, most_features)
        position = {index: row for row, index in enumerate(order)}
        self.references = {
            index: [position[other] for other in rows if other != index and other in position]
            for rows in people
            for index in rows
        }
        self._features = _load_or_build(
            path.with_stem(f"{path.stem}-{_fingerprint(vgg, (crops[index] for index in order))}"),
            len(order),
            lambda row: _normalised(vgg, crops[order[row]]),
        )

    def mean_of(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Mean of the chosen photos' N: 256 x 22 x 22 float32."""
        mean: NDArray[np.float32] = self._features[list(rows)].astype(np.float32).mean(0)
        return mean


def _references_of(people: Sequence[list[int]], fewest: int, most: int) -> list[int]:
    if sum(map(len, people)) <= most:
        return [index for rows in people for index in rows]
    each = max(fewest, most // len(people))
    return [index for rows in people for index in rows[:each]]


def _fingerprint(vgg: VGGFeatures, crops: Iterable[Crop]) -> str:
    """Features of other people, or of another extractor, must never pass for these."""
    digest = hashlib.sha256()
    for value in vgg.state_dict().values():
        digest.update(value.numpy().tobytes())
    for crop in crops:
        digest.update(f"{crop.name} {crop.size}\n".encode())
    return digest.hexdigest()[:12]


def _load_or_build(
    path: Path, count: int, make: Callable[[int], NDArray[np.float16]]
) -> NDArray[np.float16]:
    shape = (count, FEATURE_CHANNELS, REFERENCE_GRID, REFERENCE_GRID)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileBeside(path) as file:
            array = np.lib.format.open_memmap(file.temporary, "w+", np.float16, shape)
            for row in range(count):
                array[row] = make(row)
            array.flush()
    loaded: NDArray[np.float16] = np.load(path, mmap_mode="r")
    if loaded.shape != shape:
        raise ValueError(f"{path} was made from other data; delete it")
    return loaded


def _normalised(vgg: VGGFeatures, crop: Crop) -> NDArray[np.float16]:
    picture = cv2.resize(
        read_crop(crop), (REFERENCE_SIDE, REFERENCE_SIDE), interpolation=cv2.INTER_AREA
    )
    tensor = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode(), autocast():
        features = vgg(tensor.to(memory_format=torch.channels_last))
    normalised, _, _ = normalise_features(features.float())
    result: NDArray[np.float16] = normalised[0].half().numpy()
    return result
