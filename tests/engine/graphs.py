"""Small ONNX graphs for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

FLOATS = NDArray[np.float32]


def node(operator: str, inputs: str, outputs: str, **attributes: object) -> onnx.NodeProto:
    """A node; names of inputs and outputs separated by spaces."""
    return helper.make_node(operator, inputs.split(), outputs.split(), **attributes)


def graph(
    nodes: Sequence[onnx.NodeProto],
    inputs: Mapping[str, Sequence[int]],
    outputs: Mapping[str, Sequence[int]],
    weights: Mapping[str, NDArray[np.generic]] | None = None,
    element: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """A checked model with inputs and outputs of one element type."""
    values = [
        [helper.make_tensor_value_info(name, element, shape) for name, shape in tensors.items()]
        for tensors in (inputs, outputs)
    ]
    initializers = [numpy_helper.from_array(v, name) for name, v in (weights or {}).items()]
    model = helper.make_model(
        helper.make_graph(nodes, "test", *values, initializers),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def add_network(path: Path, size: int = 8) -> Path:
    """Write a network that computes out = 2 * first + second, 1 x 3 x size x size."""
    shape = [1, 3, size, size]
    model = graph(
        [node("Add", "first first", "double"), node("Add", "double second", "out")],
        {"first": shape, "second": shape},
        {"out": shape},
    )
    onnx.save(model, str(path))
    return path


def run(model: onnx.ModelProto, **inputs: FLOATS) -> list[FLOATS]:
    """What ONNX Runtime computes on the CPU."""
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    used = {value.name for value in session.get_inputs()}
    feed = {name: value for name, value in inputs.items() if name in used}
    results: list[FLOATS] = session.run(None, feed)
    return results


def random(*shape: int, seed: int = 0) -> FLOATS:
    """Normally distributed numbers."""
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def element_types(model: onnx.ModelProto) -> dict[str, int]:
    """Element type of every tensor by name."""
    inferred = onnx.shape_inference.infer_shapes(model).graph
    values = (*inferred.input, *inferred.value_info, *inferred.output)
    types = {value.name: value.type.tensor_type.elem_type for value in values}
    return types | {weight.name: weight.data_type for weight in inferred.initializer}


def precisions(model: onnx.ModelProto) -> dict[str, str]:
    """Whether a tensor was computed in "half" or in "float", from the first input of its node."""
    types = element_types(model)
    words = {TensorProto.FLOAT16: "half", TensorProto.FLOAT: "float"}
    found: dict[str, str] = {}
    for n in model.graph.node:
        cast_of = found.get(n.input[0]) if n.op_type == "Cast" else None
        found[n.output[0]] = cast_of or words[types[n.input[0]]]
    return found
