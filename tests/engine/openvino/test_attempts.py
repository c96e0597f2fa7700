"""What is tried on machines with other devices than this one, and in which order."""

from __future__ import annotations

from engine.openvino.attempts import Attempt, OpenVINODevice, plan
from engine.openvino.machine import Machine
from engine.precision import Precision

LAPTOP = Machine(("GPU", "NPU", "CPU"), bf16=False, int8=True)
SERVER = Machine(("CPU",), bf16=True, int8=True)
OLD = Machine(("CPU",), bf16=False, int8=False)


def tried(attempts: list[Attempt]) -> list[tuple[str, str]]:
    return [(attempt.device, attempt.precision) for attempt in attempts]


def test_auto_takes_int8_only_where_the_cpu_multiplies_it() -> None:
    cpu, auto = OpenVINODevice.CPU, Precision.AUTO
    assert tried(plan(cpu, auto, SERVER, True)) == [("CPU", "int8"), ("CPU", "bf16")]
    attempts = plan(cpu, auto, OLD, True)
    assert tried(attempts) == [("CPU", "f32")]
    assert "does not multiply int8" in attempts[0].reason


def test_int8_that_was_asked_for_is_tried_everywhere() -> None:
    attempts = plan(OpenVINODevice.CPU, Precision.INT8, OLD, True)
    assert tried(attempts) == [("CPU", "int8"), ("CPU", "f32")]


def test_without_an_int8_file_the_reason_says_so() -> None:
    for precision in (Precision.AUTO, Precision.INT8):
        (only,) = plan(OpenVINODevice.CPU, precision, SERVER, False)
        assert only.precision == "bf16"
        assert "no INT8 file" in only.reason


def test_bf16_on_a_cpu_without_it_is_f32_and_says_so() -> None:
    (only,) = plan(OpenVINODevice.CPU, Precision.BF16, OLD, True)
    assert (only.precision, only.reason) == ("f32", "the CPU has no bf16 arithmetic")


def test_auto_prefers_a_gpu_and_never_takes_an_npu() -> None:
    attempts = plan(OpenVINODevice.AUTO, Precision.AUTO, LAPTOP, True)
    assert tried(attempts) == [("GPU", "f32"), ("CPU", "int8"), ("CPU", "f32")]


def test_an_npu_serves_where_it_was_asked_for() -> None:
    attempts = plan(OpenVINODevice.NPU, Precision.INT8, LAPTOP, True)
    assert tried(attempts)[0] == ("NPU", "int8")
    assert attempts[0].arithmetic == "f16"


def test_the_cpu_is_always_the_last_resort_in_float() -> None:
    for machine in (LAPTOP, SERVER, OLD):
        for device in OpenVINODevice:
            for precision in Precision:
                last = plan(device, precision, machine, True)[-1]
                assert (last.device, last.quantised) == ("CPU", False)
