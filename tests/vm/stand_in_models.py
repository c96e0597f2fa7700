"""Networks of a few million operations with the contract of the real ones, for slow machines.

The restorer doubles the brightness of the face, and the observer sees low light
in every crop: a face that is restored is twice as bright as in the camera.

    python tests/vm/stand_in_models.py FOLDER
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nasfe_cam.models import MANIFEST, find_model

SIZE = 64
GRID = SIZE // 8
NAME = "stand-in"
TRACKER = "face_landmarker.task"


def write_models(folder: Path) -> None:
    """Fill the folder with a restorer, an observer, the real tracker and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(find_model(TRACKER).path, folder / TRACKER)
    onnx.save(restorer(), folder / f"{NAME}.onnx")
    onnx.save(observer(), folder / "observer.onnx")
    lines = []
    for name in (TRACKER, f"{NAME}.onnx", "observer.onnx"):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f'[models."{name}"]\nsha256 = "{digest}"\n')
    (folder / MANIFEST).write_text("\n".join(lines))


def restorer() -> onnx.ModelProto:
    """face -> 2 x face, through two convolutions of 16 channels; the rest counts nothing."""
    spread, gather = np.zeros((16, 3, 3, 3)), np.zeros((3, 16, 3, 3))
    for channel in range(3):
        spread[channel, channel, 1, 1] = 1
        gather[channel, channel, 1, 1] = 2
    inputs = {
        "face": (1, 3, SIZE, SIZE),
        "identity": (1, 256, GRID, GRID),
        "identity_mean": (1, 256),
        "identity_std": (1, 256),
        "degradation": (1, 3),
    }
    others = [name for name in inputs if name != "face"]
    nodes = [
        *(
            helper.make_node(
                "ReduceMean",
                [name],
                [f"{name}_sum"],
                axes=list(range(1, len(inputs[name]))),
                keepdims=0,
            )
            for name in others
        ),
        helper.make_node("Sum", [f"{name}_sum" for name in others], ["rest"]),
        helper.make_node("Mul", ["rest", "nothing"], ["ignored"]),
        helper.make_node("Add", ["face", "ignored"], ["all"]),
        helper.make_node("Conv", ["all", "spread"], ["wide"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["wide"], ["positive"]),
        helper.make_node("Conv", ["positive", "gather"], ["restored"], pads=[1, 1, 1, 1]),
    ]
    outputs = {"restored": (1, 3, SIZE, SIZE)}
    constants = {"spread": spread, "gather": gather, "nothing": np.zeros(1)}
    return _model(nodes, inputs, outputs, constants)


def observer() -> onnx.ModelProto:
    """Means and deviations of patches of the face; low light, whatever it shows."""
    generator = np.random.default_rng(0)
    patches = generator.normal(0, 0.1, (256, 3, 8, 8))
    nodes = [
        helper.make_node("Conv", ["face", "patches"], ["features"], strides=[8, 8]),
        helper.make_node("ReduceMean", ["features"], ["identity_mean"], axes=[2, 3], keepdims=0),
        helper.make_node("ReduceL2", ["features"], ["identity_std"], axes=[2, 3], keepdims=0),
        helper.make_node("ReduceMean", ["face"], ["light"], axes=[2, 3], keepdims=0),
        helper.make_node("Mul", ["light", "nothing"], ["dark"]),
        helper.make_node("Add", ["dark", "low_light"], ["degradation"]),
    ]
    outputs = {
        "features": (1, 256, GRID, GRID),
        "identity_mean": (1, 256),
        "identity_std": (1, 256),
        "degradation": (1, 3),
    }
    constants = {
        "patches": patches,
        "nothing": np.zeros((1, 3)),
        "low_light": np.array([[0.0, 0.0, 1.0]]),
    }
    return _model(nodes, {"face": (1, 3, SIZE, SIZE)}, outputs, constants)


def _model(
    nodes: list[onnx.NodeProto],
    inputs: dict[str, tuple[int, ...]],
    outputs: dict[str, tuple[int, ...]],
    constants: dict[str, NDArray[np.float64]],
) -> onnx.ModelProto:
    def ports(shapes: dict[str, tuple[int, ...]]) -> list[onnx.ValueInfoProto]:
        return [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in shapes.items()
        ]

    tensors = [
        numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()
    ]
    graph = helper.make_graph(nodes, NAME, ports(inputs), ports(outputs), tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    write_models(Path(sys.argv[1]))
