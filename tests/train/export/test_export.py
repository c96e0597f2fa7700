"""Nothing is exported that the runtimes disagree about, and weights are read with care."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.errors import ModelFileDamaged, ModelFileMissing
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.restoration.observer import EXTRACTOR_TENSORS, OBSERVER_TENSORS
from nasfe_cam.restoration.restorer import RESTORER_TENSORS
from tests.train.conftest import Command
from train.checkpoint import save_checkpoint
from train.export.onnx import (
    ModelText,
    RuntimesDisagree,
    export_observer,
    export_restorer,
    write_manifest,
)
from train.models.classification import ClassificationHead, Observer
from train.models.nasfe.presets import build
from train.models.vgg import VGGFeatures
from train.weights import load_weights, read_about, save_weights

TEXT = ModelText({"architecture": "nasfe-lite", "step": "0"})


@pytest.fixture(scope="module")
def crops() -> np.ndarray:
    return np.random.default_rng(0).random((1, 3, 256, 256), np.float32)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, crops: np.ndarray) -> Path:
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    export_restorer(build("nasfe-lite"), folder / "nasfe-lite.onnx", crops, TEXT)
    observer = Observer(VGGFeatures(), ClassificationHead())
    export_observer(observer, folder / "observer.onnx", crops, TEXT)
    write_manifest(folder)
    return folder


def test_the_files_keep_the_contract_and_carry_their_metadata(exported: Path) -> None:
    model = onnx.load(str(exported / "nasfe-lite.onnx"))
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    assert shapes == {
        "face": [1, 3, 256, 256],
        "identity": [1, 256, 32, 32],
        "identity_mean": [1, 256],
        "identity_std": [1, 256],
        "degradation": [1, 3],
        "restored": [1, 3, 256, 256],
    }
    assert {p.key: p.value for p in model.metadata_props}["architecture"] == "nasfe-lite"
    assert not {node.op_type for node in model.graph.node} & {"DFT", "If", "Loop"}


def test_the_camera_loads_what_was_exported(exported: Path) -> None:
    for name, tensors in (
        ("nasfe-lite", RESTORER_TENSORS),
        ("observer", OBSERVER_TENSORS),
        ("observer", EXTRACTOR_TENSORS),
    ):
        file = find_model(f"{name}.onnx", exported)
        engine = OpenVINOEngine(file.path, file.sha256, tensors, Precision.F32)
        engine.run()
        assert {*engine.inputs, *engine.outputs} == set(tensors)
        assert all(np.isfinite(value).all() for value in engine.outputs.values())


def test_the_manifest_names_every_file(exported: Path) -> None:
    entries = tomllib.loads((exported / "manifest.toml").read_text())["models"]
    assert set(entries) == {"nasfe-lite.onnx", "observer.onnx"}
    for name, entry in entries.items():
        assert entry["bytes"] == (exported / name).stat().st_size


def test_nothing_is_written_where_the_runtimes_disagree(
    tmp_path: Path, crops: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.export.onnx._difference", lambda wanted, got: 0.5)
    with pytest.raises(RuntimesDisagree, match="was not written"):
        export_restorer(build("nasfe-lite"), tmp_path / "net.onnx", crops, TEXT)
    assert list(tmp_path.iterdir()) == []


def test_weights_come_back_up_to_half_precision(tmp_path: Path) -> None:
    first, second = ClassificationHead(), ClassificationHead()
    save_weights(first, tmp_path / "head.safetensors")
    load_weights(second, tmp_path / "head.safetensors")
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_missing_damaged_and_foreign_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    with pytest.raises(ModelFileMissing):
        load_weights(ClassificationHead(), path)
    save_weights(ClassificationHead(), path)
    with pytest.raises(ModelFileDamaged):
        load_weights(build("nasfe-lite"), path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ModelFileDamaged):
        load_weights(ClassificationHead(), path)


def test_weights_say_what_they_were_trained_on(tmp_path: Path) -> None:
    path = tmp_path / "head.safetensors"
    save_weights(ClassificationHead(), path, {"training_data": "3 crops of london (CC BY 4.0)"})
    assert read_about(path) == {"training_data": "3 crops of london (CC BY 4.0)"}
    save_weights(ClassificationHead(), path)
    assert read_about(path) == {}


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """Of a network that has never been trained, which every runtime can compute."""
    torch.manual_seed(1)
    network = build("nasfe-lite")
    save_checkpoint(
        tmp_path / "last.pt",
        step=7,
        network=network,
        average=network,
        optimiser=torch.optim.SGD(network.parameters(), 1.0),
        experiment={},
        training_data="3 crops of london (CC BY 4.0)",
    )
    return tmp_path / "last.pt"


@pytest.mark.shared
def test_an_export_tells_what_the_weights_were_trained_on_and_keeps_them(
    checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nasfe_train: Command,
    shared_data: Path,
    shared_models: Path,
) -> None:
    monkeypatch.setattr("train.cli.shipping.export.WEIGHTS", tmp_path / "trained")
    monkeypatch.setattr("train.export.onnx._compare", lambda *_: None)
    target = tmp_path / "models"
    options = ("--checkpoint", checkpoint, "--target", target, "--no-int8")
    data = ("--data", shared_data, "--models", shared_models)
    assert nasfe_train("export", *options, *data).exit_code == 0
    model = onnx.load(str(target / "nasfe-lite.onnx"))
    said = {entry.key: entry.value for entry in model.metadata_props}
    assert said["training_data"] == "3 crops of london (CC BY 4.0)" and said["step"] == "7"
    assert {file.name for file in target.iterdir()} == {
        *("nasfe-lite.onnx", "observer.onnx", "manifest.toml")
    }
    weights = tmp_path / "trained" / "nasfe-lite.safetensors"
    assert read_about(weights)["training_data"] == said["training_data"]


@pytest.mark.shared
def test_weights_and_files_stay_where_the_runtimes_disagree(
    checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nasfe_train: Command,
    shared_data: Path,
    shared_models: Path,
) -> None:
    monkeypatch.setattr("train.cli.shipping.export.WEIGHTS", tmp_path / "trained")

    def disagree(*_arguments: object) -> None:
        raise RuntimesDisagree("nasfe-lite", "OpenVINO", "restored", 0.5, 2e-3)

    monkeypatch.setattr("train.export.onnx._compare", disagree)
    target = tmp_path / "models"
    options = ("--checkpoint", checkpoint, "--target", target, "--no-int8")
    ended = nasfe_train("export", *options, "--data", shared_data, "--models", shared_models)
    assert ended.exit_code == 2
    assert not (tmp_path / "trained").exists() and list(target.iterdir()) == []
