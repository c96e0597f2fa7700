"""The OpenVINO engine keeps the contract of `engine.base.Engine`."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from engine.errors import ModelContractBroken, ModelFileDamaged, ModelFileMissing
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A network that computes out = 2 * first + second."""
    shape = [1, 3, 8, 8]
    graph = helper.make_graph(
        [
            helper.make_node("Add", ["first", "first"], ["double"]),
            helper.make_node("Add", ["double", "second"], ["out"]),
        ],
        "stand-in",
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n in ("first", "second")],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)],
    )
    path = tmp_path / "network.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), str(path))
    return path


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_tensors_are_bound_by_name_and_inputs_keep_their_value(model: Path) -> None:
    engine = OpenVINOEngine(model, checksum(model), ["first", "second", "out"], Precision.F32)
    engine.inputs["first"][...] = 3
    engine.run()
    assert (engine.outputs["out"] == 6).all()
    engine.inputs["second"][...] = 1
    engine.run()
    assert (engine.outputs["out"] == 7).all()
    engine.close()


def test_outputs_that_nobody_asked_for_are_not_computed(model: Path) -> None:
    network = onnx.load(str(model))
    network.graph.node.append(helper.make_node("Exp", ["second"], ["other"]))
    network.graph.output.append(
        helper.make_tensor_value_info("other", TensorProto.FLOAT, [1, 3, 8, 8])
    )
    onnx.save(network, str(model))
    engine = OpenVINOEngine(model, checksum(model), ["first", "second", "out"], Precision.F32)
    assert set(engine.outputs) == {"out"}
    engine.inputs["first"][...] = 3
    engine.run()
    assert (engine.outputs["out"] == 6).all()


def test_running_again_allocates_no_new_buffers(model: Path) -> None:
    engine = OpenVINOEngine(model, checksum(model), ["out"], Precision.F32)
    before = engine.outputs["out"].ctypes.data
    for _ in range(5):
        engine.run()
    assert engine.outputs["out"].ctypes.data == before


def test_the_engine_says_what_serves_and_why(model: Path) -> None:
    description = OpenVINOEngine(model, checksum(model), ["out"]).describe()
    assert description.runtime.startswith("OpenVINO 20")
    assert description.device.startswith("CPU")
    assert description.precision in ("bf16", "f32")
    assert description.reason


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing, match=r"none\.onnx"):
        OpenVINOEngine(tmp_path / "none.onnx", "0" * 64, [])


def test_a_file_that_was_cut_short_is_refused_before_it_is_run(model: Path) -> None:
    sha256 = checksum(model)
    model.write_bytes(model.read_bytes()[:-10])
    with pytest.raises(ModelFileDamaged, match="checksum differs"):
        OpenVINOEngine(model, sha256, ["out"])


def test_a_file_that_is_no_network_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "text.onnx"
    path.write_text("not a network")
    with pytest.raises(ModelContractBroken) as caught:
        OpenVINOEngine(path, checksum(path), [])
    assert "\n" not in str(caught.value)


def test_a_network_with_other_tensors_is_refused(model: Path) -> None:
    with pytest.raises(ModelContractBroken, match="restored"):
        OpenVINOEngine(model, checksum(model), ["first", "restored"])


def test_the_result_in_bf16_is_close_to_f32(model: Path) -> None:
    values = np.random.default_rng(0).random((1, 3, 8, 8), np.float32)
    engine = OpenVINOEngine(model, checksum(model), ["out"], Precision.BF16)
    engine.inputs["first"][...] = values
    engine.run()
    np.testing.assert_allclose(engine.outputs["out"], 2 * values, rtol=0.02)
