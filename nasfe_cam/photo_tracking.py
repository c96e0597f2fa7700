"""Finds the faces in a still picture: MediaPipe FaceLandmarker in IMAGE mode."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from engine.model_file import read_model
from nasfe_cam.frame import Image
from nasfe_cam.models import ModelFile
from nasfe_cam.tracking import Face, face_of, same_place

_MOST_FACES = 8
# The detector works on 128 x 128 pixels and the mesh on 256 x 256: more only costs time.
_LONGEST_SIDE = 1600
# A face is looked for again in each part, where it is larger than in the whole picture.
_PART = 0.6


class PhotoFaceFinder:
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
            )
        )

    def find(self, image: Image) -> Sequence[Face]:
        """The faces in an H x W x 3 uint8 BGR picture, the largest first, in its pixels."""
        height, width = image.shape[:2]
        scale = min(1.0, _LONGEST_SIDE / max(height, width))
        small = image
        if scale < 1:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        faces = self._detect(small) or self._detect_in_parts(small)
        back = np.array([width / small.shape[1], height / small.shape[0]], np.float32)
        scaled = [Face(face.landmarks * back, face.turn) for face in faces]
        return sorted(scaled, key=lambda face: face.area, reverse=True)

    def close(self) -> None:
        """Free the network."""
        self._landmarker.close()

    def _detect(self, image: Image) -> list[Face]:
        height, width = image.shape[:2]
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        result = self._landmarker.detect(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        )
        return _faces_of(result, width, height)

    def _detect_in_parts(self, image: Image) -> list[Face]:
        height, width = image.shape[:2]
        part_height, part_width = round(height * _PART), round(width * _PART)
        found: list[Face] = []
        for top in (0, (height - part_height) // 2, height - part_height):
            for left in (0, (width - part_width) // 2, width - part_width):
                part = image[top : top + part_height, left : left + part_width]
                if part.size == 0:
                    continue
                shift = np.array([left, top], np.float32)
                for face in self._detect(np.ascontiguousarray(part)):
                    moved = Face(face.landmarks + shift, face.turn)
                    if not any(same_place(moved.centre, other) for other in found):
                        found.append(moved)
        return found


def _faces_of(result: vision.FaceLandmarkerResult, width: int, height: int) -> list[Face]:
    size = np.array([width, height], np.float32)
    return [
        face_of(np.array([(point.x, point.y) for point in points], np.float32) * size)
        for points in result.face_landmarks
    ]
