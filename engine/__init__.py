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
from engine.openvino_engine import OpenVINOEngine, Precision

__all__ = [
    "Engine",
    "EngineDescription",
    "EngineError",
    "EngineRunFailed",
    "ModelContractBroken",
    "ModelFileDamaged",
    "ModelFileMissing",
    "NasfeError",
    "OpenVINOEngine",
    "Precision",
]
