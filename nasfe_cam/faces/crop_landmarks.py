"""Landmarks in the coordinates of an aligned crop: 0..1 from edge to edge."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import Matrix
from nasfe_cam.faces.landmark_network import (
    LEFT_EYE,
    RIGHT_EYE,
    FaceRegion,
    LandmarkNetwork,
    region_around,
)

# Where the alignment puts the face: its box takes 55 to 60 % of the crop.
_CENTRE, _SIDE = (0.5, 0.58), 0.95


def landmarks_in_crop(landmarks: FloatArray, transform: Matrix, size: int) -> FloatArray:
    """Landmarks of a frame, seen from its crop.

    Args:
        landmarks: N x 2 float32, frame pixels.
        transform: from frame to crop pixels, see `crop_transform`.
        size: side S of the crop in pixels.

    Returns:
        N x 2 float32, 0..1.
    """
    pixels = landmarks @ transform[:, :2].T + (transform[:, 2] + 0.5)
    return np.asarray(pixels / size, np.float32)


def landmarks_of_crop(crop: Image, mesh: LandmarkNetwork) -> FloatArray | None:
    """Find the landmarks of an aligned crop.

    Args:
        crop: S x S x 3 uint8 BGR.
        mesh: the network.

    Returns:
        478 x 2 float32, 0..1; None where there is no face.

    Raises:
        EngineRunFailed: the device refused.
    """
    side = crop.shape[0]
    region = FaceRegion((_CENTRE[0] * side, _CENTRE[1] * side), _SIDE * side, 0.0)
    found: FloatArray | None = None
    # Twice, as the tracker does: the second look has the face where the network expects it.
    for _ in range(2):
        found = mesh.find(crop, region)
        if found is None:
            return None
        region = region_around(found, found[LEFT_EYE], found[RIGHT_EYE])
    assert found is not None
    return (found + np.float32(0.5)) / np.float32(side)
