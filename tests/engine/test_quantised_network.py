"""INT8 serves where it can; everything that is wrong with its file ends in the float network."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

import engine
from engine.base import EngineDescription
from engine.errors import ModelContractBroken, ModelFileDamaged
from engine.model_file import ModelFile, read_model
from engine.openvino.attempts import OpenVINODevice
from engine.openvino.engine import OpenVINOEngine
from engine.openvino.machine import Machine
from engine.openvino.runtime import openvino
from engine.precision import Precision

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
    monkeypatch.setattr("engine.openvino.engine.look_at_machine", lambda core: machine)
    for device in (OpenVINODevice.GPU, OpenVINODevice.AUTO):
        description = served(start(make_network(), None, Precision.AUTO, device))
        assert description.device.startswith("CPU")
        assert "f32 on GPU.7 failed (" in description.reason


@pytest.mark.parametrize(
    ("instructions", "precisions", "reason"),
    [
        ("AVX2", {"int8"}, "the CPU multiplies int8 in hardware"),
        ("SSE41", {"bf16", "f32"}, "the CPU does not multiply int8 in hardware"),
    ],
)
def test_auto_takes_int8_where_the_cpu_multiplies_it(
    make_network: MakeFile,
    make_quantised: MakeFile,
    instructions: str,
    precisions: set[str],
    reason: str,
) -> None:
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("other processors have no such choice of instruction sets")
    model = make_network()
    quantised = make_quantised(model.sha256)
    script = (
        "import json, sys; from pathlib import Path\n"
        "from engine.model_file import ModelFile\n"
        "from engine.openvino.engine import OpenVINOEngine\n"
        "path, sha256, other, other_sha256 = sys.argv[1:]\n"
        "quantised = ModelFile(Path(other), other_sha256)\n"
        "engine = OpenVINOEngine(Path(path), sha256, ['out'], quantised=quantised)\n"
        "print(json.dumps([engine.describe().precision, engine.describe().reason]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, model.path, model.sha256, quantised.path, quantised.sha256],
        # Read by oneDNN, which computes for OpenVINO.
        env=os.environ | {"ONEDNN_MAX_CPU_ISA": instructions},
        cwd=Path(engine.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    precision, said = json.loads(answer.stdout)
    assert precision in precisions
    assert reason in said


def quantised_of(path: Path, members: dict[str, bytes], compression: int) -> ModelFile:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("topology", "weights", "compression", "words"),
    [
        (0, 300 << 20, zipfile.ZIP_DEFLATED, "network.bin is larger than 256 MB"),
        (20 << 20, 0, zipfile.ZIP_DEFLATED, "network.xml is larger than 16 MB"),
        (100, 100, zipfile.ZIP_LZMA, "compressed in another way"),
    ],
)
def test_a_small_file_that_states_gigabytes_is_not_unpacked(
    make_network: MakeFile,
    tmp_path: Path,
    topology: int,
    weights: int,
    compression: int,
    words: str,
) -> None:
    members = {"network.xml": bytes(topology), "network.bin": bytes(weights)}
    quantised = quantised_of(tmp_path / "bomb.int8.zip", members, compression)
    assert quantised.path.stat().st_size < 1 << 20
    assert words in served(start(make_network(), quantised)).reason


def test_an_archive_cut_short_inside_is_not_run(make_network: MakeFile, tmp_path: Path) -> None:
    members = {"network.xml": b"<net/>" * 1000, "network.bin": os.urandom(4000)}
    whole = quantised_of(tmp_path / "cut.int8.zip", members, zipfile.ZIP_DEFLATED)
    content = bytearray(whole.path.read_bytes())
    content[60:90] = bytes(30)
    whole.path.write_bytes(content)
    cut = ModelFile(whole.path, hashlib.sha256(content).hexdigest())
    assert "INT8" in served(start(make_network(), cut)).reason.upper()


def test_a_network_of_a_tensor_beyond_all_measure_is_refused_before_it_is_made(
    tmp_path: Path,
) -> None:
    """One number, spread over 40 GB when the network is compiled."""
    shape = [100_000, 100_000]
    graph = helper.make_graph(
        [
            helper.make_node("Expand", ["one", "shape"], ["large"]),
            helper.make_node("ReduceMean", ["large"], ["mean"], keepdims=0),
            helper.make_node("Add", ["first", "mean"], ["out"]),
        ],
        "bomb",
        [helper.make_tensor_value_info("first", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1])],
        [
            helper.make_tensor("one", TensorProto.FLOAT, [1, 1], [1.0]),
            helper.make_tensor("shape", TensorProto.INT64, [2], shape),
        ],
    )
    path = tmp_path / "bomb.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), str(path))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(ModelContractBroken, match="too large"):
        OpenVINOEngine(path, sha256, ["first", "out"], Precision.AUTO, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_in_the_place_of_a_network_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    os.mkfifo(path)
    with pytest.raises(ModelFileDamaged, match="not a file"):
        read_model(path, "0" * 64)
