"""`nasfe-train export`: from weights to the ONNX files that ship with the camera."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import typer

from nasfe_cam.config.shipped_models import MODELS
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import DegradationRanges
from train.checkpoint import UNRECORDED, load_checkpoint, restore_state
from train.cli.options.common import FACES, VGG_MODELS
from train.cli.options.sources import load_observer
from train.cli.shipping.quantise import quantise_shipped
from train.data.crop_store import list_crops, read_crop
from train.export.onnx import (
    SIZE,
    ModelText,
    export_observer,
    export_restorer,
    write_manifest,
)
from train.models.nasfe.presets import GENOTYPES, build
from train.weights import WEIGHTS, load_weights, read_about, round_to_half, save_weights

CARDS = "docs/models"
COMPARED_CROPS = 4


def export(
    checkpoint: Path | None = typer.Option(
        None, help="Checkpoint of nasfe-train run; its averaged weights become the shipped ones."
    ),
    network: str = typer.Option("nasfe-lite", help="Size preset."),
    data: Path = FACES,
    models: Path = VGG_MODELS,
    target: Path = typer.Option(MODELS, help="Folder to write to."),
    metrics: Path | None = typer.Option(
        None, help="JSON of nasfe-train evaluate, kept in the metadata."
    ),
    int8: bool = typer.Option(True, help="Write the restorer in INT8 too; see quantise."),
) -> None:
    """Write restorer, observer and manifest, if all runtimes agree on real crops.

    Until they do, neither the shipped files nor the committed weights are touched.
    """
    weights = WEIGHTS / f"{network}.safetensors"
    restorer = build(network)
    if checkpoint is None:
        about = read_about(weights)
        load_weights(restorer, weights)
    else:
        state = load_checkpoint(checkpoint)
        restore_state(checkpoint, restorer, state["average"])
        about = {
            "step": str(state["step"]),
            "training_data": state.get("training_data", UNRECORDED),
        }
    # What is exported is what is committed: the weights after rounding to float16.
    round_to_half(restorer)
    crops = real_crops(data)
    step = about.get("step", UNRECORDED)
    text = {
        "architecture": network,
        "genotype": (GENOTYPES / f"{network}.toml").read_text(encoding="utf-8"),
        "training_data": about.get("training_data", UNRECORDED),
        "step": step,
        "metrics": "" if metrics is None else json.dumps(json.loads(metrics.read_text())),
        "licence": f"see {CARDS}/{network}.md",
    }
    observer = load_observer(models)
    observer_text = {
        "architecture": "VGG-16 to pool3 (ImageNet) and three fully connected layers",
        "training_data": f"see {CARDS}/observer.md",
        "licence": f"see {CARDS}/observer.md",
    }
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target, prefix=".export-") as name:
        staged = Path(name)
        export_restorer(restorer, staged / f"{network}.onnx", crops, ModelText(text))
        export_observer(observer, staged / "observer.onnx", crops, ModelText(observer_text))
        for file in staged.iterdir():
            file.replace(target / file.name)
    if checkpoint is not None:
        save_weights(restorer, weights, about)
    write_manifest(target)
    typer.echo(f"{network} (step {step}) and observer written to {target}")
    if int8:
        quantise_shipped(network, data, target)


def real_crops(data: Path) -> FloatArray:
    """Degraded test crops, N x 3 x 256 x 256."""
    rng = np.random.default_rng(0)
    chosen = [c for c in list_crops(data / "faces", "test") if c.side == SIZE][::40]
    crops = []
    for crop in chosen[:COMPARED_CROPS]:
        clean = read_crop(crop).astype(np.float32) / np.float32(255)
        noise = rng.standard_normal(clean.shape[:2], np.float32)
        crops.append(degrade(clean, DegradationRanges().sample(rng), noise).transpose(2, 0, 1))
    return np.ascontiguousarray(np.stack(crops), np.float32)
