"""Whether a crop is good enough to train on; laxer than what enrolment asks of photos."""

from __future__ import annotations

import cv2

from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import FaceTooSmall, PhotoBlurred, PhotoTooDark
from nasfe_cam.enrolment.face_checks import SMALLEST_SIDE
from nasfe_cam.enrolment.sharpness import sharpness
from nasfe_cam.faces.alignment import Matrix, scale_of

DARKEST_FACE = 45.0
"""Mean luminance of the face, 0..255."""

LOWEST_SHARPNESS = 60.0
"""See `nasfe_cam.enrolment.sharpness`."""


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
