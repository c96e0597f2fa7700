"""The devices of this computer that could run a network, including those that no runtime uses."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from engine.openvino.runtime import openvino

_NVIDIA_DRIVER = Path("/proc/driver/nvidia/gpus")
_ANSWER_SECONDS = 10.0
_ARITHMETIC = frozenset({"FP32", "FP16", "BF16", "INT8"})


@dataclass(frozen=True, slots=True)
class Device:
    """One device.

    Attributes:
        key: as the runtime calls it, such as "CPU", "GPU.0", "NPU" or "NVIDIA".
        name: such as "AMD EPYC 9R14".
        runtime: that can reach it, such as "OpenVINO"; empty for none of ours.
        arithmetic: what it computes in hardware, such as "FP32", "BF16", "INT8".
    """

    key: str
    name: str
    runtime: str
    arithmetic: tuple[str, ...] = ()


def list_devices(nvidia_driver: Path = _NVIDIA_DRIVER) -> list[Device]:
    """Every device that OpenVINO or the NVIDIA driver shows; nothing is started on it."""
    core = openvino.Core()
    devices = []
    for key in core.available_devices:
        try:
            name = str(core.get_property(key, "FULL_DEVICE_NAME")).strip()
            able = {str(word) for word in core.get_property(key, "OPTIMIZATION_CAPABILITIES")}
        except RuntimeError:
            # A driver that lists its device and then answers nothing must not hide the others.
            name, able = "does not answer", set()
        devices.append(Device(key, name, "OpenVINO", tuple(sorted(able & _ARITHMETIC))))
    runtime = "TensorRT" if _tensorrt_is_installed() else ""
    devices += [Device("NVIDIA", name, runtime) for name in nvidia_cards(nvidia_driver)]
    return devices


def nvidia_cards(driver: Path = _NVIDIA_DRIVER) -> list[str]:
    """Names of the NVIDIA cards that the operating system shows, with any driver or none of ours.

    Args:
        driver: where the Linux driver describes its cards.
    """
    names = []
    for information in sorted(driver.glob("*/information")):
        try:
            lines = information.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        names += [line.split(":", 1)[1].strip() for line in lines if line.startswith("Model:")]
    return names or _names_from_tool()


def _tensorrt_is_installed() -> bool:
    packages = ("tensorrt", "tensorrt_rtx", "tensorrt_rtx_bindings")
    return any(importlib.util.find_spec(package) is not None for package in packages)


def _names_from_tool() -> list[str]:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    try:
        answer = subprocess.run(
            [tool, "--query-gpu=name", "--format=csv,noheader"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_ANSWER_SECONDS,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        # The tool outlives the card: it is installed, but nothing answers.
        return []
    return [line.strip() for line in answer.stdout.splitlines() if line.strip()]
