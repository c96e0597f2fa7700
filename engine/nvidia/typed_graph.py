"""From a shipped ONNX file to the graph that TensorRT is given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import onnx
from onnx import TensorProto

from engine.errors import ModelContractBroken
from engine.graph.folding import fold_constants
from engine.graph.half_precision import with_half_precision
from engine.graph.products import with_products_as_sums
from engine.model_file import Network, read_model

PRECISION = "f16"
_NO_FLOAT32_PRODUCTS = ("7.5",)


@dataclass(frozen=True, slots=True)
class TypedGraph:
    """An ONNX graph in which every operation's precision is written.

    Attributes:
        content: the ONNX file.
        sha256: of the content, in hexadecimal.
        shapes: of its inputs and outputs by name; all of them are float32.
    """

    content: bytes
    sha256: str
    shapes: Mapping[str, tuple[int, ...]]


def typed_graph(network: Network, compute_capability: str) -> TypedGraph:
    """Derive the graph, in about half a second.

    It is derived here and not shipped beside the float32 file: one file with one
    checksum serves every runtime, and cannot disagree with itself.

    Args:
        network: the shipped float32 file.
        compute_capability: of the card, such as "8.9".

    Raises:
        ModelFileMissing, ModelFileDamaged: see `read_model`.
        ModelContractBroken: not an ONNX network, a tensor is missing, not
            float32 or of unknown shape, or the graph cannot be rewritten.
    """
    content = read_model(network.path, network.sha256)
    try:
        model = onnx.load_model_from_string(content)
        shapes = _shapes(network, model)
        model = with_half_precision(fold_constants(_with_outputs(model, shapes)))
        if compute_capability in _NO_FLOAT32_PRODUCTS:
            model = with_products_as_sums(model)
    except ModelContractBroken:
        raise
    except Exception as error:  # onnx raises errors of many families
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelContractBroken(network.path, lines[0]) from None
    written = model.SerializeToString()
    return TypedGraph(written, hashlib.sha256(written).hexdigest(), MappingProxyType(shapes))


def _shapes(network: Network, model: onnx.ModelProto) -> dict[str, tuple[int, ...]]:
    """Shapes of all inputs and of the outputs that are asked for; checks the contract."""
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
    """The graph without what serves outputs that nobody asks for alone."""
    inputs = [value.name for value in model.graph.input]
    outputs = [value.name for value in model.graph.output if value.name in shapes]
    part: onnx.ModelProto = onnx.utils.Extractor(model).extract_model(inputs, outputs)
    return part
