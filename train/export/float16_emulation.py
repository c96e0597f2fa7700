"""What a float16 graph computes, for runtimes that would compute it more exactly than a GPU.

ONNX Runtime and OpenVINO have no float16 convolutions on the CPU: they compute
in float32 and leave the rounding between two of them out. So a graph that
overflows or loses its picture in float16 looks right there. Here the rounding
is written into the graph, as casts of its own, which they keep.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper


def with_rounding(model: onnx.ModelProto) -> onnx.ModelProto:
    """A float32 graph whose tensors are rounded wherever the given one's are float16.

    Sums inside an operation are float32, as tensor cores have them.

    Args:
        model: from `engine.onnx_graph.half_precision`; not changed.
    """
    emulated = onnx.ModelProto()
    emulated.CopyFrom(model)
    graph = emulated.graph
    inferred = onnx.shape_inference.infer_shapes(model).graph
    half = {
        value.name
        for value in (*inferred.value_info, *inferred.output)
        if value.type.tensor_type.elem_type == TensorProto.FLOAT16
    }
    for weight in graph.initializer:
        if weight.data_type == TensorProto.FLOAT16:
            values = numpy_helper.to_array(weight).astype(np.float32)
            weight.CopyFrom(numpy_helper.from_array(values, weight.name))
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        if node.op_type == "Cast" and node.output[0] in half:
            node.op_type = "Identity"
            del node.attribute[:]
        rounded = [name for name in node.output if name in half]
        node.output[:] = [f"{name}_exact" if name in half else name for name in node.output]
        nodes.append(node)
        for name in rounded:
            nodes += _rounding(name)
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    onnx.checker.check_model(emulated, full_check=True)
    return emulated


def _rounding(name: str) -> list[onnx.NodeProto]:
    make = onnx.helper.make_node
    return [
        make("Cast", [f"{name}_exact"], [f"{name}_rounded"], to=TensorProto.FLOAT16),
        make("Cast", [f"{name}_rounded"], [name], to=TensorProto.FLOAT),
    ]
