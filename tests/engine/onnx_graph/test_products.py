"""Float32 matrix products can be written as sums."""

from __future__ import annotations

import numpy as np
import pytest
from onnx import TensorProto

from engine.onnx_graph.products import with_products_as_sums
from tests.engine.graphs import graph, node, random, run


@pytest.mark.parametrize(
    ("left", "right", "out"),
    [
        ([1, 3, 6, 4], [1, 3, 4, 5], [1, 3, 6, 5]),
        ([6, 4], [1, 3, 4, 5], [1, 3, 6, 5]),
        ([1, 3, 6, 4], [4, 5], [1, 3, 6, 5]),
        ([6, 4], [4, 5], [6, 5]),
    ],
)
def test_the_sum_is_the_product(left: list[int], right: list[int], out: list[int]) -> None:
    model = graph([node("MatMul", "a b", "out")], {"a": left, "b": right}, {"out": out})
    written = with_products_as_sums(model)
    assert "MatMul" not in {n.op_type for n in written.graph.node}
    a, b = random(*left), random(*right, seed=1)
    np.testing.assert_allclose(run(written, a=a, b=b)[0], a @ b, atol=1e-5)


def test_half_precision_products_are_left_alone() -> None:
    shape = [1, 4, 4]
    model = graph(
        [node("MatMul", "a b", "out")],
        {"a": shape, "b": shape},
        {"out": shape},
        element=TensorProto.FLOAT16,
    )
    assert [n.op_type for n in with_products_as_sums(model).graph.node] == ["MatMul"]
