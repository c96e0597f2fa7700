"""The fast path (DESIGN section 2): the network that restores an aligned crop."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine import Engine, EngineDescription, Network
from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.models import MODELS, find_model
from nasfe_cam.observation import Observation, fill_face

RESTORER_TENSORS = (
    "face",
    "identity",
    "identity_mean",
    "identity_std",
    "degradation",
    "restored",
)


def restorer_network(name: str, folder: Path = MODELS) -> Network:
    """The restoring network of a name, such as "nasfe-lite"; raises like `find_model`."""
    file = find_model(f"{name}.onnx", folder)
    return Network(file.path, file.sha256, RESTORER_TENSORS, file.quantised)


class Restorer:
    """Holds the restoring network.

    Args:
        engine: runs `restorer_network`; closed with the restorer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.size = self._engine.inputs["face"].shape[-1]
        self._scaled = np.empty((3, self.size, self.size), np.float32)

    def describe(self) -> EngineDescription:
        """Which engine serves, and why."""
        return self._engine.describe()

    def identify(self, identity: FloatArray | None) -> None:
        """Restore this person from now on.

        Args:
            identity: 256 x S/8 x S/8 float32, N of the enrolled person; None for
                nobody (the network's "no identity" input), as at first.
        """
        self._engine.inputs["identity"][0] = 0 if identity is None else identity

    def restore(self, crop: Image | FloatArray, observation: Observation) -> Image:
        """Restore one crop.

        Args:
            crop: S x S x 3 BGR, 0..255, uint8 or float32.
            observation: what the slow path last saw.

        Returns:
            S x S x 3 uint8 BGR, a new array.

        Raises:
            EngineRunFailed: the device refused.
        """
        inputs = self._engine.inputs
        fill_face(inputs["face"], crop)
        inputs["identity_mean"][0] = observation.mean
        inputs["identity_std"][0] = observation.std
        inputs["degradation"][0] = observation.degradation
        self._engine.run()
        np.multiply(self._engine.outputs["restored"][0], np.float32(255), out=self._scaled)
        planes = [cv2.convertScaleAbs(np.maximum(plane, 0, out=plane)) for plane in self._scaled]
        return np.asarray(cv2.merge(planes[::-1]), np.uint8)

    def close(self) -> None:
        """Free the network."""
        self._engine.close()
