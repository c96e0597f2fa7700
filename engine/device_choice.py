"""The devices that a user can choose; a separate module, so that settings load no runtime."""

from __future__ import annotations

from enum import StrEnum


class DeviceChoice(StrEnum):
    """Where the network is to run."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"
    NPU = "npu"
    NVIDIA = "nvidia"
