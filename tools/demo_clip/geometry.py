"""Where things are: the canvas, the portrait on it, and the mesh points that the warps hold on to.

The canvas is the scene at twice the size of the clip, so that everything is warped once at high
resolution and then reduced. x goes right, y goes down, z goes towards the camera; all in canvas
pixels unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]

WIDTH, HEIGHT = 1280, 720
SUPERSAMPLING = 2
CANVAS_WIDTH, CANVAS_HEIGHT = WIDTH * SUPERSAMPLING, HEIGHT * SUPERSAMPLING

PORTRAIT_SIDE = 1024
PORTRAIT_SCALE = 1.08
PORTRAIT_LEFT = (CANVAS_WIDTH - PORTRAIT_SIDE * PORTRAIT_SCALE) / 2
PORTRAIT_TOP = CANVAS_HEIGHT - PORTRAIT_SIDE * PORTRAIT_SCALE

IMAGE_LEFT_EYE = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133),
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
)
IMAGE_RIGHT_EYE = (
    (362, 398, 384, 385, 386, 387, 388, 466, 263),
    (362, 382, 381, 380, 374, 373, 390, 249, 263),
)
"""Mesh points of the upper and the lower lid, by rising x."""

INNER_LIPS = (
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308),
    (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308),
)
"""Mesh points of the upper and the lower edge of the mouth's opening, by rising x."""

IRISES = (468, 473)
BROWS = (105, 334)
MOUTH_CORNERS = (61, 291)
CHIN, FOREHEAD, EARS = 152, 10, (234, 454)


@dataclass(frozen=True, slots=True)
class FaceGeometry:
    """The portrait's face mesh.

    Attributes:
        points: 478 x 2 float32, canvas pixels.
        depth: 478 float32, canvas pixels towards the camera from the axis through the ears.
    """

    points: Floats
    depth: Floats


def to_canvas(points: Floats) -> Floats:
    """Portrait pixels (... x 2) to canvas pixels."""
    offset = np.array([PORTRAIT_LEFT, PORTRAIT_TOP], np.float32)
    placed: Floats = (points * np.float32(PORTRAIT_SCALE) + offset).astype(np.float32)
    return placed


def find_face(portrait: Image, model: Path) -> FaceGeometry:
    """The face mesh of the portrait (1024 x 1024 x 3 uint8 BGR), placed on the canvas.

    Raises:
        ValueError: no face was found.
    """
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)),
        running_mode=vision.RunningMode.IMAGE,
    )
    rgb = np.ascontiguousarray(portrait[..., ::-1])
    with vision.FaceLandmarker.create_from_options(options) as landmarker:
        result = landmarker.detect(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        )
    if not result.face_landmarks:
        raise ValueError("no face in the portrait")
    mesh = np.array([(p.x, p.y, p.z) for p in result.face_landmarks[0]], np.float32)
    mesh *= PORTRAIT_SIDE
    ears = mesh[list(EARS), 2].mean()
    depth: Floats = ((ears - mesh[:, 2]) * np.float32(PORTRAIT_SCALE)).astype(np.float32)
    return FaceGeometry(to_canvas(mesh[:, :2]), depth)


def split(source: Floats) -> tuple[Floats, Floats]:
    """The x and the y map (contiguous, H x W float32) of an H x W x 2 map."""
    x: Floats = np.ascontiguousarray(source[..., 0], np.float32)
    y: Floats = np.ascontiguousarray(source[..., 1], np.float32)
    return x, y


def smoothstep(value: Floats, low: float, high: float) -> Floats:
    """0 below `low`, 1 above `high`, with a smooth rise between (also for `high` < `low`)."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    smooth: Floats = (t * t * (3 - 2 * t)).astype(np.float32)
    return smooth
