"""Finds the faces in a frame, and tracks them from frame to frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.detector import FaceDetector
from nasfe_cam.faces.landmark_network import (
    LEFT_EYE,
    RIGHT_EYE,
    FaceRegion,
    LandmarkNetwork,
    region_around,
)

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
# Between two looks for further faces.
LOOK_SECONDS = 0.5

# The detector's own size: smaller parts hold nothing that it would not see in the whole.
_SMALLEST_PART = 128

_NOSE, _LEFT_CHEEK, _RIGHT_CHEEK = 1, 234, 454


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face in one frame.

    Attributes:
        landmarks: 478 x 2 float32, MediaPipe mesh, frame pixels.
        turn: 0 for a frontal face, 1 where one cheek is hidden (a profile), from
            where the nose stands between the cheeks.
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
    """Finds faces with MediaPipe's detector and follows each with the landmark network.

    A face that was found is looked for where it was in the frame before. Others
    are looked for while there is room for more, twice a second, and in every
    frame while there is no face. The detector shrinks what it is given to 128 x 128
    pixels, where a face two metres away is none any more: while there is no face, one
    part of the picture after the other is looked at too, one for each frame.

    Args:
        bundle: `face_landmarker.task`, whose detector is used.
        network: `face_landmarks.onnx`.
        maximum_faces: how many faces are followed.
        precision: of the landmark network, see `OpenVINOEngine`.

    Raises:
        EngineError: a model file is missing, damaged or of another kind.
    """

    def __init__(
        self,
        bundle: ModelFile,
        network: ModelFile,
        maximum_faces: int = 1,
        precision: Precision = Precision.AUTO,
    ) -> None:
        self._detector = FaceDetector(bundle)
        self._network = LandmarkNetwork(network, precision)
        self._maximum_faces = maximum_faces
        self._regions: list[FaceRegion] = []
        self._looked_at = -math.inf
        self._looks = 0

    def track(self, frame: Frame) -> Sequence[Face]:
        """The faces in the frame, in no order; frames must come in the order of their time."""
        image = seen_by_the_detector(frame.image)
        scale = 1 if image is frame.image else 2
        faces: list[Face] = []
        self._add(faces, image, scale, self._regions)
        if self._is_time_to_look(frame.captured_at, len(faces)):
            self._looked_at = frame.captured_at
            found = [region.scaled(scale) for region in self._detector.find(image)]
            self._add(faces, image, scale, found)
            if not faces:
                found = [region.scaled(scale) for region in self._find_far_away(image)]
                self._add(faces, image, scale, found)
        self._regions = [
            region_around(face.landmarks, face.landmarks[LEFT_EYE], face.landmarks[RIGHT_EYE])
            for face in faces
        ]
        return faces

    def close(self) -> None:
        """Free the networks."""
        self._detector.close()
        self._network.close()

    def _find_far_away(self, image: Image) -> Sequence[FaceRegion]:
        """Look at the next part of the picture; regions in pixels of the picture."""
        parts = parts_of(image.shape[1], image.shape[0])
        if not parts:
            return ()
        left, top, side = parts[self._looks % len(parts)]
        self._looks += 1
        part = np.ascontiguousarray(image[top : top + side, left : left + side])
        return [region.moved(left, top) for region in self._detector.find(part)]

    def _is_time_to_look(self, now: float, found: int) -> bool:
        if found == 0:
            return True
        return found < self._maximum_faces and now - self._looked_at >= LOOK_SECONDS

    def _add(
        self, faces: list[Face], image: Image, scale: int, regions: Sequence[FaceRegion]
    ) -> None:
        """Find the face of each region (frame pixels) that is not among `faces` yet."""
        for region in regions:
            if len(faces) == self._maximum_faces:
                return
            if any(same_place(np.array(region.centre, np.float32), face) for face in faces):
                continue
            mesh = self._network.find(image, region.scaled(1 / scale))
            if mesh is None:
                continue
            landmarks = (mesh + np.float32(0.5)) * np.float32(scale) - np.float32(0.5)
            face = face_of(landmarks)
            # Two regions may have drifted to one face.
            if not any(same_place(face.centre, other) for other in faces):
                faces.append(face)


def parts_of(width: int, height: int) -> list[tuple[int, int, int]]:
    """Squares of half the picture's shorter side that overlap by half, the middle ones first.

    Returns:
        Left edge, top edge and side of each, in pixels; none for a picture that the
        detector sees well as it is.
    """
    side = min(width, height) // 2
    if side < _SMALLEST_PART:
        return []
    rows, columns = (1 + math.ceil((length - side) / (side / 2)) for length in (height, width))
    lefts = np.linspace(0, width - side, columns).round().astype(int)
    tops = np.linspace(0, height - side, rows).round().astype(int)
    places = [(int(left), int(top), side) for top in tops for left in lefts]
    middle = ((width - side) / 2, (height - side) / 2)
    return sorted(places, key=lambda place: math.dist(place[:2], middle))


def face_of(landmarks: FloatArray) -> Face:
    """The face with these landmarks (478 x 2 float32)."""
    left = float(np.linalg.norm(landmarks[_NOSE] - landmarks[_LEFT_CHEEK]))
    right = float(np.linalg.norm(landmarks[_NOSE] - landmarks[_RIGHT_CHEEK]))
    return Face(landmarks, abs(left - right) / max(left + right, 1e-6))


def same_place(centre: FloatArray, face: Face) -> bool:
    """Whether a face with its middle there can be no other than this one."""
    distance = float(np.linalg.norm(centre - face.centre))
    return distance < 0.5 * math.sqrt(face.area)


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
