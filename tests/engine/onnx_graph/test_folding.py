"""What does not depend on the picture is computed once."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from engine.onnx_graph.folding import fold_constants
from nasfe_cam.config.shipped_models import find_model
from tests.engine.graphs import graph, node, random, run


def test_shapes_of_known_tensors_and_what_follows_from_them_are_constants() -> None:
    """Halves the channels, as torch exports `chunk`: the bounds come from the shape itself."""
    model = graph(
        [
            node("Shape", "x", "shape"),
            node("Gather", "shape one", "channels"),
            node("Div", "channels two", "middle"),
            node("Slice", "x zero middle one", "first"),
            node("Shape", "first", "first_shape"),
            node("Reshape", "first first_shape", "out"),
        ],
        {"x": [1, 8, 4, 4]},
        {"out": [1, 4, 4, 4]},
        {"zero": np.array([0]), "one": np.array([1]), "two": np.array([2])},
    )
    folded = fold_constants(model)
    assert [n.op_type for n in folded.graph.node] == ["Slice", "Reshape"]
    x = random(1, 8, 4, 4)
    np.testing.assert_array_equal(run(folded, x=x)[0], x[:, :4])


def test_weights_kept_in_half_precision_become_plain_weights() -> None:
    weight = random(4, 3, 1, 1).astype(np.float16)
    model = graph(
        [node("Cast", "half", "weight", to=TensorProto.FLOAT), node("Conv", "x weight", "out")],
        {"x": [1, 3, 4, 4]},
        {"out": [1, 4, 4, 4]},
        {"half": weight},
    )
    folded = fold_constants(model)
    assert [n.op_type for n in folded.graph.node] == ["Conv"]
    assert [w.name for w in folded.graph.initializer] == ["weight"]
    x = random(1, 3, 4, 4)
    np.testing.assert_array_equal(run(folded, x=x)[0], run(model, x=x)[0])


@pytest.mark.parametrize("name", ["nasfe-lite", "observer"])
def test_a_shipped_network_computes_what_it_did(name: str) -> None:
    model = onnx.load(str(find_model(f"{name}.onnx").path))
    folded = fold_constants(model)
    assert len(folded.graph.node) < len(model.graph.node)
    assert "Shape" not in {n.op_type for n in folded.graph.node}
    feed = {
        value.name: random(*(d.dim_value for d in value.type.tensor_type.shape.dim))
        for value in model.graph.input
    }
    for before, after in zip(run(model, **feed), run(folded, **feed), strict=True):
        scale = max(1.0, float(np.abs(before).max()))
        np.testing.assert_allclose(after / scale, before / scale, rtol=0, atol=1e-5)
