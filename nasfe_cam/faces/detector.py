"""Finds rough positions of faces in a picture: MediaPipe FaceDetector in IMAGE mode."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import cv2
import numpy as np

from engine.errors import ModelFileDamaged
from engine.model_file import read_model
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import Image
from nasfe_cam.faces.landmark_network import FaceRegion, region_around
from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision

# BlazeFace for faces up to two metres away, as MediaPipe's own FaceLandmarker uses it.
_NETWORK = "face_detector.tflite"
# Of the six points that it returns.
_LEFT_EYE, _RIGHT_EYE = 0, 1


class FaceDetector:
    """Holds the detector network.

    Args:
        bundle: `face_landmarker.task`, which contains it.

    Raises:
        ModelFileMissing, ModelFileDamaged: see `engine.model_file.read_model`.
    """

    def __init__(self, bundle: ModelFile) -> None:
        content = read_model(bundle.path, bundle.sha256)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as files:
                network = files.read(_NETWORK)
        except (zipfile.BadZipFile, KeyError):
            raise ModelFileDamaged(bundle.path, f"it holds no {_NETWORK}") from None
        self._detector = vision.FaceDetector.create_from_options(
            vision.FaceDetectorOptions(base_options=BaseOptions(model_asset_buffer=network))
        )
        self._rgb = np.empty((0, 0, 3), np.uint8)

    def find(self, image: Image) -> Sequence[FaceRegion]:
        """The regions of the faces in an H x W x 3 uint8 BGR picture, surest first."""
        if self._rgb.shape != image.shape:
            self._rgb = np.empty_like(image)
        cv2.cvtColor(image, cv2.COLOR_BGR2RGB, dst=self._rgb)
        result = self._detector.detect(
            mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=self._rgb)
        )
        size = np.array(image.shape[1::-1], np.float32)
        regions = []
        for found in result.detections:
            box, points = found.bounding_box, found.keypoints
            corners = np.array([[box.origin_x, box.origin_y]] * 2, np.float32)
            corners[1] += (box.width, box.height)
            left, right = (
                np.array([points[eye].x, points[eye].y], np.float32) * size
                for eye in (_LEFT_EYE, _RIGHT_EYE)
            )
            regions.append(region_around(corners, left, right))
        return regions

    def close(self) -> None:
        """Free the network."""
        self._detector.close()
