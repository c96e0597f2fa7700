"""INT8 is written only where it keeps the picture, and what is written is what the camera runs."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.model_file import ModelFile
from engine.openvino.engine import OpenVINOEngine
from engine.openvino.runtime import openvino
from engine.precision import Precision
from engine.quantised_file import SECTION, parse_network
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.measurement.fidelity import psnr
from nasfe_cam.restoration.observer import OBSERVER_TENSORS, Extractor
from nasfe_cam.restoration.restorer import RESTORER_TENSORS
from train.data.crop_store import list_crops
from train.data.samples.restorer_samples import RestorerSample, draw_restorer_samples
from train.evaluation.engines import EngineNetwork, OtherSize, PrecisionNotServed
from train.export.int8 import LARGEST_LOSS, QuantisationLosesTooMuch, export_quantised
from train.export.onnx import write_manifest

SIDE = 32
# Of the INT8 picture to the float picture of one crop, and of the two to the truth.
LEAST_LIKENESS, LARGEST_LOSS_OF_A_CROP = 34.0, 1.0


class Tiny(nn.Module):
    """A network of a few convolutions that keeps the restorer's contract."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 3, 3, padding=1)
        )

    def forward(
        self, face: Tensor, identity: Tensor, mean: Tensor, std: Tensor, degradation: Tensor
    ) -> Tensor:
        rest = identity.mean() + (mean + std).mean() + degradation.mean()
        out: Tensor = face + 0.1 * self.layers(face) + 0.01 * rest
        return out


@pytest.fixture
def tiny(tmp_path: Path) -> ModelFile:
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Tiny(),
            tuple(torch.from_numpy(value) for value in sample().inputs.values()),
            str(tmp_path / "tiny.onnx"),
            dynamo=False,
            opset_version=17,
            input_names=list(sample().inputs),
            output_names=["restored"],
        )
    write_manifest(tmp_path)
    return find_model("tiny.onnx", tmp_path)


