"""One similarity transform between a face in a frame and the canonical S x S crop.

`nasfe-train prepare` cuts training crops with the same functions, so the network sees at
work what it saw in training. The crop is the upright square that holds the whole head with
hair and chin; the box of the face takes 55 to 60 % of its side.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image

Matrix = NDArray[np.float64]
"""2 x 3 affine matrix that maps (x, y, 1) in pixels."""

STABLE_LANDMARKS = np.array([33, 133, 362, 263, 168, 6, 197, 2, 98, 327, 61, 291])
"""MediaPipe mesh points that facial expression moves least: eye corners, nose, mouth corners."""

CANONICAL_POSITIONS = np.array(
    [
        [0.3317, 0.4790],
        [0.4362, 0.4881],
        [0.5639, 0.4884],
        [0.6677, 0.4783],
        [0.4996, 0.4728],
        [0.4996, 0.5037],
        [0.4994, 0.5320],
        [0.4993, 0.6603],
        [0.4348, 0.6503],
        [0.5649, 0.6491],
        [0.3936, 0.7365],
        [0.6057, 0.7353],
    ]
)
"""Where those points lie in the unit crop: medians over 409 crops of the training data."""


def crop_transform(landmarks: FloatArray, size: int) -> Matrix:
    """The similarity transform from frame pixels to crop pixels.

    Args:
        landmarks: 478 x 2 float32, MediaPipe mesh, frame pixels.
        size: side S of the crop in pixels.

    Returns:
        2 x 3 matrix; pixel centres lie at whole numbers, as in OpenCV.
    """
    source = landmarks[STABLE_LANDMARKS].astype(np.float64)
    target = CANONICAL_POSITIONS * size - 0.5
    return similarity_transform(source, target)


def similarity_transform(source: Matrix, target: Matrix) -> Matrix:
    """Least-squares rotation, uniform scale and shift (no mirror) from N x 2 to N x 2 points."""
    source_mean, target_mean = source.mean(0), target.mean(0)
    # As complex numbers a rotation with scale is one factor, and least squares has a closed form.
    s = (source - source_mean) @ np.array([1, 1j])
    t = (target - target_mean) @ np.array([1, 1j])
    factor = np.vdot(s, t) / max(float(np.vdot(s, s).real), 1e-12)
    rotation = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    return np.column_stack([rotation, target_mean - rotation @ source_mean])


def invert(transform: Matrix) -> Matrix:
    """The opposite affine transform, from crop pixels to frame pixels."""
    linear = np.linalg.inv(transform[:, :2])
    return np.column_stack([linear, -linear @ transform[:, 2]])


def scale_of(transform: Matrix) -> float:
    """Crop pixels per frame pixel."""
    return float(np.hypot(transform[0, 0], transform[1, 0]))


def warp_crop(image: Image, transform: Matrix, size: int) -> Image:
    """Cut the aligned crop out of a frame.

    Args:
        image: H x W x 3 uint8.
        transform: from `crop_transform`.
        size: side S of the crop in pixels.

    Returns:
        S x S x 3 uint8; what lies outside the frame is filled by reflection, as
        in the training crops.
    """
    shrink = int(1 / scale_of(transform))
    if shrink >= 2:
        # A bilinear warp alone would skip pixels of a large face: average them first.
        left, top, right, bottom = bounding_box(transform, size, image.shape[1], image.shape[0])
        right, bottom = right - (right - left) % shrink, bottom - (bottom - top) % shrink
        if right > left and bottom > top:
            region = image[top:bottom, left:right]
            small = ((right - left) // shrink, (bottom - top) // shrink)
            image = np.asarray(cv2.resize(region, small, interpolation=cv2.INTER_AREA), np.uint8)
            transform = transform @ np.array(
                [
                    [shrink, 0, left + (shrink - 1) / 2],
                    [0, shrink, top + (shrink - 1) / 2],
                    [0, 0, 1],
                ]
            )
    crop = cv2.warpAffine(
        image, transform, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(crop, np.uint8)


def bounding_box(
    transform: Matrix, size: int, width: int, height: int
) -> tuple[int, int, int, int]:
    """The crop's upright box in the frame, cut at its edges: left, top, right, bottom in pixels."""
    return box_in_frame(transform, (0, 0, size - 1, size - 1), width, height)


def box_in_frame(
    transform: Matrix, part: tuple[float, float, float, float], width: int, height: int
) -> tuple[int, int, int, int]:
    """The upright box in the frame of a part of the crop.

    Args:
        transform: from frame to crop pixels.
        part: left, top, right, bottom in crop pixels; the centres of the outermost pixels.
        width, height: of the frame.

    Returns:
        Left, top, right, bottom in frame pixels, cut at the frame's edges; the last two are the
        first beyond the box.
    """
    left, top, right, bottom = part
    corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]])
    x, y = (corners @ invert(transform).T).T.tolist()
    return (
        _within(math.floor(min(x)), width),
        _within(math.floor(min(y)), height),
        _within(math.ceil(max(x)) + 1, width),
        _within(math.ceil(max(y)) + 1, height),
    )


def _within(position: int, length: int) -> int:
    return min(max(position, 0), length)
