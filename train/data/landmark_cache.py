"""The landmarks of all crops of a split, found once and kept on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from nasfe_cam.core.atomic_files import FileBeside
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from train.data.crop_store import Crop, read_crop


def landmarks_of_crops(
    folder: Path,
    crops: Sequence[Crop],
    mesh: LandmarkNetwork,
    progress: Callable[[int], None] = lambda done: None,
) -> FloatArray:
    """Find the landmarks of aligned crops, or read what was found before.

    Args:
        folder: of the files; every list of crops has its own.
        crops: in the order of the result.
        mesh: finds landmarks.
        progress: told the number of crops done, where they are looked for.

    Returns:
        N x 478 x 2 float32, 0..1 from edge to edge of each crop; NaN where no face was found.
    """
    path = folder / f"landmarks-{_fingerprint(crops)}.npy"
    if not path.exists():
        found = np.full((len(crops), 478, 2), np.nan, np.float32)
        for row, crop in enumerate(crops):
            picture = np.ascontiguousarray(read_crop(crop)[..., ::-1])
            landmarks = landmarks_of_crop(picture, mesh)
            if landmarks is not None:
                found[row] = landmarks
            progress(row + 1)
        folder.mkdir(parents=True, exist_ok=True)
        with FileBeside(path) as file, file.temporary.open("wb") as stream:
            np.save(stream, found)
    loaded: FloatArray = np.load(path)
    return loaded


def _fingerprint(crops: Sequence[Crop]) -> str:
    digest = hashlib.sha256()
    for crop in crops:
        digest.update(f"{crop.name} {crop.size}\n".encode())
    return digest.hexdigest()[:12]
