"""Finds the faces in a frame and follows them: MediaPipe FaceLandmarker in VIDEO mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.model_file import read_model
from nasfe_cam.frame import FloatArray, Frame, Image
from nasfe_cam.mediapipe_runtime import BaseOptions, mediapipe, vision
from nasfe_cam.models import ModelFile

# fmt: off
FACE_OVAL = np.array([
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
])
# fmt: on
"""Mesh points along the outline of the face, in order."""

# Mean grey level below which a frame is brightened for the detector, and what it is brought to.
DARK_FRAME, BRIGHTENED_FRAME = 30.0, 60.0
LARGEST_TRACKING_GAIN = 8.0

_NOSE, _LEFT_CHEEK, _RIGHT_CHEEK = 1, 234, 454


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face in one frame.

    Attributes:
        landmarks: 478 x 2 float32, MediaPipe mesh, frame pixels.
        turn: 0 for a frontal face, 1 where one cheek is hidden (a profile).
    """

    landmarks: FloatArray
    turn: float

    @property
    def centre(self) -> FloatArray:
        """x, y of the middle of the outline, in frame pixels."""
        centre: FloatArray = self.landmarks[FACE_OVAL].mean(0)
        return centre

    @property
    def area(self) -> float:
        """Area of the outline's box in square pixels."""
        width, height = np.ptp(self.landmarks[FACE_OVAL], axis=0)
        return float(width * height)


class FaceTracker:
    """Holds the landmark network.

    Args:
        model: `face_landmarker.task`.
        maximum_faces: how many faces are looked for.

    Raises:
        ModelFileMissing, ModelFileDamaged: see `engine.model_file.read_model`.
    """

    def __init__(self, model: ModelFile, maximum_faces: int = 1) -> None:
        content = read_model(model.path, model.sha256)
        self._landmarker = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=content),
                running_mode=vision.RunningMode.VIDEO,
                num_faces=maximum_faces,
            )
        )
        self._last_millisecond = -1
        self._rgb = np.empty((0, 0, 3), np.uint8)

    def track(self, frame: Frame) -> Sequence[Face]:
        """The faces in the frame, in no order; frames must come in the order of their time."""
        image = seen_by_the_detector(frame.image)
        if self._rgb.shape != image.shape:
            self._rgb = np.empty_like(image)
        cv2.cvtColor(image, cv2.COLOR_BGR2RGB, dst=self._rgb)
        # MediaPipe demands rising whole milliseconds, also of sources above 1000 frames/s.
        self._last_millisecond = max(self._last_millisecond + 1, int(frame.captured_at * 1000))
        result = self._landmarker.detect_for_video(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=self._rgb),
            self._last_millisecond,
        )
        height, width = frame.image.shape[:2]
        return faces_of(result, width, height)

    def close(self) -> None:
        """Free the network."""
        self._landmarker.close()


def faces_of(result: vision.FaceLandmarkerResult, width: int, height: int) -> list[Face]:
    """The faces of a MediaPipe result, in pixels of a picture of this width and height."""
    size = np.array([width, height], np.float32)
    faces = []
    for points in result.face_landmarks:
        landmarks = np.array([(p.x, p.y) for p in points], np.float32) * size
        faces.append(Face(landmarks, _turn(landmarks)))
    return faces


def seen_by_the_detector(image: Image) -> Image:
    """A very dark frame calmed and brightened, at half size; any other frame as it is.

    On a simulated bad webcam at strength 100 (mean level 16) the detector finds
    the face in the first 30 frames of three of five clips, and so in all but a
    few frames of all five; brightening without calming makes it worse.

    Args:
        image: H x W x 3 uint8 BGR.
    """
    level = float(image[::8, ::8].mean())
    if level >= DARK_FRAME or min(image.shape[:2]) < 2:
        return image
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    gain = min(LARGEST_TRACKING_GAIN, BRIGHTENED_FRAME / max(level, 1.0))
    return np.asarray(cv2.convertScaleAbs(cv2.medianBlur(half, 5), alpha=gain), np.uint8)


def _turn(landmarks: FloatArray) -> float:
    """How far the head is turned, from where the nose stands between the cheeks."""
    left = float(np.linalg.norm(landmarks[_NOSE] - landmarks[_LEFT_CHEEK]))
    right = float(np.linalg.norm(landmarks[_NOSE] - landmarks[_RIGHT_CHEEK]))
    return abs(left - right) / max(left + right, 1e-6)
