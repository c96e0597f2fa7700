"""The fast path: the network that restores an aligned crop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.base import Engine, EngineDescription
from engine.model_file import Network
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.crop_tensor import fill_face
from nasfe_cam.faces.warp import WarpedPicture, warp_mixed
from nasfe_cam.restoration.observer import Observation

COMMON_TENSORS = ("face", "degradation", "restored")
"""What every restoring network has."""

IDENTITY_TENSORS = ("identity", "identity_mean", "identity_std")
"""Of those that are told who it is by identity information."""

REFERENCE_TENSORS = ("guidance", "memory")
"""Of those that are shown photos and what they restored last."""

RESTORER_TENSORS = ("face", *IDENTITY_TENSORS, "degradation", "restored")
"""Of NASFE as in the paper."""


def restorer_network(name: str, folder: Path = MODELS) -> Network:
    """The restoring network of a name, such as "nasfe-lite"; raises like `find_model`."""
    file = find_model(f"{name}.onnx", folder)
    return Network(file.path, file.sha256, COMMON_TENSORS, file.quantised)


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """Pictures that the network is shown beside the crop.

    Attributes:
        guidance: photos of the person.
        memory: what was restored a moment ago.
    """

    guidance: Sequence[WarpedPicture] = ()
    memory: WarpedPicture | None = None


NOTHING = References()


class Restorer:
    """Holds the restoring network.

    Args:
        engine: runs `restorer_network`; closed with the restorer.

    Attributes:
        size: S, side of the crops in pixels.
        takes_references: whether the network has the inputs `guidance` and `memory`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.size = self._engine.inputs["face"].shape[-1]
        names = set(self._engine.inputs)
        self.takes_references = names.issuperset(REFERENCE_TENSORS)
        self._takes_identity = names.issuperset(IDENTITY_TENSORS)
        self._positive = np.empty((3, self.size, self.size), np.float32)

    def describe(self) -> EngineDescription:
        """Which engine serves, and why."""
        return self._engine.describe()

    def identify(self, identity: FloatArray | None) -> None:
        """Restore this person from now on.

        Args:
            identity: 256 x S/8 x S/8 float32, N of the enrolled person; None for
                nobody (the network's "no identity" input), as at first.
        """
        if self._takes_identity:
            self._engine.inputs["identity"][0] = 0 if identity is None else identity

    def restore(
        self,
        crop: Image | FloatArray,
        observation: Observation,
        references: References = NOTHING,
    ) -> Image:
        """Restore one crop.

        Args:
            crop: S x S x 3 BGR, 0..255, uint8 or float32.
            observation: what the slow path last saw.
            references: shown to a network that takes them.

        Returns:
            S x S x 3 uint8 BGR, a new array.

        Raises:
            EngineRunFailed: the device refused.
        """
        inputs = self._engine.inputs
        fill_face(inputs["face"], crop)
        if self._takes_identity:
            inputs["identity_mean"][0] = observation.mean
            inputs["identity_std"][0] = observation.std
        inputs["degradation"][0] = observation.degradation
        if self.takes_references:
            memory = references.memory
            warp_mixed(references.guidance, self.size, inputs["guidance"][0])
            warp_mixed(() if memory is None else (memory,), self.size, inputs["memory"][0])
        self._engine.run()
        # Scaled without its sign.
        np.maximum(self._engine.outputs["restored"][0], np.float32(0), out=self._positive)
        planes = [cv2.convertScaleAbs(plane, alpha=255) for plane in self._positive]
        return np.asarray(cv2.merge(planes[::-1]), np.uint8)

    def close(self) -> None:
        """Free the network."""
        self._engine.close()
