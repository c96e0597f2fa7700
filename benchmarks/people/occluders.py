"""Draws on a face what hides it, at its landmarks, for benchmarks/people/photo_checks.py.

Real photos of people in masks are not at hand; these drawings have folds and
shading, but they are drawings, and what they measure is no more than a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image

Draw = Callable[[Image, FloatArray], Image]

_EYES = (33, 263)
_MASK = (
    *(234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361),
    *(323, 454, 346, 347, 348, 6, 119, 118, 117),
)
_LENSES = (
    (70, 63, 105, 66, 107, 193, 244, 233, 231, 229, 228, 31, 226, 35, 143),
    (300, 293, 334, 296, 336, 417, 464, 453, 451, 449, 448, 261, 446, 265, 372),
)
_BRIDGE, _NOSE_TOP, _CHIN, _LIPS = (193, 417), 6, 152, (13, 14)
_MOUTH = (61, 291, 13, 14)
_CHEEKS = (50, 101, 280, 330)


def sunglasses(image: Image, landmarks: FloatArray) -> Image:
    """Dark lenses; they let a little light through."""
    for lens in _LENSES:
        image = _blend(image, _filled(image, landmarks, lens, hull=True), (18, 15, 14), 0.95)
    left, right = (tuple(int(v) for v in landmarks[point]) for point in _BRIDGE)
    width = max(2, int(0.04 * _eye_distance(landmarks)))
    return np.asarray(cv2.line(image.copy(), left, right, (20, 20, 20), width), np.uint8)


def open_mouth(image: Image, landmarks: FloatArray) -> Image:
    """No occluder, but what was taken for one: the mouth opened as wide as it is nearly broad."""
    left, right, upper, lower = landmarks[list(_MOUTH)]
    middle, width = (upper + lower) / 2, float(np.linalg.norm(right - left))
    gap, top = 0.9 * width, float(middle[1])
    size = image.shape[1::-1]
    tilt = float(np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0])))
    turn = cv2.getRotationMatrix2D((float(middle[0]), top), tilt, 1)
    upright = cv2.warpAffine(image, turn, size, borderMode=cv2.BORDER_REPLICATE)
    down, across = np.mgrid[: size[1], : size[0]].astype(np.float32)
    beside = np.clip(np.abs(across - middle[0]) / (0.42 * width), 0, 1)
    # The lower lip falls as a whole; the cheeks are stretched from the nose to the jaw.
    way = np.clip((down - top + 0.6 * width) / (gap + 0.6 * width), 0, 1)
    stretched = gap * way**2 * (3 - 2 * way)
    falls = np.sqrt(1 - beside**2)
    moved = falls * np.where(down < top, 0, gap) + (1 - falls) * stretched
    opened = cv2.remap(
        upright,
        across,
        (down - moved).astype(np.float32),
        cv2.INTER_LINEAR,
        None,
        cv2.BORDER_REPLICATE,
    ).astype(np.float64)
    inside = beside**2 + ((down - top - gap / 2) / (gap / 2)) ** 2 < 1
    depth = np.clip((down - top) / gap, 0, 1)[..., None]
    light = float(np.median(image)) / 120
    opened = np.where(inside[..., None], (np.array([30, 25, 55]) + 40 * depth) * light, opened)
    teeth = inside & (down < top + 0.18 * gap) & (beside < 0.7)
    opened = np.where(teeth[..., None], np.array([190, 205, 215]) * min(light, 1.1), opened)
    back = cv2.invertAffineTransform(turn)
    drawn = np.clip(opened, 0, 255).astype(np.uint8)
    return np.asarray(cv2.warpAffine(drawn, back, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def cloth(colour: Sequence[float], second: Sequence[float] | None = None) -> Draw:
    """A mask with folds, in a colour (BGR), or a scarf with squares of two."""

    def draw(image: Image, landmarks: FloatArray) -> Image:
        scale = _eye_distance(landmarks)
        area = _filled(image, landmarks, _MASK)
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
        light = cv2.GaussianBlur(grey, (0, 0), scale / 4)
        light = 1 + 0.7 * (light / max(1.0, float(light[area > 0].mean())) - 1)
        down, across = _axes(image, landmarks)
        folds = 1 + 0.08 * np.sin(2 * np.pi * down / (0.22 * scale))
        shade = (light * folds * (1 - 0.25 * (across / scale) ** 2))[..., None]
        painted = shade * np.asarray(colour)
        if second is not None:
            waves = [np.sin(2 * np.pi * axis / (0.18 * scale)) for axis in (down, across)]
            squares = (waves[0] * waves[1] > 0)[..., None]
            painted = np.where(squares, painted, shade * np.asarray(second))
        return _blend(image, area, painted)

    return draw


def mug(image: Image, landmarks: FloatArray) -> Image:
    """A red mug before mouth and chin."""
    scale = _eye_distance(landmarks)
    x, y = landmarks[list(_LIPS)].mean(0)
    area = np.zeros(image.shape[:2], np.float32)
    corner = (int(x - 0.45 * scale), int(y - 0.35 * scale))
    cv2.rectangle(area, corner, (int(x + 0.45 * scale), int(y + 0.8 * scale)), 1.0, -1)
    columns = np.arange(image.shape[1])
    round_shade = 0.6 + 0.4 * np.cos((columns - x) / (0.45 * scale) * 1.2)
    return _blend(image, area, round_shade[None, :, None] * np.array((60.0, 60.0, 200.0)))


def hand(image: Image, landmarks: FloatArray) -> Image:
    """Four fingers in the colour of the cheeks across the mouth."""
    scale = _eye_distance(landmarks)
    skin = np.median([image[int(y), int(x)] for x, y in landmarks[list(_CHEEKS)]], axis=0)
    x, y = landmarks[list(_LIPS)].mean(0)
    for finger in (3, 2, 1, 0):
        area = np.zeros(image.shape[:2], np.float32)
        centre = (int(x + 0.25 * scale), int(y + (finger - 1.5) * 0.21 * scale))
        cv2.ellipse(area, centre, (int(0.8 * scale), int(0.125 * scale)), 8, 0, 360, 1.0, -1)
        edge = cv2.GaussianBlur(area, (0, 0), 0.05 * scale)[..., None]
        image = _blend(image, area, 0.95 * skin * (0.55 + 0.5 * edge))
    return image


def phone(image: Image, landmarks: FloatArray) -> Image:
    """A black phone before one half of the face."""
    scale = _eye_distance(landmarks)
    x, y = landmarks[1]
    area = np.zeros(image.shape[:2], np.float32)
    corner = (int(x - 0.1 * scale), int(y - 0.9 * scale))
    cv2.rectangle(area, corner, (int(x + 0.9 * scale), int(y + scale)), 1.0, -1)
    return _blend(image, area, (28, 28, 30))


def _eye_distance(landmarks: FloatArray) -> float:
    return float(np.linalg.norm(landmarks[_EYES[0]] - landmarks[_EYES[1]]))


def _axes(image: Image, landmarks: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Pixels along the nose, and across it, from its top."""
    top, chin = landmarks[_NOSE_TOP], landmarks[_CHIN]
    direction = (chin - top) / np.linalg.norm(chin - top)
    rows, columns = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    x, y = columns - top[0], rows - top[1]
    return x * direction[0] + y * direction[1], x * direction[1] - y * direction[0]


def _filled(
    image: Image, landmarks: FloatArray, points: Sequence[int], hull: bool = False
) -> FloatArray:
    outline = np.rint(landmarks[list(points)]).astype(np.int32)
    area = np.zeros(image.shape[:2], np.float32)
    cv2.fillPoly(area, [cv2.convexHull(outline) if hull else outline], 1.0)
    return area


def _blend(
    image: Image,
    area: FloatArray,
    paint: NDArray[np.floating] | Sequence[float],
    opacity: float = 1.0,
) -> Image:
    alpha = opacity * cv2.GaussianBlur(area, (0, 0), 1.2)[..., None]
    return np.clip(image * (1 - alpha) + np.asarray(paint) * alpha, 0, 255).astype(np.uint8)
