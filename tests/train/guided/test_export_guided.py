"""The guided network as the engine runs it: named inputs, and what they say changes the picture."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from tests.train.guided.pools import TINY
from train.export.guided import GUIDED_INPUTS, export_guided
from train.export.onnx import ModelText
from train.models.guided.network import GuidedNasfe
from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.presets import GENOTYPES


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    network = GuidedNasfe(TINY, load_genotype(GENOTYPES / "nasfe-lite-guided.toml"))
    path = tmp_path_factory.mktemp("models") / "guided.onnx"
    crops = np.random.default_rng(0).random((2, 3, 256, 256), np.float32)
    export_guided(network, path, crops, ModelText({"pictures": "0"}))
    return path


def test_the_file_names_its_inputs(exported: Path) -> None:
    graph = onnx.load(str(exported)).graph
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.output)
    }
    assert set(shapes) == {*GUIDED_INPUTS, "restored"}
    assert shapes["guidance"] == shapes["memory"] == [1, 4, 256, 256]


def test_the_engine_is_guided_and_remembers(exported: Path) -> None:
    digest = hashlib.sha256(exported.read_bytes()).hexdigest()
    tensors = (*GUIDED_INPUTS, "restored")
    engine = OpenVINOEngine(exported, digest, tensors, Precision.F32, 1)
    rng = np.random.default_rng(1)
    engine.inputs["face"][:] = rng.random(engine.inputs["face"].shape)
    results = []
    for shown in (None, "guidance", "memory"):
        for name in ("guidance", "memory"):
            values = rng.random(engine.inputs[name].shape) if name == shown else 0
            engine.inputs[name][:] = values
        engine.run()
        results.append(engine.outputs["restored"].copy())
    assert np.isfinite(results).all()
    assert np.abs(results[1] - results[0]).max() > 1e-4
    assert np.abs(results[2] - results[0]).max() > 1e-3
    engine.close()
