"""Computes in advance what does not depend on the picture, and removes it from the graph."""

from __future__ import annotations

import onnx
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator


def fold_constants(model: onnx.ModelProto) -> onnx.ModelProto:
    """A graph with the same outputs, in which everything constant is an initializer.

    Exported graphs compute the shapes of their own static tensors and from them
    the matrices of the FFT operator, and keep weights in half precision behind
    a cast. Folding one part makes the shapes of the next part known, so it goes
    on until nothing is left.

    Args:
        model: static input shapes; not changed.
    """
    folded = onnx.ModelProto()
    folded.CopyFrom(model)
    while _fold_once(folded):
        pass
    _drop_unused(folded)
    return folded


def _fold_once(model: onnx.ModelProto) -> bool:
    """Fold what can be folded with the shapes known now; whether there was anything."""
    graph = model.graph
    shapes = _static_shapes(model)
    known = {weight.name for weight in graph.initializer}
    outputs = {out.name for out in graph.output}
    constant, kept = [], []
    for node in graph.node:
        if not outputs.isdisjoint(node.output):
            kept.append(node)  # Even if constant: an output must come from a node.
            continue
        if node.op_type == "Shape" and node.input[0] in shapes:
            constant.append(_shape_constant(node, shapes[node.input[0]]))
        elif all(name in known for name in node.input if name):
            constant.append(node)
        else:
            kept.append(node)
            continue
        known.update(node.output)
    if not constant:
        return False
    needed = {name for node in kept for name in node.input}
    results = [name for node in constant for name in node.output if name in needed]
    graph.initializer.extend(_evaluate(model, constant, results))
    del graph.node[:]
    graph.node.extend(kept)
    del graph.value_info[:]
    return True


def _static_shapes(model: onnx.ModelProto) -> dict[str, list[int]]:
    graph = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    shapes = {}
    for value in (*graph.input, *graph.value_info, *graph.output):
        tensor = value.type.tensor_type
        if tensor.HasField("shape") and all(d.HasField("dim_value") for d in tensor.shape.dim):
            shapes[value.name] = [d.dim_value for d in tensor.shape.dim]
    return shapes


def _shape_constant(node: onnx.NodeProto, shape: list[int]) -> onnx.NodeProto:
    bounds = {attribute.name: attribute.i for attribute in node.attribute}
    part = shape[bounds.get("start", 0) : bounds.get("end", len(shape))]
    return onnx.helper.make_node("Constant", [], list(node.output), value_ints=part)


def _evaluate(
    model: onnx.ModelProto, nodes: list[onnx.NodeProto], results: list[str]
) -> list[onnx.TensorProto]:
    if not results:
        return []
    used = {name for node in nodes for name in node.input}
    part = onnx.helper.make_model(
        onnx.helper.make_graph(
            nodes,
            "constants",
            [],
            [onnx.ValueInfoProto(name=name) for name in results],
            [weight for weight in model.graph.initializer if weight.name in used],
        ),
        opset_imports=list(model.opset_import),
        ir_version=model.ir_version,
    )
    values = ReferenceEvaluator(part).run(None, {})
    return [
        numpy_helper.from_array(value, name) for name, value in zip(results, values, strict=True)
    ]


def _drop_unused(model: onnx.ModelProto) -> None:
    used = {name for node in model.graph.node for name in node.input}
    kept = [weight for weight in model.graph.initializer if weight.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
