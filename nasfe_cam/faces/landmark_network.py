"""Finds the 478 landmarks of one face in a given region of the frame.

MediaPipe's mesh network ("Attention Mesh", Grishchenko and others, 2020), run by
the engine of the other networks: its own graph takes twice the time around it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.base import Engine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import Matrix
from nasfe_cam.faces.crop_tensor import fill_face

LANDMARKS_FILE = "face_landmarks.onnx"

LEFT_EYE, RIGHT_EYE = 33, 263
"""Mesh points at the outer corners, left and right in the picture."""

# As in MediaPipe's graphs: the region is the box of the face, half as large again.
_MARGIN = 1.5
_TENSORS = ("face", "landmarks", "presence")


@dataclass(frozen=True, slots=True, eq=False)
class FaceRegion:
    """A square that holds a face, turned so that its eyes are level.

    Attributes:
        centre: x, y in pixels.
        side: in pixels.
        angle: radians, clockwise in the picture.
    """

    centre: tuple[float, float]
    side: float
    angle: float

    def transform(self, size: int) -> Matrix:
        """From pixels of the region, scaled to size x size, to those of the picture."""
        scale = self.side / size
        cosine, sine = scale * np.cos(self.angle), scale * np.sin(self.angle)
        rotation = np.array([[cosine, -sine], [sine, cosine]])
        middle = np.full(2, size / 2)
        return np.column_stack([rotation, np.array(self.centre) - rotation @ middle])

    def moved(self, right: float, down: float) -> FaceRegion:
        """The same place in a picture that begins so much further left and up."""
        return FaceRegion((self.centre[0] + right, self.centre[1] + down), self.side, self.angle)

    def scaled(self, factor: float) -> FaceRegion:
        """The same place in a picture `factor` times the size; pixel centres are whole numbers."""
        x, y = self.centre
        centre = ((x + 0.5) * factor - 0.5, (y + 0.5) * factor - 0.5)
        return FaceRegion(centre, self.side * factor, self.angle)


def region_around(points: FloatArray, left_eye: FloatArray, right_eye: FloatArray) -> FaceRegion:
    """The region of the face that a set of points belongs to.

    Args:
        points: N x 2, pixels: all of the mesh, or the corners of a detector's box.
        left_eye, right_eye: x, y in pixels, left and right in the picture.
    """
    low, high = points.min(0), points.max(0)
    centre = (low + high) / 2
    across = right_eye - left_eye
    return FaceRegion(
        (float(centre[0]), float(centre[1])),
        _MARGIN * float((high - low).max()),
        float(np.arctan2(across[1], across[0])),
    )


class LandmarkNetwork:
    """Holds the mesh network.

    Args:
        model: `face_landmarks.onnx`, see `packaging/face_landmarks.py`.
        precision: see `OpenVINOEngine`.

    Raises:
        EngineError: the model file is missing, damaged or of another kind.
    """

    def __init__(self, model: ModelFile, precision: Precision = Precision.AUTO) -> None:
        # One thread: the other cores restore the frame before meanwhile.
        self._engine: Engine = OpenVINOEngine(model.path, model.sha256, _TENSORS, precision, 1)
        self._size = self._engine.inputs["face"].shape[-1]
        self._crop = np.empty((self._size, self._size, 3), np.uint8)

    def find(self, image: Image, region: FaceRegion) -> FloatArray | None:
        """The mesh of the face in a region.

        Args:
            image: H x W x 3 uint8 BGR.
            region: where the face is expected, in pixels of `image`.

        Returns:
            478 x 2 float32, pixels of `image`; None where there is no face.

        Raises:
            EngineRunFailed: the device refused.
        """
        to_image = region.transform(self._size)
        cv2.warpAffine(
            image,
            to_image,
            (self._size, self._size),
            dst=self._crop,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        fill_face(self._engine.inputs["face"], self._crop)
        self._engine.run()
        # A logit: more likely a face than not.
        if not self._engine.outputs["presence"][0, 0] > 0:
            return None
        mesh = self._engine.outputs["landmarks"][0].reshape(-1, 3)[:, :2]
        return np.asarray(mesh @ to_image[:, :2].T + to_image[:, 2], np.float32)

    def close(self) -> None:
        """Free the network."""
        self._engine.close()
