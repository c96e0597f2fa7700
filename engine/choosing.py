"""Chooses the engine for a network: what serves, and why nothing better does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.base import Engine
from engine.device_choice import DeviceChoice
from engine.engine_cache import EngineCache
from engine.errors import NvidiaCardMissing
from engine.model_file import Network
from engine.nvidia.opening import find_nvidia, open_tensorrt
from engine.openvino_engine import OpenVINOEngine, Precision
from engine.switching import SwitchingEngine


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What was asked for.

    Attributes:
        cache: folder for compiled networks; made when needed.
        device: AUTO takes an NVIDIA card if one can be used, else the CPU; GPU
            and NPU are Intel's, and OpenVINO runs them.
        precision: of the engine on the CPU; AUTO takes bf16 where it has it.
        threads: of the engine on the CPU; 0 lets OpenVINO decide.
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

    An NVIDIA card is looked for, and its engine compiled, in the background,
    while OpenVINO serves; `describe` says which serves and why.

    Args:
        report: told, from any thread, why what was asked for does not serve. In
            AUTO a machine without an NVIDIA card is nothing to report.

    Raises:
        ModelFileMissing, ModelFileDamaged, ModelContractBroken: no engine can
            run the file.
    """
    sure = _openvino(network, options)
    if options.device not in (DeviceChoice.AUTO, DeviceChoice.NVIDIA):
        return sure

    def make_better(stopped: threading.Event) -> Engine:
        return open_tensorrt(
            network,
            find_nvidia(),
            EngineCache(options.cache, report),
            stopped=stopped,
            low_priority=options.in_background,
        )

    def report_what_matters(error: Exception) -> None:
        if options.device is DeviceChoice.NVIDIA or not isinstance(error, NvidiaCardMissing):
            report(error)

    return SwitchingEngine(
        sure, make_better, report_what_matters, in_background=options.in_background
    )


def _openvino(network: Network, options: EngineOptions) -> OpenVINOEngine:
    """OpenVINO's engine; the one place that says on which of its devices."""
    return OpenVINOEngine(
        network.path,
        network.sha256,
        network.tensors,
        precision=options.precision,
        threads=options.threads,
    )
