"""What a user may ask for; a module of its own, so that settings load no network runtime."""

from __future__ import annotations

from enum import StrEnum


class DeviceChoice(StrEnum):
    """Where the network is to run."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"
    NPU = "npu"
    NVIDIA = "nvidia"
