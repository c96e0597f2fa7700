"""Networks of a few million operations with the contract of the real ones, for slow machines.

The restorer draws stripes on the face, and the observer sees low light in every crop: a
face that is restored is striped. Fine ones: what is coarse about a face is the camera's, whatever
a network says. Faces are found by the real detector; their landmarks are those of the fake
webcam's portrait.

    python tests/vm/stand_in_models.py FOLDER
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nasfe_cam.config.shipped_models import MANIFEST, find_model
from nasfe_cam.core.frame import Frame
from nasfe_cam.faces.landmark_network import (
    LEFT_EYE,
    RIGHT_EYE,
    FaceRegion,
    region_around,
)
from nasfe_cam.faces.tracker import FaceTracker
from tests.vm.fake_webcam import webcam_picture

SIZE = 64
GRID = SIZE // 8
CELL = 4
SHAKEN = 2000
NAME = "stand-in"
STRIPES = 0.15
"""How far the stripes go up and down, of 1."""
DETECTOR, LANDMARKS, OBSERVER = "face_landmarker.task", "face_landmarks.onnx", "observer.onnx"


def write_models(folder: Path) -> None:
    """Fill the folder with the networks, the real detector and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(find_model(DETECTOR).path, folder / DETECTOR)
    onnx.save(landmarks(), folder / LANDMARKS)
    onnx.save(restorer(), folder / f"{NAME}.onnx")
    onnx.save(observer(), folder / OBSERVER)
    lines = []
    for name in (DETECTOR, LANDMARKS, f"{NAME}.onnx", OBSERVER):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f'[models."{name}"]\nsha256 = "{digest}"\n')
    (folder / MANIFEST).write_text("\n".join(lines))


def landmarks() -> onnx.ModelProto:
    """Fits the mesh of the portrait by shift, size and angle; sees a face in every crop."""
    grey_to_placement, placement_to_mesh = _regression()
    nodes = [
        helper.make_node("ReduceMean", ["face"], ["grey"], axes=[1], keepdims=1),
        helper.make_node(
            "AveragePool", ["grey"], ["coarse"], kernel_shape=[CELL, CELL], strides=[CELL, CELL]
        ),
        helper.make_node("ReduceMean", ["coarse"], ["light"], axes=[2, 3], keepdims=1),
        helper.make_node("Div", ["coarse", "light"], ["even"]),
        helper.make_node("Flatten", ["even"], ["cells"]),
        helper.make_node("MatMul", ["cells", "to_placement"], ["placement"]),
        helper.make_node("MatMul", ["placement", "to_mesh"], ["landmarks"]),
        # Whatever is not black; the detector has found a face there.
        helper.make_node("Flatten", ["light"], ["presence"]),
    ]
    constants = {"to_placement": grey_to_placement, "to_mesh": placement_to_mesh}
    outputs = {"landmarks": (1, 1434), "presence": (1, 1)}
    return _model(nodes, {"face": (1, 3, SIZE, SIZE)}, outputs, constants)


def _regression() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cells of a crop -> similarity transform -> mesh, learned from shaken crops of the portrait.

    Returns:
        256 x 4 and 4 x 1434.
    """
    image = webcam_picture(0)
    tracker = FaceTracker(find_model(DETECTOR), find_model(LANDMARKS))
    try:
        (face,) = tracker.track(Frame(image, captured_at=0.0, index=0))
    finally:
        tracker.close()
    found = face.landmarks
    region = region_around(found, found[LEFT_EYE], found[RIGHT_EYE])
    mesh = found.astype(np.float64)
    middle = mesh.mean(0)
    basis = _similarity_basis(mesh - middle)
    chance = np.random.default_rng(0)
    cells, placements = [], []
    for _ in range(SHAKEN):
        shift = np.array(region.centre) + chance.uniform(-0.15, 0.15, 2) * region.side
        side = region.side * chance.uniform(0.8, 1.25)
        angle = region.angle + chance.uniform(-0.3, 0.3)
        shaken = FaceRegion((float(shift[0]), float(shift[1])), side, angle)
        to_picture = shaken.transform(SIZE)
        crop = cv2.warpAffine(
            image, to_picture, (SIZE, SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        )
        coarse = crop.mean(2).reshape(SIZE // CELL, CELL, -1, CELL).mean((1, 3)).ravel()
        cells.append(coarse / coarse.mean())
        inverse = np.linalg.inv(to_picture[:, :2])
        x, y = (middle - to_picture[:, 2]) @ inverse.T
        placements.append((inverse[0, 0], inverse[1, 0], x, y))
    # A little ridge, so that no cell weighs more than the others can hold.
    known = np.array(cells)
    weights = np.linalg.solve(known.T @ known + np.eye(known.shape[1]), known.T @ placements)
    return weights, basis


def _similarity_basis(mesh: NDArray[np.float64]) -> NDArray[np.float64]:
    """4 x 1434: what cosine, sine (both times the scale), x and y add to x, y, z of each point."""
    x, y = mesh.T
    none, one = np.zeros(len(mesh)), np.ones(len(mesh))
    parts = [(x, y, none), (-y, x, none), (one, none, none), (none, one, none)]
    return np.array([np.column_stack(part).ravel() for part in parts])


def restorer() -> onnx.ModelProto:
    """face -> face with stripes, through two convolutions of 16 channels; the rest is ignored."""
    spread, gather = np.zeros((16, 3, 3, 3)), np.zeros((3, 16, 3, 3))
    for channel in range(3):
        spread[channel, channel, 1, 1] = 1
        gather[channel, channel, 1, 1] = 1
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
        helper.make_node("Conv", ["positive", "gather"], ["plain"], pads=[1, 1, 1, 1]),
        helper.make_node("Add", ["plain", "stripes"], ["restored"]),
    ]
    outputs = {"restored": (1, 3, SIZE, SIZE)}
    stripes = STRIPES * (-1.0) ** (np.arange(SIZE) // 2)
    constants = {
        "spread": spread,
        "gather": gather,
        "nothing": np.zeros(1),
        "stripes": np.broadcast_to(stripes, (1, 1, SIZE, SIZE)),
    }
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
    inputs: Mapping[str, tuple[int, ...]],
    outputs: Mapping[str, tuple[int, ...]],
    constants: dict[str, NDArray[np.float64]],
) -> onnx.ModelProto:
    def ports(shapes: Mapping[str, tuple[int, ...]]) -> list[onnx.ValueInfoProto]:
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
