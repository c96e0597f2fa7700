"""What can go wrong with networks and the devices that run them, each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Plain


class EngineError(NasfeError):
    """A network could not be loaded or run."""


class ModelFileMissing(EngineError):
    code = "model-file-missing"
    text = "Model file {path} is missing."
    remedy = "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"

    path: Path


class ModelFileDamaged(EngineError):
    code = "model-file-damaged"
    text = "Model file {path} is damaged ({reason})."
    remedy = "Reinstall NASFE Camera: pip install --force-reinstall nasfe-cam"

    path: Path
    reason: str


class ModelContractBroken(EngineError):
    code = "model-contract-broken"
    text = "Model file {path} is not a NASFE network ({reason})."
    remedy = "Export it again with: nasfe-train export"

    path: Path
    reason: str


class EngineRunFailed(EngineError):
    code = "engine-run-failed"
    text = "The network stopped running on {device} ({reason})."
    remedy = "The untouched picture is shown; run nasfe-cam doctor to check the device."

    device: str
    reason: str


class EngineFellBack(EngineError):
    code = "engine-fell-back"
    text = "The network stopped running on {failed} ({reason})."
    remedy = (
        "It runs on {now} now, without a gap; check the device with nasfe-cam doctor, and start "
        "again to use it again."
    )

    failed: str
    reason: str
    now: str


class EngineDisagrees(EngineError):
    code = "engine-disagrees"
    text = "{refused} computes another {tensor} than {kept} does, so {kept} goes on."
    remedy = "Update the driver of the device; nasfe-cam doctor shows it."

    refused: str
    tensor: str
    kept: str


class EngineCacheUnusable(EngineError):
    code = "engine-cache-unusable"
    text = (
        "Compiled networks cannot be kept in {folder} ({reason}), so they are compiled at every "
        "start."
    )
    remedy = "Free some space there, or make the folder yours."

    folder: Path
    reason: str


class EngineBuildStopped(EngineError):
    code = "engine-build-stopped"
    text = "Compiling the network was stopped."
    remedy = "Start it again with nasfe-cam compile"


class IntelDeviceUnusable(EngineError):
    code = "intel-device-unusable"
    text = "Intel's {kind} does not serve ({reason})."
    remedy = "The CPU does; install the {kind}'s newest driver, or choose another --device."

    kind: str
    reason: str


class NvidiaError(EngineError):
    """An NVIDIA card cannot be used; the CPU is used instead."""


class NvidiaCardMissing(NvidiaError):
    code = "nvidia-card-missing"
    text = "No NVIDIA card was found."
    remedy = "If there is one, install its driver."


class NoCardToCompileFor(NvidiaCardMissing):
    code = "no-card-to-compile-for"
    remedy = (
        "If there is one, install its driver; to compile for another machine, name its card with "
        "nasfe-cam compile --compute-capability"
    )


class TensorRTMissing(NvidiaError):
    code = "tensorrt-missing"
    text = "TensorRT for {cards} cannot be loaded ({reason})."
    remedy = "Install the extra 'tensorrt' with: pip install 'nasfe-cam[tensorrt]'"

    cards: Sequence[str]
    reason: str

    @property
    def parameters(self) -> dict[str, Plain]:
        return {"cards": _named(self.cards), "reason": self.reason}


class NvidiaDriverUnusable(NvidiaError):
    code = "nvidia-driver-unusable"
    text = "The graphics card {cards} cannot be used ({reason})."
    remedy = "Install NVIDIA's newest driver for it and start the computer again."

    cards: Sequence[str]
    reason: str

    @property
    def parameters(self) -> dict[str, Plain]:
        return {"cards": _named(self.cards), "reason": self.reason}


class EngineNotBuilt(NvidiaError):
    code = "engine-not-built"
    text = "{network} cannot be compiled for {target} ({reason})."
    remedy = "The network runs on the CPU. To use the card, install another version of TensorRT."

    network: str
    target: str
    reason: str


class EngineRefused(NvidiaError):
    code = "engine-refused"
    text = "{device} refuses the compiled network ({reason})."
    remedy = "Compile it again with: nasfe-cam compile"

    device: str
    reason: str


class ComputeCapabilityUnknown(NvidiaError):
    code = "compute-capability-unknown"
    text = (
        "Compute capability {given!r} is none that {runtime} compiles for ahead of time. "
        "It knows: {known}."
    )
    remedy = "Choose one of these, or compile on the machine that has the card."

    given: str
    known: Sequence[str]
    runtime: str

    @property
    def parameters(self) -> dict[str, Plain]:
        known = ", ".join(self.known) or "-"
        return {"given": self.given, "known": known, "runtime": self.runtime}


class CudaCallFailed(NvidiaError):
    code = "cuda-call-failed"
    text = "CUDA refused {call} ({reason})."
    remedy = "Check the card with: nasfe-cam doctor"

    call: str
    reason: str

    @property
    def failure(self) -> str:
        """Call and reason, as the reason of another error."""
        return f"{self.call}: {self.reason}"


def _named(cards: Sequence[str]) -> str:
    """In words that need no translation."""
    return ", ".join(cards) or "NVIDIA"
