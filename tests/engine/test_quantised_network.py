"""INT8 serves where it can; everything that is wrong with its file ends in the float network."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import engine
from engine import EngineDescription, ModelFile, OpenVINODevice, OpenVINOEngine, Precision
from engine.openvino_machine import Machine
from engine.openvino_runtime import openvino

MakeFile = Callable[..., ModelFile]
TENSORS = ["first", "second", "out"]


def start(
    model: ModelFile,
    quantised: ModelFile | None,
    precision: Precision = Precision.INT8,
    device: OpenVINODevice = OpenVINODevice.CPU,
) -> OpenVINOEngine:
    return OpenVINOEngine(
        model.path, model.sha256, TENSORS, precision, 1, device=device, quantised=quantised
    )


def factor_of(engine: OpenVINOEngine) -> float:
    engine.inputs["first"][...] = 1
    engine.run()
    return float(engine.outputs["out"].mean())


def served(engine: OpenVINOEngine) -> EngineDescription:
    """The description; asserts that the float network, which multiplies by 2, is what runs."""
    assert factor_of(engine) == 2
    assert engine.describe().precision in ("bf16", "f32")
    return engine.describe()


def test_the_int8_file_is_what_runs(make_network: MakeFile, make_quantised: MakeFile) -> None:
    model = make_network()
    # Another factor shows which of the two files was run.
    engine = start(model, make_quantised(model.sha256, factor=4))
    assert factor_of(engine) == 4
    assert engine.describe().precision == "int8"
    assert engine.describe().reason == "int8 was asked for"


def test_without_an_int8_file_the_float_network_serves(make_network: MakeFile) -> None:
    assert "no INT8 file" in served(start(make_network(), None)).reason


def test_a_missing_int8_file_is_named_and_the_float_network_serves(
    make_network: MakeFile, make_quantised: MakeFile
) -> None:
    model = make_network()
    quantised = make_quantised(model.sha256)
    quantised.path.unlink()
    assert "network.int8.zip is missing" in served(start(model, quantised)).reason


def test_an_int8_file_with_a_changed_byte_is_not_run(
    make_network: MakeFile, make_quantised: MakeFile
) -> None:
    model = make_network()
    quantised = make_quantised(model.sha256, factor=4)
    content = bytearray(quantised.path.read_bytes())
    content[len(content) // 2] ^= 1
    quantised.path.write_bytes(content)
    assert "checksum differs" in served(start(model, quantised)).reason


def test_an_int8_file_of_older_weights_is_not_run(
    make_network: MakeFile, make_quantised: MakeFile
) -> None:
    quantised = make_quantised("0" * 64, factor=4)
    reason = served(start(make_network(), quantised)).reason
    assert "it was made from another network" in reason


def test_a_file_that_is_no_int8_network_is_not_run(make_network: MakeFile, tmp_path: Path) -> None:
    path = tmp_path / "text.int8.zip"
    path.write_text("not an archive")
    quantised = ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert "is not a zip file" in served(start(make_network(), quantised)).reason


@pytest.mark.parametrize("device", [OpenVINODevice.GPU, OpenVINODevice.NPU])
def test_a_device_that_is_not_there_ends_on_the_cpu_with_the_reason(
    make_network: MakeFile, device: OpenVINODevice
) -> None:
    kind = device.name
    if any(str(key).startswith(kind) for key in openvino.Core().available_devices):
        pytest.skip(f"this machine has a {kind}")
    description = served(start(make_network(), None, Precision.AUTO, device))
    assert description.device.startswith("CPU")
    assert f"{kind} was asked for, but OpenVINO finds none" in description.reason


def test_a_device_that_refuses_the_network_ends_on_the_cpu_with_the_reason(
    make_network: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "GPU.7" in openvino.Core().available_devices:
        pytest.skip("this machine has eight GPUs")
    # What a driver does that lists a device and then cannot use it; the refusal is OpenVINO's own.
    machine = Machine(("GPU.7", "CPU"), bf16=False, int8=False)
    monkeypatch.setattr("engine.openvino_engine.look_at_machine", lambda core: machine)
    for device in (OpenVINODevice.GPU, OpenVINODevice.AUTO):
        description = served(start(make_network(), None, Precision.AUTO, device))
        assert description.device.startswith("CPU")
        assert "f32 on GPU.7 failed (" in description.reason


def test_auto_takes_no_int8_on_a_cpu_that_does_not_multiply_it(
    make_network: MakeFile, make_quantised: MakeFile
) -> None:
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("other processors have no such choice of instruction sets")
    model = make_network()
    quantised = make_quantised(model.sha256)
    script = (
        "import json, sys; from pathlib import Path; from engine import OpenVINOEngine, ModelFile\n"
        "path, sha256, other, other_sha256 = sys.argv[1:]\n"
        "quantised = ModelFile(Path(other), other_sha256)\n"
        "engine = OpenVINOEngine(Path(path), sha256, ['out'], quantised=quantised)\n"
        "print(json.dumps([engine.describe().precision, engine.describe().reason]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, model.path, model.sha256, quantised.path, quantised.sha256],
        # Read by oneDNN, which computes for OpenVINO.
        env=os.environ | {"ONEDNN_MAX_CPU_ISA": "AVX2"},
        cwd=Path(engine.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    precision, reason = json.loads(answer.stdout)
    assert precision in ("bf16", "f32")
    assert "the CPU does not multiply int8 in hardware" in reason
