"""Whether a photo is good enough to enrol from; the bounds are those of the training crops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import cv2
import numpy as np

from nasfe_cam.alignment import Matrix, scale_of
from nasfe_cam.errors import (
    FaceTooSmall,
    NoFaceInPhoto,
    PhotoBlurred,
    PhotoTooDark,
    SeveralFacesInPhoto,
)
from nasfe_cam.frame import Image
from nasfe_cam.tracking import Face

SMALLEST_SIDE = 136
"""Side of the whole crop in pixels of the photo."""

DARKEST_FACE = 45.0
"""Mean luminance of the face, 0..255."""

LOWEST_SHARPNESS = 60.0
"""Variance of the Laplacian over the middle half of the crop at 96 x 96."""

_PASSER_BY = 0.25
_SHARPNESS_SIDE = 96

AnyFace = TypeVar("AnyFace", bound=Face)


def large_faces(faces: Sequence[AnyFace]) -> list[AnyFace]:
    """The faces that a photo may be about.

    Args:
        faces: the largest first. Faces with less than a quarter of its area are
            people in the background.
    """
    return [face for face in faces if face.area >= _PASSER_BY * faces[0].area]


def one_face(faces: Sequence[AnyFace]) -> AnyFace:
    """The face that the photo is about; arguments as in `large_faces`.

    Raises:
        NoFaceInPhoto, SeveralFacesInPhoto: there is not exactly one.
    """
    large = large_faces(faces)
    if not large:
        raise NoFaceInPhoto()
    if len(large) > 1:
        raise SeveralFacesInPhoto(len(large))
    return large[0]


def check_crop(crop: Image, transform: Matrix) -> None:
    """Refuse a crop that shows too little of the person.

    Args:
        crop: S x S x 3 uint8 BGR, aligned.
        transform: the one it was cut with, from photo to crop pixels.

    Raises:
        FaceTooSmall, PhotoTooDark, PhotoBlurred: it cannot be used.
    """
    size = crop.shape[0]
    side = round(size / scale_of(transform))
    if side < SMALLEST_SIDE:
        raise FaceTooSmall(side, SMALLEST_SIDE)
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    # Where the face is in every aligned crop, without hair and background.
    face = grey[size // 3 : size * 3 // 4, size // 3 : size * 2 // 3]
    if float(face.mean()) < DARKEST_FACE:
        raise PhotoTooDark()
    if sharpness(crop) < LOWEST_SHARPNESS:
        raise PhotoBlurred()


def sharpness(crop: Image) -> float:
    """How sharp an S x S x 3 uint8 BGR crop is; the measure of the training data's index."""
    side = (_SHARPNESS_SIDE, _SHARPNESS_SIDE)
    grey = cv2.cvtColor(cv2.resize(crop, side, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    quarter = _SHARPNESS_SIDE // 4
    middle = grey[quarter:-quarter, quarter:-quarter]
    return float(np.var(cv2.Laplacian(middle, cv2.CV_64F)))
