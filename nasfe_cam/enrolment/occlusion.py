"""Measures from its colours whether something hides the eyes or the mouth of a face.

The mesh of MediaPipe is drawn over sunglasses and masks as if nothing were
there, so the pixels under it are asked. `benchmarks/people/photo_checks.py` measures
how often that is right.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image

# Mesh points of the right side of the face (left in the picture), then of the left side.
_AROUND_EYE = (
    (25, 110, 24, 23, 22, 26, 31, 228, 229, 230, 231, 232),
    (255, 339, 254, 253, 252, 256, 261, 448, 449, 450, 451, 452),
)
_UPPER_CHEEK = ((50, 101, 205, 36, 203), (280, 330, 425, 266, 423))
_LOWER_CHEEK = ((50, 187, 205, 36, 207, 216), (280, 411, 425, 266, 427, 436))
# Corners and lids of an eye, and its brow.
_EYE = ((33, 133, 159, 145, 70, 107), (263, 362, 386, 374, 300, 336))
_BROWS = (9, 168, 8, 222, 442, 55, 285)
_FOREHEAD = (151, 108, 337, 69, 299, 9)
_LIPS = (0, 17, 84, 314, 37, 267, 405, 181)
_CHIN = (199, 200, 18, 83, 313, 194, 418)

_BLUR = 1.5 / 256
# Grey levels of the sensor's noise, so that black beside black is no contrast.
_FLOOR = 3.0
_FLOOR_OF_STRUCTURE = 12.0


@dataclass(frozen=True, slots=True)
class Covering:
    """How much of a face is hidden.

    Attributes:
        eye_light: grey level of the skin around the eyes over that of the cheeks;
            about 0.85 for a bare face, below 0.45 behind sunglasses.
        eye_balance: structure (deviation of the logarithm of the grey level) of one eye over
            that of the other; about 0.9 for a bare face, below 0.35 if one eye is hidden.
        mouth_contrast: distance in colour (a*, b* of CIELAB) of the lips to the skin beside
            them; about 6 for a bare face, below 2 where there is no mouth to be seen.
        cheek_difference, chin_difference: distance in colour of the lower face to the
            skin of forehead or brows, whichever is nearer; about 3 for a bare face.
    """

    eye_light: float
    eye_balance: float
    mouth_contrast: float
    cheek_difference: float
    chin_difference: float


def measure_covering(crop: Image, landmarks: FloatArray) -> Covering:
    """Look at the colours of a face.

    Args:
        crop: S x S x 3 uint8 BGR, aligned.
        landmarks: 478 x 2 float, MediaPipe mesh, pixels of `crop`.
    """
    smooth = cv2.GaussianBlur(crop, (0, 0), _BLUR * crop.shape[0])
    grey = cv2.cvtColor(smooth, cv2.COLOR_BGR2GRAY)[..., None]
    colour = cv2.cvtColor(smooth.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[..., 1:]

    def light(points: tuple[int, ...]) -> float:
        return float(_median_at(grey, landmarks, points)[0]) + _FLOOR

    def shade(points: tuple[int, ...]) -> NDArray[np.float64]:
        return _median_at(colour, landmarks, points)

    structure = [_structure_of(grey[..., 0], landmarks[list(eye)]) for eye in _EYE]
    skin = [shade(_FOREHEAD), shade(_BROWS)]
    lips, chin = shade(_LIPS), shade(_CHIN)
    cheeks = [shade(points) for points in _LOWER_CHEEK]
    return Covering(
        eye_light=float(
            np.mean(
                [
                    light(eye) / light(cheek)
                    for eye, cheek in zip(_AROUND_EYE, _UPPER_CHEEK, strict=True)
                ]
            )
        ),
        eye_balance=min(structure) / max(max(structure), 1e-6),
        mouth_contrast=min(_distance(lips, chin), _distance(lips, np.mean(cheeks, axis=0))),
        cheek_difference=min(_distance(cheek, part) for cheek in cheeks for part in skin),
        chin_difference=min(_distance(chin, part) for part in skin),
    )


def _median_at(
    picture: NDArray[np.generic], landmarks: FloatArray, points: tuple[int, ...]
) -> NDArray[np.float64]:
    size = picture.shape[0]
    places = np.clip(np.rint(landmarks[list(points)]).astype(int), 0, size - 1)
    values: NDArray[np.float64] = np.median(picture[places[:, 1], places[:, 0]], axis=0)
    return values


def _structure_of(grey: NDArray[np.generic], points: FloatArray) -> float:
    """How much there is to be seen in the box around some points."""
    size = grey.shape[0]
    left, top = np.clip(points.min(0).astype(int), 0, size - 2)
    right, bottom = np.maximum(points.max(0).astype(int) + 1, (left + 2, top + 2))
    levels = grey[top:bottom, left:right].astype(np.float64)
    return float(np.log(levels + _FLOOR_OF_STRUCTURE).std())


def _distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(first - second))
