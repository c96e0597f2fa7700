"""Compiling and running networks; knows nothing of cameras."""

from engine.base import Engine, EngineDescription
from engine.choosing import EngineOptions, open_engine
from engine.device_choice import DeviceChoice
from engine.errors import (
    EngineError,
    EngineRunFailed,
    ModelContractBroken,
    ModelFileDamaged,
    ModelFileMissing,
    NasfeError,
)
from engine.model_file import ModelFile, Network
from engine.openvino_engine import OpenVINOEngine
from engine.openvino_plan import OpenVINODevice
from engine.precision import Precision

__all__ = [
    "DeviceChoice",
    "Engine",
    "EngineDescription",
    "EngineError",
    "EngineOptions",
    "EngineRunFailed",
    "ModelContractBroken",
    "ModelFile",
    "ModelFileDamaged",
    "ModelFileMissing",
    "NasfeError",
    "Network",
    "OpenVINODevice",
    "OpenVINOEngine",
    "Precision",
    "open_engine",
]
