"""`nasfe-train export`: from weights to the ONNX files that ship with the camera."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import typer

from nasfe_cam.degradation import DegradationRanges, degrade
from nasfe_cam.frame import FloatArray
from nasfe_cam.models import MODELS
from train.checkpoint import load_checkpoint
from train.cli.quantise import quantise_shipped
from train.cli.sources import load_observer
from train.data.archives import list_crops, read_crop
from train.export import SIZE, ModelText, export_observer, export_restorer, write_manifest
from train.models.presets import GENOTYPES, build
from train.weights import WEIGHTS, load_weights, save_weights

CARDS = "docs/models"
COMPARED_CROPS = 4


def export(
    checkpoint: Path | None = typer.Option(
        None, help="Checkpoint of nasfe-train run; its averaged weights become the shipped ones."
    ),
    network: str = typer.Option("nasfe-lite", help="Size preset."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the VGG weights."),
    target: Path = typer.Option(MODELS, help="Folder to write to."),
    metrics: Path | None = typer.Option(
        None, help="JSON of nasfe-train evaluate, kept in the metadata."
    ),
    int8: bool = typer.Option(True, help="Write the restorer in INT8 too; see quantise."),
) -> None:
    """Write restorer, observer and manifest, if all runtimes agree on real crops."""
    weights = WEIGHTS / f"{network}.safetensors"
    restorer = build(network)
    step = "unknown"
    if checkpoint is not None:
        state = load_checkpoint(checkpoint)
        restorer.load_state_dict(state["average"])
        step = str(state["step"])
        save_weights(restorer, weights)
    # What is exported is what is committed: the weights after rounding to float16.
    load_weights(restorer, weights)
    crops = _real_crops(data)
    text = {
        "architecture": network,
        "genotype": (GENOTYPES / f"{network}.toml").read_text(encoding="utf-8"),
        "training_data": f"see {CARDS}/{network}.md; holds research-only photos",
        "step": step,
        "metrics": "" if metrics is None else json.dumps(json.loads(metrics.read_text())),
        "licence": f"see {CARDS}/{network}.md",
    }
    target.mkdir(parents=True, exist_ok=True)
    export_restorer(restorer, target / f"{network}.onnx", crops, ModelText(text))
    observer = load_observer(models)
    text = {
        "architecture": "VGG-16 to pool3 (ImageNet) and three fully connected layers",
        "training_data": f"see {CARDS}/observer.md",
        "licence": f"see {CARDS}/observer.md",
    }
    export_observer(observer, target / "observer.onnx", crops, ModelText(text))
    write_manifest(target)
    typer.echo(f"{network} (step {step}) and observer written to {target}")
    if int8:
        quantise_shipped(network, data, target)


def _real_crops(data: Path) -> FloatArray:
    """Degraded test crops, N x 3 x 256 x 256."""
    rng = np.random.default_rng(0)
    chosen = [c for c in list_crops(data / "faces", "test") if c.side == SIZE][::40]
    crops = []
    for crop in chosen[:COMPARED_CROPS]:
        clean = read_crop(crop).astype(np.float32) / np.float32(255)
        noise = rng.standard_normal(clean.shape[:2], np.float32)
        crops.append(degrade(clean, DegradationRanges().sample(rng), noise).transpose(2, 0, 1))
    return np.ascontiguousarray(np.stack(crops), np.float32)