def sample(seed: int = 0) -> RestorerSample:
    rng = np.random.default_rng(seed)
    face = rng.random((1, 3, SIDE, SIDE), np.float32)
    return RestorerSample(
        {
            "face": face,
            "identity": rng.standard_normal((1, 256, SIDE // 8, SIDE // 8), np.float32),
            "identity_mean": rng.random((1, 256), np.float32),
            "identity_std": rng.random((1, 256), np.float32),
            "degradation": rng.random((1, 3), np.float32),
        },
        face[0],
    )


SAMPLES = [sample(seed) for seed in range(4)]


def test_what_was_written_is_listed_and_served_in_int8(tiny: ModelFile) -> None:
    loss = export_quantised(tiny, SAMPLES[:2], SAMPLES[2:])
    assert abs(loss.mean) <= LARGEST_LOSS
    write_manifest(tiny.path.parent)
    model = find_model(tiny.path.name, tiny.path.parent)
    assert model.quantised is not None
    restored = EngineNetwork(model, Precision.INT8, 1)
    assert restored.precision == "int8"
    inputs = [torch.from_numpy(value) for value in SAMPLES[3].inputs.values()]
    with_float = EngineNetwork(model, Precision.F32, 1)(*inputs)
    torch.testing.assert_close(restored(*inputs), with_float, rtol=0, atol=0.02)
    assert (restored(*inputs) != with_float).any()


def test_the_convolutions_of_the_file_have_weights_of_eight_bits(tiny: ModelFile) -> None:
    export_quantised(tiny, SAMPLES[:2], SAMPLES[2:])
    path = tiny.path.with_name("tiny.int8.zip")
    network = parse_network(openvino.Core(), path, path.read_bytes(), tiny.sha256)
    weights = [
        layer.get_output_element_type(0).get_type_name()
        for layer in network.get_ops()
        if layer.get_type_name() == "Constant" and len(layer.get_output_shape(0)) == 4
    ]
    assert weights.count("i8") == 2


@pytest.mark.parametrize("name", ["guided-unet", "nasfe-lite"])
def test_weights_that_ship_cannot_overflow_on_a_cpu_without_vnni(name: str) -> None:
    model = find_model(f"{name}.onnx")
    assert model.quantised is not None
    path = model.quantised.path
    network = parse_network(openvino.Core(), path, path.read_bytes(), model.sha256)
    largest = [
        int(np.abs(layer.data.astype(np.int16)).max())
        for layer in network.get_ops()
        if layer.get_type_name() == "Constant"
        and layer.get_output_element_type(0).get_type_name() == "i8"
    ]
    # Two products with activations of eight bits are summed in sixteen.
    assert len(largest) > 10
    assert 255 * 2 * max(largest) < 1 << 15


def test_int8_that_loses_too_much_is_refused_and_an_older_file_goes(
    tiny: ModelFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tiny.path.with_name("tiny.int8.zip")
    older.write_bytes(b"made from other weights")
    monkeypatch.setattr("train.export.int8.LARGEST_LOSS", -100.0)
    with pytest.raises(QuantisationLosesTooMuch, match=r"tiny\.int8\.zip was not written"):
        export_quantised(tiny, SAMPLES[:2], SAMPLES[2:])
    assert not older.exists()


def test_quantising_sends_no_usage_reports() -> None:
    # In a process of its own: where pytest is loaded, nncf sends nothing anyway.
    script = (
        "import train.export.int8\n"
        "from nncf.telemetry.wrapper import NNCFTelemetryStub, telemetry\n"
        "assert isinstance(telemetry, NNCFTelemetryStub)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_an_engine_that_cannot_be_had_is_not_measured_under_its_name(tiny: ModelFile) -> None:
    with pytest.raises(PrecisionNotServed, match="no INT8 file"):
        EngineNetwork(tiny, Precision.INT8, 1)


def test_pictures_of_another_size_are_refused_in_one_line(tiny: ModelFile) -> None:
    network = EngineNetwork(tiny, Precision.F32, 1)
    with pytest.raises(OtherSize, match="--side 32"):
        network(torch.rand(1, 3, 16, 16), *(torch.rand(1, 1) for _ in range(4)))


@pytest.fixture(scope="module")
def real_samples(shared_data: Path) -> list[RestorerSample]:
    """Six degraded crops of people that training never saw."""
    model = find_model("observer.onnx")
    observer = OpenVINOEngine(model.path, model.sha256, OBSERVER_TENSORS)
    crops = list_crops(shared_data / "faces", "test")
    return list(draw_restorer_samples(crops, observer, Extractor(model), 6, seed=5))


@pytest.mark.shared
def test_samples_are_what_the_camera_gives_the_restorer(
    real_samples: list[RestorerSample],
) -> None:
    engine = float_engine()
    for drawn in real_samples:
        assert {name: v.shape for name, v in drawn.inputs.items()} == {
            name: v.shape for name, v in engine.inputs.items()
        }
        assert 0 <= drawn.inputs["face"].min() <= drawn.inputs["face"].max() <= 1
    enrolled = [bool(drawn.inputs["identity"].any()) for drawn in real_samples]
    assert {True, False} == set(enrolled)


@pytest.mark.shared
def test_the_shipped_int8_file_agrees_with_the_float_network_on_real_crops(
    real_samples: list[RestorerSample],
) -> None:
    model = find_model("nasfe-lite.onnx")
    quantised = OpenVINOEngine(
        model.path,
        model.sha256,
        RESTORER_TENSORS,
        Precision.INT8,
        quantised=model.quantised,
    )
    assert quantised.describe().precision == "int8"
    for drawn in real_samples:
        wanted, got = restored(float_engine(), drawn), restored(quantised, drawn)
        assert psnr(wanted, got) >= LEAST_LIKENESS
        assert psnr(drawn.clean, wanted) - psnr(drawn.clean, got) <= LARGEST_LOSS_OF_A_CROP


def test_the_shipped_int8_file_says_what_it_loses() -> None:
    model = find_model("nasfe-lite.onnx")
    assert model.quantised is not None
    path = model.quantised.path
    network = parse_network(openvino.Core(), path, path.read_bytes(), model.sha256)
    assert float(network.get_rt_info([SECTION, "loss", "mean"]).astype(str)) <= LARGEST_LOSS
    assert path.stat().st_size <= 4_000_000


def float_engine() -> OpenVINOEngine:
    model = find_model("nasfe-lite.onnx")
    return OpenVINOEngine(model.path, model.sha256, RESTORER_TENSORS, Precision.F32)


def restored(engine: OpenVINOEngine, drawn: RestorerSample) -> FloatArray:
    for name, value in drawn.inputs.items():
        engine.inputs[name][...] = value
    engine.run()
    picture: FloatArray = np.clip(engine.outputs["restored"][0], 0, 1)
    return picture
