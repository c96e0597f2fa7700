"""`nasfe-train quantise`: the INT8 file of a shipped restorer."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from engine.openvino.engine import OpenVINOEngine
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.restoration.observer import OBSERVER_TENSORS, Extractor
from train.cli.options.common import FACES
from train.data.crop_store import list_crops
from train.data.samples.restorer_samples import draw_restorer_samples
from train.export.onnx import write_manifest

CALIBRATION_CROPS, CHECKED_CROPS = 100, 60
CALIBRATION_SEED, CHECK_SEED = 20261121, 20261122


def quantise_command(
    network: str = typer.Option("nasfe-lite", help="Name of the ONNX file."),
    data: Path = FACES,
    target: Path = typer.Option(MODELS, help="Folder of the model files."),
) -> None:
    """Write the restorer in INT8 beside its ONNX file, if it loses at most 0.1 dB.

    Calibrated on degraded training crops, half of those whose person has more
    photos with identity features; the loss is measured on degraded test crops.
    """
    quantise_shipped(network, data, target)


def quantise_shipped(network: str, data: Path, target: Path) -> None:
    """Quantise `network` of a folder that holds the observer too, and list it in the manifest.

    Raises:
        QuantisationLosesTooMuch: the folder is left without an INT8 file.
    """
    # Here, because nncf takes seconds to import, and every other command would wait for it.
    from train.export.int8 import QuantisationLosesTooMuch, export_quantised

    file = find_model("observer.onnx", target)
    observer, extractor = OpenVINOEngine(file.path, file.sha256, OBSERVER_TENSORS), Extractor(file)
    faces = data / "faces"
    with Console(stderr=True).status("degraded crops as the camera sees them"):
        calibration, checked = (
            list(draw_restorer_samples(list_crops(faces, split), observer, extractor, count, seed))
            for split, count, seed in (
                ("train", CALIBRATION_CROPS, CALIBRATION_SEED),
                ("test", CHECKED_CROPS, CHECK_SEED),
            )
        )
    observer.close()
    extractor.close()
    try:
        loss = export_quantised(find_model(f"{network}.onnx", target), calibration, checked)
    except QuantisationLosesTooMuch:
        write_manifest(target)
        raise
    write_manifest(target)
    typer.echo(
        f"{network} in INT8 written to {target}: loses {loss.mean:.3f} dB of {loss.float_psnr:.2f} "
        f"on {loss.crops} test crops (worst {loss.worst:.2f} dB), and is {loss.likeness:.1f} dB "
        "from the float network's pictures"
    )
