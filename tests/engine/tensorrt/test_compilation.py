"""The shipped networks, and all that a search may find, compile for cards that are not here."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
import torch

from benchmarks.network.gpu import inputs_for, real_crops
from engine.errors import (
    ComputeCapabilityUnknown,
    EngineNotBuilt,
    ModelContractBroken,
    ModelFileDamaged,
)
from engine.model_file import Network
from engine.tensorrt.builder import build_engine
from engine.tensorrt.progress import NestedPhases
from engine.tensorrt.runtime import TensorRT
from engine.tensorrt.typed_graph import tensor_shapes, typed_graph
from nasfe_cam.config.shipped_models import MANIFEST, MODELS
from nasfe_cam.restoration.observer import OBSERVER_TENSORS, observer_network
from nasfe_cam.restoration.restorer import RESTORER_TENSORS, restorer_network
from tests.engine.graphs import add_network, graph, node
from tests.train.export.exporting import exported
from train.export.onnx import ModelText, export_restorer
from train.models.nasfe.operators.search_space import OPERATORS
from train.models.nasfe.presets import build as build_network
from train.weights import WEIGHTS, load_weights

TURING, AMPERE, ADA, BLACKWELL = "7.5", "8.6", "8.9", "12.0"
CAPABILITIES = (TURING, "8.0", AMPERE, ADA, BLACKWELL)
NETWORKS = sorted(
    name
    for name in tomllib.loads((MODELS / MANIFEST).read_text())["models"]
    if name.startswith(("nasfe", "observer")) and name.endswith(".onnx")
)

tensorrt_only = pytest.mark.tensorrt


def shipped(file_name: str) -> Network:
    stem = file_name.removesuffix(".onnx")
    return observer_network() if stem == "observer" else restorer_network(stem)


def build(
    tensorrt: TensorRT,
    graph: bytes,
    capability: str,
    progress: Callable[[float], None] = lambda _done: None,
) -> bytes:
    return build_engine(tensorrt, graph, "network", capability, progress, ahead_of_time=True)


def network_of(path: Path, *tensors: str) -> Network:
    return Network(path, hashlib.sha256(path.read_bytes()).hexdigest(), tensors)


@tensorrt_only
@pytest.mark.parametrize("capability", CAPABILITIES)
@pytest.mark.parametrize("name", NETWORKS)
def test_every_shipped_network_compiles(tensorrt: TensorRT, name: str, capability: str) -> None:
    graph = typed_graph(shipped(name), capability)
    assert build(tensorrt, graph, capability)


@pytest.fixture(scope="module")
def paper_size(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """The network for NVIDIA cards, which does not ship, from its committed weights."""
    restorer = build_network("nasfe")
    load_weights(restorer, WEIGHTS / "nasfe.safetensors")
    path = tmp_path_factory.mktemp("nasfe") / "nasfe.onnx"
    (feeds,) = inputs_for(real_crops(1))
    export_restorer(restorer, path, feeds["face"], ModelText({"architecture": "nasfe"}))
    return network_of(path, *RESTORER_TENSORS)


@tensorrt_only
@pytest.mark.parametrize("capability", CAPABILITIES)
def test_the_network_of_the_papers_size_compiles(
    tensorrt: TensorRT, paper_size: Network, capability: str
) -> None:
    assert build(tensorrt, typed_graph(paper_size, capability), capability)


class Block(torch.nn.Module):
    """An operator of the search space, added to its input, between two convolutions."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.enter, self.leave = (torch.nn.Conv2d(64, 64, 1) for _ in range(2))
        self.operator = OPERATORS[name](64)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        entered = self.enter(features)
        out: torch.Tensor = self.leave(self.operator(entered) + entered)
        return out


@tensorrt_only
@pytest.mark.parametrize("capability", [TURING, ADA])
@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_of_the_search_space_compiles(
    tensorrt: TensorRT, tmp_path: Path, name: str, capability: str
) -> None:
    """As one of a block's pair, at the width and resolution of the fusion network.

    One capability for each of the two graphs that there are (`typed_graph`);
    the networks above, which hold most operators, compile for all of them.
    """
    path = tmp_path / "operator.onnx"
    onnx.save(exported(Block(name), torch.rand(1, 64, 32, 32)), str(path))
    assert build(tensorrt, typed_graph(network_of(path, "x", "out"), capability), capability)


@tensorrt_only
def test_progress_rises_from_nothing_towards_one(tensorrt: TensorRT) -> None:
    seen: list[float] = []
    build(tensorrt, typed_graph(observer_network(), ADA), ADA, seen.append)
    assert seen == sorted(seen) and 0 <= seen[0] < 0.1 and 0.8 < seen[-1] <= 1


