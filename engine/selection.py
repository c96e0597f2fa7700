"""Chooses the engine for a network, and says why no better one is used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.base import Engine
from engine.device_choice import DeviceChoice
from engine.engine_cache import EngineCache
from engine.errors import IntelDeviceUnusable, NvidiaCardMissing
from engine.failover import FailoverEngine
from engine.model_file import Network
from engine.openvino.attempts import OpenVINODevice
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from engine.tensorrt.factory import find_nvidia, open_tensorrt


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What was asked for.

    Attributes:
        cache: folder for compiled networks; made when needed.
        device: AUTO takes an NVIDIA card if one can be used, else the CPU; GPU
            and NPU are Intel's, and OpenVINO runs them.
        precision, threads: of the engine on the CPU, see `OpenVINOEngine`.
        in_background: False opens the better engine before anything runs: for
            measurements, which are of one engine.
    """

    cache: Path
    device: DeviceChoice = DeviceChoice.AUTO
    precision: Precision = Precision.AUTO
    threads: int = 0
    in_background: bool = True


def open_engine(
    network: Network, options: EngineOptions, report: Callable[[Exception], None]
) -> Engine:
    """The engine for a network, ready to run.

    A card or another device is looked for, and its engine compiled, in the
    background, while OpenVINO runs on the CPU; `describe` says which is in use, and why.

    Args:
        report: told, from any thread, why the chosen device is not used. In
            AUTO a machine without an NVIDIA card is nothing to report.

    Raises:
        ModelFileMissing, ModelFileDamaged, ModelContractBroken: no engine can
            run the file.
    """
    sure = _openvino(network, options)
    if options.device is DeviceChoice.CPU:
        return sure

    def make_better(stopped: threading.Event) -> Engine:
        if options.device in (DeviceChoice.GPU, DeviceChoice.NPU):
            return _on_intel(network, options)
        return open_tensorrt(
            network,
            find_nvidia(),
            EngineCache(options.cache, report),
            stopped=stopped,
            low_priority=options.in_background,
        )

    def report_what_matters(error: Exception) -> None:
        if options.device is not DeviceChoice.AUTO or not isinstance(error, NvidiaCardMissing):
            report(error)

    return FailoverEngine(
        sure, make_better, report_what_matters, in_background=options.in_background
    )


def _on_intel(network: Network, options: EngineOptions) -> Engine:
    """The engine on Intel's GPU or NPU; raises IntelDeviceUnusable where the CPU would serve."""
    engine = _openvino(network, options, OpenVINODevice(options.device.value))
    description = engine.describe()
    if not description.device.startswith(options.device.name):
        engine.close()
        raise IntelDeviceUnusable(options.device.name, description.reason)
    return engine


def _openvino(
    network: Network, options: EngineOptions, device: OpenVINODevice = OpenVINODevice.CPU
) -> OpenVINOEngine:
    return OpenVINOEngine(
        network.path,
        network.sha256,
        network.tensors,
        options.precision,
        options.threads,
        device=device,
        cache=options.cache,
        quantised=network.quantised,
    )
