"""The devices that OpenVINO can use on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.openvino.runtime import openvino

# How oneDNN, OpenVINO's library for CPUs, calls what multiplies 8-bit numbers at once: from AVX2
# on, two products are summed in 16 bits, with VNNI ("DL Boost") and AMX four or more in 32.
_INT8_WORDS = ("AVX2", "AVX-512", "DL Boost", "AMX")


@dataclass(frozen=True, slots=True)
class Machine:
    """Devices and arithmetic.

    Attributes:
        devices: as OpenVINO calls them, such as "GPU.1", "NPU", "CPU"; of several GPUs
            a card comes before one that is part of the processor.
        bf16: the CPU computes it in hardware.
        int8: the CPU multiplies it in hardware, which is quicker than f32. Without VNNI the
            sums would overflow if weights used all eight bits; ours use seven
            (`train.export.int8`).
    """

    devices: tuple[str, ...]
    bf16: bool
    int8: bool


def look_at_machine(core: openvino.Core) -> Machine:
    """Ask OpenVINO; nothing is started on GPUs and NPUs."""
    keys = [str(key) for key in core.available_devices]
    return Machine(
        devices=tuple(sorted(keys, key=lambda key: not _is_card(core, key))),
        bf16="BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"),
        int8=any(word in cpu_instructions() for word in _INT8_WORDS),
    )


@cache
def cpu_instructions() -> str:
    """The instruction set that OpenVINO uses, such as "... Intel AVX-512 with Intel DL Boost".

    Only a compiled network tells, so the smallest one is compiled. Empty if it does not.
    """
    operators = openvino.opset13
    value = operators.parameter([1])
    smallest = openvino.Model([operators.relu(value)], [value])
    try:
        compiled = openvino.Core().compile_model(smallest, "CPU")
        return str(compiled.get_property("RUNTIME_REQUIREMENTS"))
    except RuntimeError:
        return ""


def device_name(core: openvino.Core, key: str) -> str:
    """Such as "AMD EPYC"; raises RuntimeError where a driver does not answer."""
    return str(core.get_property(key, "FULL_DEVICE_NAME")).strip()


def _is_card(core: openvino.Core, key: str) -> bool:
    try:
        return str(core.get_property(key, "DEVICE_TYPE")).endswith("DISCRETE")
    except RuntimeError:
        return False
