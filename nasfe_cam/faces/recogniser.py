"""Recognises people with SFace (Zhong et al. 2021) on five-point aligned faces.

Its score takes part in no training loss, or it would measure itself.
"""

from __future__ import annotations

import numpy as np

from engine.base import Engine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import Matrix, similarity_transform, warp_crop

RECOGNISER_FILE = "sface_2021dec_fp16w.onnx"
SAME_PERSON = 0.363
"""Cosine from which two embeddings are of one person, as OpenCV recommends for SFace."""

_SIDE = 112
_TENSORS = ("data", "fc1")
# The ArcFace template: eyes from left to right in the picture, nose tip, mouth corners.
_TEMPLATE = np.array(
    [[38.29, 51.70], [73.53, 51.50], [56.03, 71.74], [41.55, 92.37], [70.73, 92.20]]
)
_LEFT_EYE, _RIGHT_EYE = (33, 133), (362, 263)
_NOSE_TIP, _MOUTH_LEFT, _MOUTH_RIGHT = 1, 61, 291


class Recogniser:
    """Holds the recognition network.

    Raises:
        EngineError: the model file is missing, damaged or of another kind.
    """

    def __init__(
        self, model: ModelFile, precision: Precision = Precision.AUTO, threads: int = 0
    ) -> None:
        self._engine: Engine = OpenVINOEngine(
            model.path, model.sha256, _TENSORS, precision, threads
        )

    def embed(self, image: Image, landmarks: FloatArray) -> FloatArray:
        """Describe one face.

        Args:
            image: H x W x 3 uint8 BGR.
            landmarks: 478 x 2 float32, MediaPipe mesh, pixels of `image`.

        Returns:
            128 float32 of length 1; compare with `cosine`.

        Raises:
            EngineRunFailed: the device refused.
        """
        crop = recognition_crop(image, landmarks)
        # The network takes RGB, 0..255; its normalisation is inside the graph.
        self._engine.inputs["data"][0] = crop[..., ::-1].transpose(2, 0, 1)
        self._engine.run()
        return unit(self._engine.outputs["fc1"][0])

    def close(self) -> None:
        """Free the network."""
        self._engine.close()


def recognition_crop(image: Image, landmarks: FloatArray) -> Image:
    """The 112 x 112 x 3 uint8 BGR crop that SFace wants; arguments as in `Recogniser.embed`."""
    transform = similarity_transform(_five_points(landmarks), _TEMPLATE)
    return warp_crop(image, transform, _SIDE)


def cosine(first: FloatArray, second: FloatArray) -> float:
    """Likeness of two embeddings of length 1: -1..1, from `SAME_PERSON` on one person."""
    return float(first @ second)


def unit(vector: FloatArray) -> FloatArray:
    """The vector at length 1, float32, a new array; zero stays zero."""
    scaled: FloatArray = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return scaled.astype(np.float32)


def _five_points(landmarks: FloatArray) -> Matrix:
    mesh = landmarks.astype(np.float64)
    return np.array(
        [
            mesh[list(_LEFT_EYE)].mean(0),
            mesh[list(_RIGHT_EYE)].mean(0),
            mesh[_NOSE_TIP],
            mesh[_MOUTH_LEFT],
            mesh[_MOUTH_RIGHT],
        ]
    )
