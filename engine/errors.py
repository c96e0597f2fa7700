"""The one error family of NASFE Camera.

The base lives here because `engine` is the lowest package of the import order
(ui -> nasfe_cam -> engine). Each constructor writes the whole sentence that the
user reads: what happened, and the next step.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class NasfeError(Exception):
    """Base of every error that this project raises on purpose.

    `str(error)` is one line that names the cause and the next step. The CLI
    prints it without a traceback and exits with code 2.
    """


class EngineError(NasfeError):
    """A network could not be loaded or run."""


class ModelFileMissing(EngineError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Model file {path} is missing. "
            "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"
        )


class ModelFileDamaged(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Model file {path} is damaged ({reason}). "
            "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"
        )


class ModelContractBroken(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Model file {path} is not a NASFE network ({reason}). "
            "Export it again with: nasfe-train export"
        )


class EngineRunFailed(EngineError):
    def __init__(self, device: str, reason: str) -> None:
        super().__init__(
            f"The network stopped running on {device} ({reason}). "
            "The untouched picture is shown; run nasfe-cam doctor to check the device."
        )
        self.reason = reason


class EngineFellBack(EngineError):
    def __init__(self, failed: str, reason: str, now: str) -> None:
        super().__init__(
            f"The network stopped running on {failed} ({reason}). It runs on {now} now, without "
            "a gap; check the device with nasfe-cam doctor, and start again to use it again."
        )


class EngineDisagrees(EngineError):
    def __init__(self, refused: str, tensor: str, kept: str) -> None:
        super().__init__(
            f"{refused} computes another {tensor} than {kept} does, so {kept} goes on. "
            "Update the driver of the device; nasfe-cam doctor shows it."
        )


class EngineCacheUnusable(EngineError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Compiled networks cannot be kept in {folder} ({reason}), so they are compiled at "
            "every start. Free some space there, or make the folder yours."
        )


class EngineBuildStopped(EngineError):
    def __init__(self) -> None:
        super().__init__("Compiling the network was stopped. Start it again with nasfe-cam compile")


class IntelDeviceUnusable(EngineError):
    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(
            f"Intel's {kind} does not serve ({reason}). The CPU does; install the {kind}'s newest "
            "driver, or choose another --device."
        )


class NvidiaError(EngineError):
    """An NVIDIA card cannot be used; the CPU serves instead."""


class NvidiaCardMissing(NvidiaError):
    def __init__(self) -> None:
        super().__init__(
            "No NVIDIA card was found. If there is one, install its driver; to compile for "
            "another machine, name its card with nasfe-cam compile --compute-capability"
        )


class TensorRTMissing(NvidiaError):
    def __init__(self, cards: Sequence[str], reason: str) -> None:
        there = f"{', '.join(cards)} is there, but TensorRT" if cards else "TensorRT"
        super().__init__(
            f"{there} cannot be loaded ({reason}). "
            "Install the extra 'tensorrt' with: pip install 'nasfe-cam[tensorrt]'"
        )


class NvidiaDriverUnusable(NvidiaError):
    def __init__(self, cards: Sequence[str], reason: str) -> None:
        super().__init__(
            f"{', '.join(cards) or 'The NVIDIA card'} cannot be used ({reason}). "
            "Install NVIDIA's newest driver for it and start the computer again."
        )


class EngineNotBuilt(NvidiaError):
    def __init__(self, network: str, target: str, reason: str) -> None:
        super().__init__(
            f"{network} cannot be compiled for {target} ({reason}). "
            "The CPU serves; nothing is to be done, or install another version of TensorRT."
        )
        self.reason = reason


class EngineRefused(NvidiaError):
    def __init__(self, device: str, reason: str) -> None:
        super().__init__(
            f"{device} refuses the compiled network ({reason}). "
            "Compile it again with: nasfe-cam compile"
        )


class ComputeCapabilityUnknown(NvidiaError):
    def __init__(self, given: str, known: Sequence[str], runtime: str) -> None:
        super().__init__(
            f"Compute capability {given!r} is none that {runtime} compiles for ahead of time. "
            f"Choose one of {', '.join(known) or 'none: it needs the card itself'}."
        )


class CudaCallFailed(NvidiaError):
    def __init__(self, call: str, reason: str) -> None:
        super().__init__(f"CUDA refused {call} ({reason}). Check the card with: nasfe-cam doctor")
        self.reason = f"{call}: {reason}"
