"""Small networks for the engines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from engine.model_file import ModelFile
from engine.openvino.runtime import openvino
from engine.quantised_file import ENDING, MADE_FROM, SECTION, pack_network


def model_file(path: Path) -> ModelFile:
    """With the checksum that the file has now."""
    return ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def make_network(tmp_path: Path) -> Callable[..., ModelFile]:
    """Write a network that computes out = factor * first + second."""

    def make(name: str = "network", factor: float = 2) -> ModelFile:
        shape = [1, 3, 8, 8]
        graph = helper.make_graph(
            [
                helper.make_node("Mul", ["first", "factor"], ["scaled"]),
                helper.make_node("Add", ["scaled", "second"], ["out"]),
            ],
            "stand-in",
            [
                helper.make_tensor_value_info(n, TensorProto.FLOAT, shape)
                for n in ("first", "second")
            ],
            [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)],
            [helper.make_tensor("factor", TensorProto.FLOAT, [1], [factor])],
        )
        path = tmp_path / f"{name}.onnx"
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), str(path))
        return model_file(path)

    return make


@pytest.fixture
def make_quantised(
    tmp_path: Path, make_network: Callable[..., ModelFile]
) -> Callable[..., ModelFile]:
    """Write an INT8 file that says it was made from a network, and multiplies by `factor`."""

    def make(made_from: str, factor: float = 2) -> ModelFile:
        content = make_network("other", factor).path.read_bytes()
        network = openvino.Core().read_model(content)
        network.set_rt_info(made_from, [SECTION, MADE_FROM])
        topology = tmp_path / "quantised.xml"
        openvino.save_model(network, topology)
        path = tmp_path / f"network{ENDING}"
        path.write_bytes(
            pack_network(topology.read_bytes(), topology.with_suffix(".bin").read_bytes())
        )
        return model_file(path)

    return make
