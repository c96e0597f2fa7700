"""Writes the precision of every operation into a float32 graph: float16 trunk, float32 islands.

TensorRT 11 and TensorRT for RTX choose no precision of their own, so the graph
must state it:

- Convolutions, and matrix products that are no Fourier transform, are computed
  in float16: there the time goes, and there tensor cores are.
- Everything that loses too much in float16 stays float32: sums and means over
  the picture, variances, divisions, powers, softmax, the Fourier transform.
- What lies between - additions, activations, concatenations - goes along with
  what it is given: float16 among float16 features, float32 on an island. That
  keeps AdaIN (eq. 7), whose inputs are the graph's own, in float32.
- What comes after the last convolution stays float32, and so do the inputs and
  outputs of the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper

_PRODUCTS = frozenset({"Conv", "ConvTranspose", "MatMul", "Gemm"})
# Joins follow the float16 side: what is added to features is rounded once, like they are.
_JOINS = frozenset({"Add", "Concat", "Sum"})
_FOLLOWERS = _JOINS | {
    *("Clip", "Elu", "HardSigmoid", "HardSwish", "LeakyRelu", "PRelu", "Relu", "Sigmoid", "Tanh"),
    *("Abs", "Max", "Min", "Mul", "Neg", "Sub"),
    *("DepthToSpace", "Expand", "Flatten", "Gather", "Identity", "MaxPool", "Pad", "Reshape"),
    *("Resize", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze"),
}
# Inputs that keep their type whatever the operation computes in.
_FIXED_INPUTS = {"Resize": (1, 2)}
_FOURIER_TOLERANCE = 1e-4


def with_half_precision(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with every operation's precision written down by casts.

    Args:
        model: float32 with static shapes, constants folded (`fold_constants`);
            not changed.
    """
    typed = onnx.ModelProto()
    typed.CopyFrom(model)
    _Rewriting(typed).run()
    onnx.checker.check_model(typed, full_check=True)
    return typed


class _Rewriting:
    """One pass over a graph in the order of its nodes."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._graph = model.graph
        self._weights = {weight.name: weight for weight in model.graph.initializer}
        self._floats = _float_tensors(model)
        self._leads_to_product = _before_a_product(model.graph.node)
        self._half: set[str] = set()
        self._nodes: list[onnx.NodeProto] = []
        self._cast: dict[tuple[str, int], str] = {}
        # What another name already holds: a cast from float32 to float32 does nothing.
        self._same: dict[str, str] = {}

    def run(self) -> None:
        for node in list(self._graph.node):
            node.input[:] = [self._same.get(name, name) for name in node.input]
            if node.op_type == "Cast" and node.input[0] in self._floats & self._floats_of(node):
                self._same[node.output[0]] = node.input[0]
                continue
            half = self._computes_in_half(node)
            fixed = _FIXED_INPUTS.get(node.op_type, ())
            for index, name in enumerate(node.input):
                if name in self._floats and index not in fixed:
                    node.input[index] = self._as(name, half=half)
            self._nodes.append(node)
            if half:
                self._half |= self._floats_of(node)
        self._finish_outputs()
        del self._graph.node[:]
        self._graph.node.extend(self._nodes)
        del self._graph.value_info[:]
        _replace_weights(self._graph, self._weights, self._nodes)

    def _computes_in_half(self, node: onnx.NodeProto) -> bool:
        if not self._floats_of(node):
            return False
        constants = [n for n in node.input if n in self._floats and n in self._weights]
        if not all(_fits_half(self._array(name)) for name in constants):
            return False
        if node.op_type in _PRODUCTS:
            return not any(_is_fourier(self._array(name)) for name in constants)
        if node.op_type not in _FOLLOWERS or node.output[0] not in self._leads_to_product:
            return False
        computed = [n for n in node.input if n in self._floats and n not in self._weights]
        if node.op_type == "Mul" and len(set(computed)) < len(computed):
            return False  # A square: the beginning of a variance or a power.
        in_half = [name in self._half for name in computed]
        return any(in_half) if node.op_type in _JOINS else bool(computed) and all(in_half)

    def _as(self, name: str, *, half: bool) -> str:
        """The tensor in the wanted precision, cast once however often it is asked for."""
        if (name in self._half) == half:
            return name
        target = TensorProto.FLOAT16 if half else TensorProto.FLOAT
        key = (name, target)
        if key not in self._cast:
            self._cast[key] = f"{name}_{'half' if half else 'float'}"
            if name in self._weights:
                values = self._array(name).astype(np.float16)
                self._weights[self._cast[key]] = numpy_helper.from_array(values, self._cast[key])
            else:
                self._nodes.append(
                    onnx.helper.make_node("Cast", [name], [self._cast[key]], to=target)
                )
        return self._cast[key]

    def _finish_outputs(self) -> None:
        """Outputs of the graph keep their name and are float32."""
        for output in self._graph.output:
            source = self._same.get(output.name, output.name)
            if source in self._half:
                inner = f"{source}_inner"
                for node in self._nodes:
                    node.input[:] = [inner if name == source else name for name in node.input]
                    node.output[:] = [inner if name == source else name for name in node.output]
                source = inner
                self._nodes.append(
                    onnx.helper.make_node("Cast", [source], [output.name], to=TensorProto.FLOAT)
                )
            elif source != output.name:
                self._nodes.append(onnx.helper.make_node("Identity", [source], [output.name]))

    def _floats_of(self, node: onnx.NodeProto) -> set[str]:
        return self._floats.intersection(node.output)

    def _array(self, name: str) -> NDArray[np.float32]:
        return np.asarray(numpy_helper.to_array(self._weights[name]), np.float32)


def _float_tensors(model: onnx.ModelProto) -> set[str]:
    graph = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    values = (*graph.input, *graph.value_info, *graph.output)
    floats = {v.name for v in values if v.type.tensor_type.elem_type == TensorProto.FLOAT}
    return floats | {w.name for w in graph.initializer if w.data_type == TensorProto.FLOAT}


def _before_a_product(nodes: Collection[onnx.NodeProto]) -> set[str]:
    """Tensors that some convolution or matrix product still depends on."""
    before: set[str] = set()
    for node in reversed(list(nodes)):
        if node.op_type in _PRODUCTS or before.intersection(node.output):
            before.update(node.input)
    return before


def _fits_half(values: NDArray[np.float32]) -> bool:
    """Whether float16 holds the values: none becomes infinite, not all of them zero."""
    with np.errstate(over="ignore"):
        half = values.astype(np.float16)
    return bool(np.isfinite(half).all()) and bool(half.any() or not values.any())


def _is_fourier(matrix: NDArray[np.float32]) -> bool:
    """Whether a constant is the real or imaginary part of the orthonormal DFT matrix."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        return False
    length = matrix.shape[0]
    index = np.arange(length)
    angles = (index[:, None] * index[None, :] % length) * (2 * np.pi / length)
    for part in (np.cos(angles), np.sin(angles)):
        if np.allclose(np.abs(matrix * np.sqrt(length)), np.abs(part), atol=_FOURIER_TOLERANCE):
            return True
    return False


def _replace_weights(
    graph: onnx.GraphProto,
    weights: dict[str, TensorProto],
    nodes: Iterable[onnx.NodeProto],
) -> None:
    used = {name for node in nodes for name in node.input}
    del graph.initializer[:]
    graph.initializer.extend(weight for name, weight in weights.items() if name in used)
