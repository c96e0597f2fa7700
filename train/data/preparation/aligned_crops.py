"""Makes the aligned crop that training stores from a photo, with the camera's alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import PhotoUnreadable
from nasfe_cam.enrolment.meant_face import one_face
from nasfe_cam.enrolment.sharpness import sharpness
from nasfe_cam.faces.alignment import Matrix, crop_transform, invert, scale_of, warp_crop
from nasfe_cam.faces.tracker import Face
from train.data.errors import FaceCutOff, FaceTurnedAway, PhotoGrey
from train.data.preparation.crop_checks import check_crop
from train.data.preparation.photo_reading import decode_photo

LARGEST_SIDE = 256
"""Side of stored crops in pixels; smaller faces are stored at their own size, never enlarged."""

MOST_OUTSIDE = 0.14
"""Part of the crop that may lie outside the photo, where it is filled by reflection."""

FURTHEST_TURN = 0.8
"""`Face.turn` of the most turned heads in the training data: 99 % of 700 crops are below."""

_FAINTEST_COLOUR = 5.0
# The crops are truth to learn from: what JPEG takes away is never learned.
_JPEG = [
    cv2.IMWRITE_JPEG_QUALITY,
    95,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
]


class FaceFinder(Protocol):
    """What is needed of `nasfe_cam.faces.still_detector.StillDetector`."""

    def find(self, image: Image) -> Sequence[Face]: ...


@dataclass(frozen=True, slots=True)
class AlignedCrop:
    """A crop as it is stored.

    Attributes:
        jpeg: the file.
        side: its width and height in pixels, 136..256.
        native_side: side of the crop in pixels of the photo.
        sharpness: see `nasfe_cam.enrolment.sharpness`.
    """

    jpeg: bytes
    side: int
    native_side: int
    sharpness: float


def align_photo(photo: Image, finder: FaceFinder) -> AlignedCrop:
    """Cut the one face of a photo out, as the live camera would.

    Args:
        photo: H x W x 3 uint8 BGR, upright.

    Raises:
        PhotoError: it shows no face, several, or one that is too small, dark,
            blurred, grey, turned away or cut off; which subclass says why.
    """
    face = one_face(finder.find(photo))
    native_side = int(LARGEST_SIDE / scale_of(crop_transform(face.landmarks, LARGEST_SIDE)))
    side = max(1, min(LARGEST_SIDE, native_side))
    transform = crop_transform(face.landmarks, side)
    crop = warp_crop(photo, transform, side)
    check_crop(crop, transform)
    _check_for_training(face, crop, _outside(transform, side, photo))
    encoded, jpeg = cv2.imencode(".jpg", crop, _JPEG)
    assert encoded
    return AlignedCrop(jpeg.tobytes(), side, native_side, sharpness(crop))


def take_crop(jpeg: bytes, native_side: int | None = None) -> AlignedCrop:
    """Take a picture that is an aligned crop already, without changing a byte.

    Raises:
        PhotoError: it cannot be decoded or is not square.
    """
    crop = decode_photo(jpeg)
    height, width = crop.shape[:2]
    if height != width:
        raise PhotoUnreadable(f"a crop must be square, and it has {width} x {height} pixels")
    return AlignedCrop(jpeg, width, native_side or width, sharpness(crop))


def _check_for_training(face: Face, crop: Image, outside: float) -> None:
    if face.turn > FURTHEST_TURN:
        raise FaceTurnedAway()
    if outside > MOST_OUTSIDE:
        raise FaceCutOff(outside)
    # Black-and-white photos are often stored with three equal channels.
    if float((crop.max(2) - crop.min(2)).mean()) < _FAINTEST_COLOUR:
        raise PhotoGrey()


def _outside(transform: Matrix, side: int, photo: Image) -> float:
    """The part of the crop's square that lies outside the photo, 0..1."""
    corners = np.array([[0, 0, 1], [side, 0, 1], [side, side, 1], [0, side, 1]], np.float64)
    square = (corners @ invert(transform).T).astype(np.float32)
    height, width = photo.shape[:2]
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inside, _ = cv2.intersectConvexConvex(square, frame)
    return 1 - float(inside) / float(cv2.contourArea(square))
