"""Checks whether a face in a photo is good enough to enrol from."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import (
    EyesClosed,
    EyesHidden,
    FaceCovered,
    FaceTooSmall,
    FaceTurnedAway,
    PhotoBlurred,
    PhotoTooBright,
    PhotoTooDark,
)
from nasfe_cam.enrolment.occlusion import measure_covering
from nasfe_cam.enrolment.sharpness import sharpness
from nasfe_cam.faces.still_detector import PhotoFace
from nasfe_cam.profiles.photo_quality import PhotoQuality

SMALLEST_SIDE = 136
"""Side of the whole crop in pixels of the photo."""

# How often each limit is right: docs/enrolment-measurements.md, benchmarks/people/photo_checks.py.
# The lightest parts count, not the mean: dark skin in good light is no dark photo.
LOWEST_HIGHLIGHT = 70.0
BURNT_LEVEL, LARGEST_BURNT_SHARE = 250, 0.15
LOWEST_SHARPNESS = 110.0
LARGEST_YAW, LARGEST_PITCH = 40.0, 30.0
DARKEST_EYES, LOWEST_EYE_BALANCE = 0.45, 0.35
LOWEST_MOUTH_CONTRAST = 2.0
LARGEST_CHEEK_DIFFERENCE, LARGEST_CHIN_DIFFERENCE = 10.0, 12.0
# The mesh opens no mouth under a mask, a scarf or a mug (0.06 at most); beside a wide-open one,
# what is taken for the colour of the chin is that of the lip.
LARGEST_HIDDEN_OPENING = 0.2
# Both are asked: the blendshape alone takes narrow eyes for closed ones.
CERTAIN_BLINK, SMALLEST_EYE_OPENING = 0.45, 0.095

# Upper and lower edge, then the corners.
_EYES = ((159, 145, 33, 133), (386, 374, 263, 362))
_MOUTH = (13, 14, 61, 291)


def check_face(crop: Image, landmarks: FloatArray, side: int, face: PhotoFace) -> None:
    """Refuse a face that shows too little of the person.

    Args:
        crop: S x S x 3 uint8 BGR, aligned.
        landmarks: 478 x 2 float, those of the face in pixels of `crop`.
        side: side of the crop in pixels of the photo.
        face: the face in the photo.

    Raises:
        FaceTooSmall, PhotoTooDark, PhotoTooBright, PhotoBlurred, FaceTurnedAway,
        FaceCovered, EyesHidden, EyesClosed: it cannot be used.
    """
    if side < SMALLEST_SIDE:
        raise FaceTooSmall(side, SMALLEST_SIDE)
    grey = grey_face(crop)
    if float(np.percentile(grey, 95)) < LOWEST_HIGHLIGHT:
        raise PhotoTooDark()
    if float(np.mean(grey >= BURNT_LEVEL)) > LARGEST_BURNT_SHARE:
        raise PhotoTooBright()
    if sharpness(crop) < LOWEST_SHARPNESS:
        raise PhotoBlurred()
    if abs(face.pose.yaw) > LARGEST_YAW or abs(face.pose.pitch) > LARGEST_PITCH:
        raise FaceTurnedAway()
    covering = measure_covering(crop, landmarks)
    hides_mouth = (
        mouth_opening(landmarks) < LARGEST_HIDDEN_OPENING
        and covering.mouth_contrast < LOWEST_MOUTH_CONTRAST
    )
    if hides_mouth and (
        covering.cheek_difference > LARGEST_CHEEK_DIFFERENCE
        or covering.chin_difference > LARGEST_CHIN_DIFFERENCE
    ):
        raise FaceCovered()
    # After that: before a white mask, bare eyes look dark.
    if covering.eye_light < DARKEST_EYES or covering.eye_balance < LOWEST_EYE_BALANCE:
        raise EyesHidden()
    if face.eyes_closed > CERTAIN_BLINK and eye_opening(landmarks) < SMALLEST_EYE_OPENING:
        raise EyesClosed()


def measure_quality(crop: Image, side: int, face: PhotoFace) -> PhotoQuality:
    """Measure a face; arguments as in `check_face`."""
    grey = grey_face(crop)
    half = grey.shape[1] // 2
    left, right = float(grey[:, :half].mean()), float(grey[:, half:].mean())
    return PhotoQuality(
        side=side,
        sharpness=round(sharpness(crop), 1),
        brightness=round(float(grey.mean()), 1),
        light_side=round((right - left) / max(right + left, 1.0), 3),
        yaw=round(face.pose.yaw, 1),
        pitch=round(face.pose.pitch, 1),
        smile=round(face.smile, 3),
    )


def grey_face(crop: Image) -> Image:
    """The part of an aligned S x S x 3 crop that is face in all of them, as grey levels."""
    size = crop.shape[0]
    face = crop[size // 3 : size * 3 // 4, size // 3 : size * 2 // 3]
    return np.asarray(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), np.uint8)


def eye_opening(landmarks: FloatArray) -> float:
    """Height over width of the eye that is wider open."""
    return max(_opening(landmarks, eye) for eye in _EYES)


def mouth_opening(landmarks: FloatArray) -> float:
    """Height of the gap between the lips over the width of the mouth."""
    return _opening(landmarks, _MOUTH)


def _opening(landmarks: FloatArray, points: tuple[int, int, int, int]) -> float:
    upper, lower, first, second = (landmarks[point] for point in points)
    width = max(float(np.linalg.norm(first - second)), 1e-6)
    return float(np.linalg.norm(upper - lower)) / width
