"""Derives the graph for TensorRT from a bundled ONNX file."""

from __future__ import annotations

from collections.abc import Mapping

import onnx
from onnx import TensorProto

from engine.errors import ModelContractBroken
from engine.model_file import Network, read_model
from engine.onnx_graph.folding import fold_constants
from engine.onnx_graph.half_precision import with_half_precision
from engine.onnx_graph.products import with_products_as_sums

PRECISION = "f16"
GRAPH_VERSION = 1
"""To be raised when the same file gives another graph: compiled networks are then stale."""

_NO_FLOAT32_PRODUCTS = ("7.5",)


def typed_graph(network: Network, compute_capability: str) -> bytes:
    """An ONNX graph in which every operation's precision is written, in about half a second.

    It is derived here and not shipped beside the float32 file: one file with one
    checksum serves every runtime, and cannot disagree with itself.

    Args:
        network: the shipped float32 file.
        compute_capability: of the card, such as "8.9".

    Raises:
        ModelFileMissing, ModelFileDamaged: see `read_model`.
        ModelContractBroken: see `tensor_shapes`, or the graph cannot be rewritten.
    """
    model = _read(network)
    shapes = _shapes(network, model)
    try:
        model = with_half_precision(fold_constants(_with_outputs(model, shapes)))
        if compute_capability in _NO_FLOAT32_PRODUCTS:
            model = with_products_as_sums(model)
    except Exception as error:  # onnx raises errors of many families
        raise ModelContractBroken(network.path, _first_line(error)) from None
    written: bytes = model.SerializeToString()
    return written


def tensor_shapes(network: Network) -> dict[str, tuple[int, ...]]:
    """Shapes of all inputs, and of the outputs that are asked for, by name.

    Raises:
        ModelFileMissing, ModelFileDamaged: see `read_model`.
        ModelContractBroken: not an ONNX network, or a tensor is missing, not
            float32 or of unknown shape.
    """
    return _shapes(network, _read(network))


def _read(network: Network) -> onnx.ModelProto:
    content = read_model(network.path, network.sha256)
    try:
        return onnx.load_model_from_string(content)
    except Exception as error:  # protobuf's own
        raise ModelContractBroken(network.path, _first_line(error)) from None


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _shapes(network: Network, model: onnx.ModelProto) -> dict[str, tuple[int, ...]]:
    inputs = {value.name: value for value in model.graph.input}
    outputs = {value.name: value for value in model.graph.output}
    missing = set(network.tensors) - set(inputs) - set(outputs)
    if missing:
        raise ModelContractBroken(network.path, f"no tensor named {', '.join(sorted(missing))}")
    shapes = {}
    for name, value in (*inputs.items(), *outputs.items()):
        if name in outputs and name not in network.tensors:
            continue
        tensor = value.type.tensor_type
        if tensor.elem_type != TensorProto.FLOAT:
            raise ModelContractBroken(network.path, f"{name} is not float32")
        if not all(dimension.HasField("dim_value") for dimension in tensor.shape.dim):
            raise ModelContractBroken(network.path, f"{name} has no fixed shape")
        shapes[name] = tuple(dimension.dim_value for dimension in tensor.shape.dim)
    return shapes


def _with_outputs(model: onnx.ModelProto, shapes: Mapping[str, tuple[int, ...]]) -> onnx.ModelProto:
    """The graph without the nodes that only unused outputs need."""
    inputs = [value.name for value in model.graph.input]
    outputs = [value.name for value in model.graph.output if value.name in shapes]
    part: onnx.ModelProto = onnx.utils.Extractor(model).extract_model(inputs, outputs)
    return part
