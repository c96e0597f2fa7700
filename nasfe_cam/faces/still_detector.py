"""Finds the faces in a still picture: MediaPipe FaceLandmarker in IMAGE mode."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.model_file import read_model
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision
from nasfe_cam.faces.tracker import Face, face_of, same_place

LONGEST_SIDE = 1600
"""Larger pictures are scaled down: the detector works on 128 x 128, the mesh on 256 x 256."""

_MOST_FACES = 8
# A face is looked for again in each part, where it is larger than in the whole picture.
_PARTS = (0.6, 0.3)


_BLINKS = ("eyeBlinkLeft", "eyeBlinkRight")
_SMILES = ("mouthSmileLeft", "mouthSmileRight")


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Where a head points, in degrees; all 0 looks into the camera.

    Attributes:
        yaw: above 0 towards the person's own left, which is right in the picture.
        pitch: above 0 downwards.
    """

    yaw: float
    pitch: float


@dataclass(frozen=True, slots=True, eq=False)
class PhotoFace(Face):
    """A face in a still picture, with what MediaPipe says of its bearing.

    Attributes:
        pose: where the head points.
        eyes_closed: 0..1, of the eye that is wider open (blendshapes eyeBlink).
        smile: 0..1 (mean of the blendshapes mouthSmile).
    """

    pose: HeadPose
    eyes_closed: float
    smile: float

    def in_other_pixels(self, factor: FloatArray, shift: FloatArray) -> PhotoFace:
        """The same face where x, y become x, y times `factor` plus `shift` (2 float32 each)."""
        return replace(self, landmarks=self.landmarks * factor + shift)


class StillDetector:
    """Holds the landmark network for pictures that have nothing to do with each other.

    Raises:
        ModelFileMissing, ModelFileDamaged: see `engine.model_file.read_model`.
    """

    def __init__(self, model: ModelFile) -> None:
        content = read_model(model.path, model.sha256)
        self._landmarker = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=content),
                running_mode=vision.RunningMode.IMAGE,
                num_faces=_MOST_FACES,
                output_face_blendshapes=True,
                output_facial_transformation_matrixes=True,
            )
        )

    def find(self, image: Image) -> Sequence[PhotoFace]:
        """The faces in an H x W x 3 uint8 BGR picture, the largest first, in its pixels."""
        height, width = image.shape[:2]
        scale = min(1.0, LONGEST_SIDE / max(height, width))
        small = image
        if scale < 1:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        faces = self._detect(small)
        for part in _PARTS:
            faces = faces or self._detect_in_parts(small, part)
        if len(faces) > 1:
            # A pattern that passes for a face seldom does so in the mirror too.
            faces = [face for face in faces if self._is_in_the_mirror(small, face)] or faces
        back = np.array([width / small.shape[1], height / small.shape[0]], np.float32)
        scaled = [face.in_other_pixels(back, np.zeros(2, np.float32)) for face in faces]
        return sorted(scaled, key=lambda face: face.area, reverse=True)

    def close(self) -> None:
        """Free the network."""
        self._landmarker.close()

    def _detect(self, image: Image) -> list[PhotoFace]:
        height, width = image.shape[:2]
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        result = self._landmarker.detect(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        )
        described = zip(result.face_blendshapes, result.facial_transformation_matrixes, strict=True)
        return [
            _with_bearing(face, {shape.category_name: shape.score for shape in shapes}, matrix)
            for face, (shapes, matrix) in zip(
                _faces_of(result, width, height), described, strict=True
            )
        ]

    def _is_in_the_mirror(self, image: Image, face: PhotoFace) -> bool:
        """Whether the face is found again when its surroundings are mirrored."""
        side = float(np.ptp(face.landmarks, axis=0).max())
        left, top = np.maximum(0, face.centre - side).astype(int)
        right, bottom = (face.centre + side).astype(int)
        mirrored = np.ascontiguousarray(image[top:bottom, left:right][:, ::-1])
        if mirrored.size == 0:
            return False
        flip = np.array([-1, 1], np.float32)
        shift = np.array([left + mirrored.shape[1] - 1, top], np.float32)
        return any(
            same_place(face.centre, found.in_other_pixels(flip, shift))
            for found in self._detect(mirrored)
        )

    def _detect_in_parts(self, image: Image, share: float) -> list[PhotoFace]:
        """Look at parts of this share of width and height, which overlap by half or more."""
        height, width = image.shape[:2]
        part_height, part_width = round(height * share), round(width * share)
        number = 1 + math.ceil((1 - share) / (share / 2))
        found: list[PhotoFace] = []
        for top in np.linspace(0, height - part_height, number).round().astype(int):
            for left in np.linspace(0, width - part_width, number).round().astype(int):
                part = image[top : top + part_height, left : left + part_width]
                if part.size == 0:
                    continue
                shift = np.array([left, top], np.float32)
                for face in self._detect(np.ascontiguousarray(part)):
                    moved = face.in_other_pixels(np.ones(2, np.float32), shift)
                    if not any(same_place(moved.centre, other) for other in found):
                        found.append(moved)
        return found


def _with_bearing(
    face: Face, shapes: Mapping[str, float], matrix: NDArray[np.float32]
) -> PhotoFace:
    # Column 2 of the rotation is where the nose points: x to the right, y up, z to the camera.
    x, y, z = (float(value) for value in matrix[:3, 2])
    yaw = math.degrees(math.atan2(x, z))
    pitch = -math.degrees(math.atan2(y, math.hypot(x, z)))
    return PhotoFace(
        face.landmarks,
        face.turn,
        HeadPose(yaw, pitch),
        min(shapes[name] for name in _BLINKS),
        sum(shapes[name] for name in _SMILES) / len(_SMILES),
    )


def _faces_of(result: vision.FaceLandmarkerResult, width: int, height: int) -> list[Face]:
    size = np.array([width, height], np.float32)
    return [
        face_of(np.array([(point.x, point.y) for point in points], np.float32) * size)
        for points in result.face_landmarks
    ]
