"""Why an engine serves, and why no better one does."""

from __future__ import annotations

from collections.abc import Iterable

from nasfe_cam.core.statement import Sentence, Statement


class EngineReason(Sentence):
    """A reason for which an engine serves, or a better one does not."""


class DeviceNotFound(EngineReason):
    code = "device-not-found"
    text = "{kind} was asked for, but OpenVINO finds none"

    kind: str


class DeviceAskedFor(EngineReason):
    code = "device-asked-for"
    text = "{device} was asked for"

    device: str


class DeviceSparesCpu(EngineReason):
    code = "device-spares-cpu"
    text = "{device} leaves the CPU to the meeting"

    device: str


class PrecisionAskedFor(EngineReason):
    code = "precision-asked-for"
    text = "{precision} was asked for"

    precision: str


class NoQuantisedFile(EngineReason):
    code = "no-int8-file"
    text = "the network has no INT8 file"


class Int8InHardware(EngineReason):
    code = "int8-in-hardware"
    text = "the CPU multiplies int8 in hardware"


class NoInt8InHardware(EngineReason):
    code = "no-int8-in-hardware"
    text = "the CPU does not multiply int8 in hardware"


class Bf16InHardware(EngineReason):
    code = "bf16-in-hardware"
    text = "the CPU computes bf16 in hardware"


class NoBf16InHardware(EngineReason):
    code = "no-bf16-in-hardware"
    text = "the CPU has no bf16 arithmetic"


class AttemptFailed(EngineReason):
    code = "attempt-failed"
    text = "{precision} on {device} failed ({reason})"

    precision: str
    device: str
    reason: str


class BetterEngineBeingPrepared(EngineReason):
    code = "better-engine-being-prepared"
    text = "a better engine is being prepared"


class CardRunsOneGraph(EngineReason):
    code = "card-runs-one-graph"
    text = "an NVIDIA card is there; a run is one CUDA graph"


class CardRunsWithoutGraph(EngineReason):
    code = "card-runs-without-graph"
    text = "an NVIDIA card is there; CUDA graphs are refused"


def in_words(reasons: Iterable[Statement]) -> str:
    """All reasons in English, in one line."""
    return "; ".join(map(str, reasons))
