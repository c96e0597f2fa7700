"""The slow path: feature statistics and degradation class of the crop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.base import Engine
from engine.model_file import Network
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import MODELS, ModelFile, find_model
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.smoothing.ema import ExponentialMean
from nasfe_cam.faces.crop_tensor import fill_face

OBSERVER_TENSORS = ("face", "identity_mean", "identity_std", "degradation")
EXTRACTOR_TENSORS = ("face", "features")


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What was seen in a crop.

    Attributes:
        mean, std: 256 float32 each, mu(F^y) and sigma(F^y) of eq. 7.
        degradation: 3 float32 in 0..1, the class vector c = {b, n, l}.
    """

    mean: FloatArray
    std: FloatArray
    degradation: FloatArray


def observer_network(folder: Path = MODELS) -> Network:
    """The part of the observer that judges live crops; raises like `find_model`."""
    file = find_model("observer.onnx", folder)
    return Network(file.path, file.sha256, OBSERVER_TENSORS)


class Observer:
    """Holds the part of the observer network that judges live crops.

    Args:
        engine: runs `observer_network`; closed with the observer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.size = self._engine.inputs["face"].shape[-1]

    def observe(self, crop: Image) -> Observation:
        """Judge an S x S x 3 BGR crop."""
        fill_face(self._engine.inputs["face"], crop)
        self._engine.run()
        outputs = self._engine.outputs
        return Observation(
            outputs["identity_mean"][0].copy(),
            outputs["identity_std"][0].copy(),
            outputs["degradation"][0].copy(),
        )

    def close(self) -> None:
        """Free the network."""
        self._engine.close()


class Extractor:
    """Holds the part of the observer network that enrolment needs.

    Float32 whatever the CPU has: the exact features cost nothing that anybody notices.

    Raises:
        EngineError: the model file is missing, damaged or of another kind.
    """

    def __init__(self, model: ModelFile) -> None:
        self._engine: Engine = OpenVINOEngine(
            model.path, model.sha256, EXTRACTOR_TENSORS, Precision.F32
        )
        self.size = self._engine.inputs["face"].shape[-1]

    def features(self, crop: Image) -> FloatArray:
        """pool3 features of an S x S x 3 BGR crop: 256 x S/8 x S/8 float32."""
        fill_face(self._engine.inputs["face"], crop)
        self._engine.run()
        return np.array(self._engine.outputs["features"][0])

    def close(self) -> None:
        """Free the network."""
        self._engine.close()


class ObservationSmoother:
    """Lets observations change slowly, so that restoration does not flicker.

    Args:
        seconds: time constant of the exponential mean.
    """

    def __init__(self, seconds: float = 0.7) -> None:
        self._mean = ExponentialMean(seconds)

    def reset(self) -> None:
        """Forget the past: another face is there now."""
        self._mean.reset()

    def smooth(self, observation: Observation, time: float) -> Observation:
        """Add an observation made at `time` (seconds) and return the smoothed one."""
        parts = (observation.mean, observation.std, observation.degradation)
        steady = self._mean.add(np.concatenate(parts), time)
        size = len(observation.mean)
        return Observation(*np.split(steady, (size, 2 * size)))