@tensorrt_only
def test_what_watches_a_build_may_fail_and_only_the_build_ends(tensorrt: TensorRT) -> None:
    def broken(_done: float) -> None:
        raise ValueError("the screen is gone")

    with pytest.raises(ValueError, match="screen"):
        build(tensorrt, typed_graph(observer_network(), ADA), ADA, broken)


@tensorrt_only
def test_a_capability_that_nothing_is_compiled_for_is_refused_with_those_that_are(
    tensorrt: TensorRT,
) -> None:
    with pytest.raises(ComputeCapabilityUnknown, match=r"'9\.9'.*8\.9"):
        tensorrt.target("9.9", ahead_of_time=True)


@tensorrt_only
def test_a_card_that_tensorrt_has_no_word_for_is_left_to_it(tensorrt: TensorRT) -> None:
    current = tensorrt.target("9.0", ahead_of_time=False)
    assert current == tensorrt.module.ComputeCapability.CURRENT


@tensorrt_only
def test_a_graph_that_tensorrt_cannot_compile_is_refused_in_one_line(tensorrt: TensorRT) -> None:
    product = graph(
        [node("MatMul", "a b", "out")],
        {"a": [1, 8, 8], "b": [1, 8, 8]},
        {"out": [1, 8, 8]},
    )
    with pytest.raises(EngineNotBuilt, match="FP32 GEMM") as caught:
        build(tensorrt, product.SerializeToString(), TURING)
    assert "\n" not in str(caught.value)


@tensorrt_only
def test_what_is_no_graph_is_refused_in_one_line(tensorrt: TensorRT) -> None:
    with pytest.raises(EngineNotBuilt, match="network cannot be compiled") as caught:
        build(tensorrt, b"not a network", ADA)
    assert "\n" not in str(caught.value)


def test_a_network_of_another_contract_is_refused(tmp_path: Path) -> None:
    path = add_network(tmp_path / "network.onnx")
    with pytest.raises(ModelContractBroken, match="no tensor named restored"):
        typed_graph(network_of(path, "first", "restored"), ADA)


def test_a_network_without_fixed_shapes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    model = graph([node("Relu", "x", "out")], {"x": [1, 3]}, {"out": [1, 3]})
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "batch"
    onnx.save(model, str(path))
    with pytest.raises(ModelContractBroken, match="x has no fixed shape"):
        typed_graph(network_of(path, "x", "out"), ADA)


def test_a_network_that_is_not_float32_outside_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    half = onnx.TensorProto.FLOAT16
    onnx.save(graph([node("Relu", "x", "out")], {"x": [2]}, {"out": [2]}, {}, half), str(path))
    with pytest.raises(ModelContractBroken, match="x is not float32"):
        typed_graph(network_of(path, "x", "out"), ADA)


def test_a_file_that_is_no_network_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "text.onnx"
    path.write_text("not a network")
    with pytest.raises(ModelContractBroken) as caught:
        typed_graph(network_of(path, "x"), ADA)
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelFileDamaged):
        typed_graph(Network(path, "0" * 64, ()), ADA)


def test_only_what_is_asked_for_is_in_the_graph() -> None:
    for network, tensors in (
        (observer_network(), OBSERVER_TENSORS),
        (restorer_network("nasfe-lite"), RESTORER_TENSORS),
    ):
        graph = onnx.load_model_from_string(typed_graph(network, ADA)).graph
        assert {value.name for value in (*graph.input, *graph.output)} == set(tensors)
        assert set(tensor_shapes(network)) == set(tensors)
    assert tensor_shapes(network)["restored"] == (1, 3, 256, 256)


def test_turing_alone_gets_another_graph() -> None:
    ada, ampere, turing = (
        typed_graph(restorer_network("nasfe-lite"), capability)
        for capability in (ADA, AMPERE, TURING)
    )
    assert ada == ampere != turing


def test_nested_phases_add_up_and_never_fall() -> None:
    phases = NestedPhases()
    phases.start("outer", 4)
    seen = [phases.done()]
    phases.step("outer", 0)
    seen.append(phases.done())
    phases.start("inner", 2)
    phases.step("inner", 0)
    seen.append(phases.done())
    phases.finish("inner")
    seen.append(phases.done())
    phases.step("outer", 3)
    seen.append(phases.done())
    assert seen == [0, 0.25, 0.375, 0.375, 1]
