"""Compiling and running networks; knows nothing of cameras."""

from engine.base import Engine, EngineDescription
from engine.errors import (
    EngineError,
    EngineRunFailed,
    ModelContractBroken,
    ModelFileDamaged,
    ModelFileMissing,
    NasfeError,
)
from engine.model_file import ModelFile
from engine.openvino_engine import OpenVINOEngine
from engine.openvino_plan import OpenVINODevice
from engine.precision import Precision

__all__ = [
    "Engine",
    "EngineDescription",
    "EngineError",
    "EngineRunFailed",
    "ModelContractBroken",
    "ModelFile",
    "ModelFileDamaged",
    "ModelFileMissing",
    "NasfeError",
    "OpenVINODevice",
    "OpenVINOEngine",
    "Precision",
]
