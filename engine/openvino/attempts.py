"""Which devices and number formats to try, best first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.openvino.machine import Machine
from engine.precision import Precision
from engine.reasons import (
    Bf16InHardware,
    DeviceAskedFor,
    DeviceNotFound,
    DeviceSparesCpu,
    EngineReason,
    Int8InHardware,
    NoBf16InHardware,
    NoInt8InHardware,
    NoQuantisedFile,
    PrecisionAskedFor,
    in_words,
)
from nasfe_cam.core.statement import Statement


class OpenVINODevice(StrEnum):
    """Where OpenVINO may run a network.

    AUTO takes an Intel GPU if there is one, which leaves the CPU to the meeting,
    and no NPU, as OpenVINO's own AUTO does. Neither has ever been tried with this
    program: what they refuse falls to the CPU, and `engine.selection` lets them
    serve only after they have computed what the CPU computes.
    """

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"
    NPU = "npu"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to run a network.

    Attributes:
        device: as OpenVINO calls it.
        arithmetic: of everything that is not INT8: "bf16", "f16" or "f32".
        quantised: run the INT8 file, not the ONNX file.
        reasons: why this one, if it is used.
    """

    device: str
    arithmetic: str
    quantised: bool
    reasons: tuple[Statement, ...]

    @property
    def reason(self) -> str:
        """All reasons in English."""
        return in_words(self.reasons)

    @property
    def precision(self) -> str:
        """In words for people."""
        return "int8" if self.quantised else self.arithmetic


def plan(
    choice: OpenVINODevice, precision: Precision, machine: Machine, has_quantised: bool
) -> list[Attempt]:
    """What to try, best first; the last one is the float network on the CPU.

    Args:
        choice, precision: what the caller asks for.
        machine: what is there.
        has_quantised: the network has an INT8 file.
    """
    kinds = {
        OpenVINODevice.AUTO: "GPU",
        OpenVINODevice.GPU: "GPU",
        OpenVINODevice.NPU: "NPU",
    }
    kind = kinds.get(choice, "")
    keys = [key for key in machine.devices if key.partition(".")[0] == kind]
    attempts = [_accelerated(key, choice, precision, has_quantised) for key in keys]
    missing = kind and not keys and choice is not OpenVINODevice.AUTO
    notes = [DeviceNotFound(kind).statement] if missing else []
    return [*attempts, *_on_cpu(precision, machine, has_quantised, notes)]


def _accelerated(
    key: str, choice: OpenVINODevice, precision: Precision, has_quantised: bool
) -> Attempt:
    reason = DeviceSparesCpu(key) if choice is OpenVINODevice.AUTO else DeviceAskedFor(key)
    return Attempt(
        device=key,
        # The FFT operator's spectra leave the range of f16, which is all that an NPU computes in.
        arithmetic="f16" if key.startswith("NPU") else "f32",
        # By itself only where its loss and its gain were measured, and that is on CPUs.
        quantised=precision is Precision.INT8 and has_quantised,
        reasons=(reason.statement,),
    )


def _on_cpu(
    precision: Precision, machine: Machine, has_quantised: bool, notes: list[Statement]
) -> Iterator[Attempt]:
    arithmetic = "bf16" if machine.bf16 and precision is not Precision.F32 else "f32"
    if precision in (Precision.AUTO, Precision.INT8):
        asked = precision is Precision.INT8
        if not has_quantised:
            if asked or machine.int8:
                notes = [*notes, NoQuantisedFile().statement]
        elif asked or machine.int8:
            reason = PrecisionAskedFor("int8") if asked else Int8InHardware()
            yield Attempt("CPU", arithmetic, True, (*notes, reason.statement))
        else:
            notes = [*notes, NoInt8InHardware().statement]
    yield Attempt("CPU", arithmetic, False, (*notes, _float_reason(precision, machine).statement))


def _float_reason(precision: Precision, machine: Machine) -> EngineReason:
    if precision is Precision.F32 or (precision is Precision.BF16 and machine.bf16):
        return PrecisionAskedFor(precision.value)
    return Bf16InHardware() if machine.bf16 else NoBf16InHardware()
