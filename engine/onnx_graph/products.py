"""Writes float32 matrix products as sums, for cards that have no other way to compute them.

TensorRT for RTX 1.7 refuses float32 matrix products on compute capability 7.5
("FP32 GEMM is not supported"), and computes multiplications and sums there.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper


def with_products_as_sums(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph, without float32 `MatMul` of constants and features.

    A B = sum over k of A[.., i, k, 1] * B[.., 1, k, j]. Memory for the factors
    grows by the length of the sum, which for the Fourier matrices is at most 64.

    Args:
        model: from `with_half_precision`; not changed.
    """
    written = onnx.ModelProto()
    written.CopyFrom(model)
    graph = written.graph
    types = _element_types(written)
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        if node.op_type == "MatMul" and types.get(node.output[0]) == TensorProto.FLOAT:
            nodes += _as_sum(node)
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    axes = {"last_axis": -1, "third_last_axis": -3, "second_last_axis": -2}
    graph.initializer.extend(numpy_helper.from_array(np.array([a]), n) for n, a in axes.items())
    onnx.checker.check_model(written, full_check=True)
    return written


def _as_sum(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    left, right = node.input
    (out,) = node.output
    make = onnx.helper.make_node
    return [
        make("Unsqueeze", [left, "last_axis"], [f"{out}_left"]),
        make("Unsqueeze", [right, "third_last_axis"], [f"{out}_right"]),
        make("Mul", [f"{out}_left", f"{out}_right"], [f"{out}_factors"]),
        make("ReduceSum", [f"{out}_factors", "second_last_axis"], [out], keepdims=0),
    ]


def _element_types(model: onnx.ModelProto) -> dict[str, int]:
    graph = onnx.shape_inference.infer_shapes(model).graph
    return {v.name: v.type.tensor_type.elem_type for v in (*graph.value_info, *graph.output)}
