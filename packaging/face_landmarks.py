"""Make `face_landmarks.onnx` of the mesh network inside MediaPipe's `face_landmarker.task`.

    python packaging/face_landmarks.py

The same graph and the same float16 weights, as the contract of our engines wants it:
static shapes, planes first, named tensors. Prints the entry for `manifest.toml`; a test
compares the landmarks of both.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine.openvino.runtime import openvino
from nasfe_cam.config.shipped_models import MODELS
from nasfe_cam.core.atomic_files import write_bytes

BUNDLE = MODELS / "face_landmarker.task"
NETWORK = MODELS / "face_landmarks.onnx"
SIZE = 256
OPSET = 17
# Name here, name there, length. The third output there guesses whether the tongue is out.
OUTPUTS = (("landmarks", "Identity", 3 * 478), ("presence", "Identity_1", 1))
# What only changes type and shape of weights.
OF_WEIGHTS = ("Convert", "Unsqueeze", "Reshape", "Transpose")


class Graph:
    """An ONNX graph that is being written in the order of an OpenVINO graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._constants: dict[str, NDArray[Any]] = {}
        self._names: dict[str, str] = {}

    def add(self, operation: Any) -> None:
        """Write one operation, or compute it where it belongs to the weights."""
        kind, name = operation.get_type_name(), operation.get_friendly_name()
        inputs = [source.get_friendly_name() for source in _sources(operation)]
        if kind == "Constant":
            self._constants[name] = np.array(operation.data)
        elif kind == "Parameter":
            self._names[name] = "face"
        elif kind in OF_WEIGHTS and inputs[0] in self._constants:
            value = self._constants[inputs[0]].astype(np.float32)
            if kind == "Transpose":
                value = value.transpose(self._constants[inputs[1]])
            self._constants[name] = value.reshape(tuple(operation.output(0).get_shape()))
        elif kind == "Transpose":
            # Our input has its planes first already, and the outputs are single pixels.
            self._names[name] = self._names[inputs[0]]
        elif kind == "Pad":
            pads = np.concatenate([self._constants[key] for key in inputs[1:3]]).astype(np.int64)
            self._write("Pad", name, [self._names[inputs[0]], self._store(pads)])
        else:
            onnx_kind, attributes = WRITTEN[kind]
            self._write(
                onnx_kind, name, [self._input(key) for key in inputs], **attributes(operation)
            )

    def finish(self, end: Any, name: str) -> None:
        """Make a vector with this name of what an operation of the old graph gave."""
        there = self._names[end.get_friendly_name()]
        self.nodes.append(helper.make_node("Flatten", [there], [name]))

    def _write(self, kind: str, name: str, inputs: Any, **attributes: Any) -> None:
        # OpenVINO's own names differ from run to run.
        self._names[name] = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [self._names[name]], **attributes))

    def _store(self, value: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(value, f"weight_{len(self.weights)}"))
        return self.weights[-1].name

    def _input(self, name: str) -> str:
        if name not in self._names:
            value = self._constants[name]
            if value.ndim == 5:
                # OpenVINO counts the groups of a convolution apart.
                value = value.reshape(value.shape[0], *value.shape[2:])
            half = value.astype(np.float16)
            assert (half.astype(np.float32) == value).all(), "the bundle's weights are float16"
            self._write("Cast", name, [self._store(half)], to=TensorProto.FLOAT)
        return self._names[name]


def _sources(operation: Any) -> list[Any]:
    return [port.get_source_output().get_node() for port in operation.inputs()]


def _convolution(operation: Any) -> dict[str, Any]:
    given = operation.get_attributes()
    weights = operation.input(1).get_shape()
    return {
        "kernel_shape": list(weights)[-2:],
        "strides": list(given["strides"]),
        "pads": [*given["pads_begin"], *given["pads_end"]],
        "group": weights[0] if operation.get_type_name() == "GroupConvolution" else 1,
    }


def _pooling(operation: Any) -> dict[str, Any]:
    given = operation.get_attributes()
    return {"kernel_shape": list(given["kernel"]), "strides": list(given["strides"])}


def _plain(_operation: Any) -> dict[str, Any]:
    return {}


WRITTEN: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "Convolution": ("Conv", _convolution),
    "GroupConvolution": ("Conv", _convolution),
    "MaxPool": ("MaxPool", _pooling),
    "Add": ("Add", _plain),
    "PRelu": ("PRelu", _plain),
}


def convert(bundle: Path) -> onnx.ModelProto:
    """The mesh network of the bundle: `face` in, `landmarks` and `presence` (a logit) out."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(bundle) as files:
        path = files.extract("face_landmarks_detector.tflite", folder)
        network = openvino.Core().read_model(path)
    network.reshape({network.inputs[0]: (1, SIZE, SIZE, 3)})
    ends = {name: _sources(network.output(there).get_node())[0] for name, there, _ in OUTPUTS}
    wanted = {operation.get_friendly_name() for operation in _leading_to(list(ends.values()))}
    graph = Graph()
    for operation in network.get_ordered_ops():
        if operation.get_friendly_name() in wanted:
            graph.add(operation)
    for name, end in ends.items():
        graph.finish(end, name)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "face_landmarks",
            [helper.make_tensor_value_info("face", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, length])
                for name, _, length in OUTPUTS
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=8,
        producer_name="packaging/face_landmarks.py",
    )
    model.metadata_props.add(key="licence", value="Apache-2.0; Google, MediaPipe Face Landmarker")
    onnx.checker.check_model(model, full_check=True)
    return model


def _leading_to(ends: list[Any]) -> list[Any]:
    found: dict[str, Any] = {}
    waiting = list(ends)
    while waiting:
        operation = waiting.pop()
        if operation.get_friendly_name() not in found:
            found[operation.get_friendly_name()] = operation
            waiting += _sources(operation)
    return list(found.values())


def main() -> None:
    content = convert(BUNDLE).SerializeToString()
    write_bytes(NETWORK, content)
    print(f'[models."{NETWORK.name}"]')
    print(f'sha256 = "{hashlib.sha256(content).hexdigest()}"')
    print(f"bytes = {len(content)}")


if __name__ == "__main__":
    main()
