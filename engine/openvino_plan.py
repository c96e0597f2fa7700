"""Which device and which arithmetic to try, best first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.openvino_machine import Machine
from engine.precision import Precision


class OpenVINODevice(StrEnum):
    """Where OpenVINO may run a network.

    AUTO takes an Intel GPU if there is one, which leaves the CPU to the meeting,
    and no NPU, as OpenVINO's own AUTO does. Neither has ever been tried with this
    program: what they refuse falls to the CPU, and `engine.choosing` lets them
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
        reason: why this one, if it serves.
    """

    device: str
    arithmetic: str
    quantised: bool
    reason: str

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
    note = f"{kind} was asked for, but OpenVINO finds none; " if missing else ""
    return [*attempts, *_on_cpu(precision, machine, has_quantised, note)]


def _accelerated(
    key: str, choice: OpenVINODevice, precision: Precision, has_quantised: bool
) -> Attempt:
    chosen = choice is OpenVINODevice.AUTO
    return Attempt(
        device=key,
        # The FFT operator's spectra leave the range of f16, which is all that an NPU computes in.
        arithmetic="f16" if key.startswith("NPU") else "f32",
        # By itself only where its loss and its gain were measured, and that is on CPUs.
        quantised=precision is Precision.INT8 and has_quantised,
        reason=f"{key} leaves the CPU to the meeting" if chosen else f"{key} was asked for",
    )


def _on_cpu(
    precision: Precision, machine: Machine, has_quantised: bool, note: str
) -> Iterator[Attempt]:
    arithmetic = "bf16" if machine.bf16 and precision is not Precision.F32 else "f32"
    if precision in (Precision.AUTO, Precision.INT8):
        asked = precision is Precision.INT8
        if not has_quantised:
            note += "the network has no INT8 file; " if asked or machine.int8 else ""
        elif asked or machine.int8:
            reason = "int8 was asked for" if asked else "the CPU multiplies int8 in hardware"
            yield Attempt("CPU", arithmetic, True, note + reason)
        else:
            note += "the CPU does not multiply int8 in hardware; "
    yield Attempt("CPU", arithmetic, False, note + _float_reason(precision, machine))


def _float_reason(precision: Precision, machine: Machine) -> str:
    if precision is Precision.F32 or (precision is Precision.BF16 and machine.bf16):
        return f"{precision.value} was asked for"
    if machine.bf16:
        return "the CPU computes bf16 in hardware"
    return "the CPU has no bf16 arithmetic"
