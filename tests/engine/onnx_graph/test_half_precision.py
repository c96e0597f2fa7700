"""Convolutions are float16; what loses too much there is float32."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper

from engine.onnx_graph.folding import fold_constants
from engine.onnx_graph.half_precision import with_half_precision
from tests.engine.graphs import element_types, graph, node, precisions, random, run
from tests.train.export.exporting import exported
from train.export.float16_emulation import with_rounding
from train.models.nasfe.identity_information import (
    adaptive_instance_norm,
    normalise_features,
)
from train.models.nasfe.operators.search_space import OPERATORS

SHAPE = [1, 4, 8, 8]


def weights(*names: str) -> dict[str, np.ndarray]:
    return {name: random(4, 4, 1, 1, seed=i) for i, name in enumerate(names)}


def test_convolutions_and_what_lies_between_are_half_and_the_graph_outside_is_not() -> None:
    model = graph(
        [node("Conv", "x v", "a"), node("Relu", "a", "b"), node("Conv", "b w", "out")],
        {"x": SHAPE},
        {"out": SHAPE},
        weights("v", "w"),
    )
    typed = with_half_precision(model)
    types = element_types(typed)
    assert precisions(typed)["a"] == precisions(typed)["b"] == "half"
    assert types["x"] == types["out"] == TensorProto.FLOAT
    assert all(w.data_type == TensorProto.FLOAT16 for w in typed.graph.initializer)
    x = random(*SHAPE)
    np.testing.assert_allclose(run(typed, x=x)[0], run(model, x=x)[0], rtol=0.02, atol=0.02)


def test_what_comes_after_the_last_convolution_is_float32() -> None:
    model = graph(
        [node("Conv", "x w", "a"), node("Add", "a x", "out")],
        {"x": SHAPE},
        {"out": SHAPE},
        weights("w"),
    )
    assert precisions(with_half_precision(model))["out"] == "float"


@pytest.mark.parametrize(
    ("nodes", "island"),
    [
        ([node("ReduceMean", "a", "m", axes=[2, 3]), node("Sub", "a m", "b")], {"m", "b"}),
        ([node("Mul", "a a", "b")], {"b"}),
        ([node("Mul", "a a", "s"), node("ReduceMean", "s", "m"), node("Add", "a m", "b")], {"s"}),
        ([node("Softmax", "a", "b")], {"b"}),
        ([node("Pow", "a two", "b")], {"b"}),
        ([node("Sqrt", "a", "b")], {"b"}),
        ([node("Div", "a a", "b")], {"b"}),
        ([node("Mul", "a huge", "b")], {"b"}),
        ([node("Mul", "a tiny", "b")], {"b"}),
    ],
)
def test_statistics_divisions_and_numbers_that_do_not_fit_are_islands(
    nodes: list[onnx.NodeProto], island: set[str]
) -> None:
    model = graph(
        [node("Conv", "x v", "a"), *nodes, node("Conv", "b w", "out")],
        {"x": SHAPE},
        {"out": SHAPE},
        {
            **weights("v", "w"),
            "two": np.float32([2]),
            "huge": np.float32([1e6]),
            "tiny": np.float32([1e-9]),
        },
    )
    found = precisions(with_half_precision(model))
    assert {name for name in island if found[name] == "float"} == island
    assert found["a"] == found["out"] == "half"


def test_a_residual_joined_with_an_island_stays_half() -> None:
    model = graph(
        [
            node("Conv", "x v", "a"),
            node("Softmax", "a", "s"),
            node("Add", "a s", "b"),
            node("Conv", "b w", "out"),
        ],
        {"x": SHAPE},
        {"out": SHAPE},
        weights("v", "w"),
    )
    assert precisions(with_half_precision(model))["b"] == "half"


def test_a_tensor_asked_for_twice_is_cast_once() -> None:
    model = graph(
        [node("Conv", "x v", "a"), node("Conv", "x w", "b"), node("Add", "a b", "out")],
        {"x": SHAPE},
        {"out": SHAPE},
        weights("v", "w"),
    )
    typed = with_half_precision(model)
    casts = [n for n in typed.graph.node if n.op_type == "Cast" and n.input[0] == "x"]
    assert len(casts) == 1


def test_an_output_that_others_use_too_is_float32_outside_and_half_inside() -> None:
    model = graph(
        [node("Conv", "x v", "middle"), node("Conv", "middle w", "out")],
        {"x": SHAPE},
        {"middle": SHAPE, "out": SHAPE},
        weights("v", "w"),
    )
    typed = with_half_precision(model)
    assert element_types(typed)["middle"] == TensorProto.FLOAT
    assert precisions(typed)["out"] == "half"
    x = random(*SHAPE)
    for before, after in zip(run(model, x=x), run(typed, x=x), strict=True):
        np.testing.assert_allclose(after, before, rtol=0.02, atol=0.02)


def test_the_factors_of_a_resize_stay_float32_whatever_it_enlarges() -> None:
    model = graph(
        [
            node("Conv", "x v", "a"),
            helper.make_node("Resize", ["a", "", "factors"], ["b"], mode="nearest"),
            node("Conv", "b w", "out"),
        ],
        {"x": SHAPE},
        {"out": [1, 4, 16, 16]},
        {**weights("v", "w"), "factors": np.float32([1, 1, 2, 2])},
    )
    typed = with_half_precision(model)
    assert precisions(typed)["b"] == "half"
    assert element_types(typed)["factors"] == TensorProto.FLOAT


def test_every_product_with_a_fourier_matrix_is_float32() -> None:
    model = fold_constants(exported(OPERATORS["fft_op"](8), torch.rand(1, 8, 16, 16)))
    products = [n.output[0] for n in model.graph.node if n.op_type == "MatMul"]
    found = precisions(with_half_precision(model))
    assert products and {found[name] for name in products} == {"float"}
    assert {found[n.output[0]] for n in model.graph.node if n.op_type == "Conv"} == {"half"}


def test_attention_is_half_around_a_float32_softmax() -> None:
    operator = torch.nn.Sequential(OPERATORS["self_attention"](16), torch.nn.Conv2d(16, 16, 1))
    model = fold_constants(exported(operator, torch.rand(1, 16, 8, 8)))
    found = precisions(with_half_precision(model))
    by_kind = {(n.op_type, found[n.output[0]]) for n in model.graph.node}
    assert {("Softmax", "float"), ("MatMul", "half"), ("Conv", "half")} <= by_kind


class Statistics(torch.nn.Module):
    """Normalised features in the style of other features (eq. 7), between two convolutions."""

    def __init__(self) -> None:
        super().__init__()
        self.enter, self.leave = (torch.nn.Conv2d(8, 8, 1) for _ in range(2))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        normalised, mean, std = normalise_features(self.enter(features))
        out: torch.Tensor = self.leave(adaptive_instance_norm(normalised, mean, std))
        return out


def test_normalisation_and_adain_are_float32() -> None:
    model = fold_constants(exported(Statistics(), torch.rand(1, 8, 16, 16)))
    found = precisions(with_half_precision(model))
    arithmetic = [
        found[n.output[0]] for n in model.graph.node if n.op_type not in ("Conv", "Unsqueeze")
    ]
    assert arithmetic and set(arithmetic) == {"float"}


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_of_the_search_space_keeps_its_result(name: str) -> None:
    """Rounded where a GPU rounds; features of the size that a trained network has."""
    torch.manual_seed(0)
    operator = torch.nn.Sequential(OPERATORS[name](16), torch.nn.Conv2d(16, 16, 1))
    features = torch.randn(1, 16, 16, 16)
    model = fold_constants(exported(operator, features))
    typed = with_half_precision(model)
    (expected,) = run(model, x=features.numpy())
    (got,) = run(with_rounding(typed), x=features.numpy())
    assert np.abs(got - expected).max() < 1e-2 * max(1.0, np.abs(expected).max())


def test_the_emulation_rounds_and_overflows_like_half_precision() -> None:
    model = graph(
        [node("Conv", "x v", "a"), node("Conv", "a w", "out")],
        {"x": [1, 1, 1, 2]},
        {"out": [1, 1, 1, 2]},
        {name: np.ones((1, 1, 1, 1), np.float32) for name in ("v", "w")},
    )
    emulated = with_rounding(with_half_precision(model))
    (out,) = run(emulated, x=np.float32([[[[1.0001, 7e4]]]]))
    assert out[0, 0, 0, 0] == 1 and np.isinf(out[0, 0, 0, 1])
