"""`nasfe-train export-paper`: from weights of another paper's network to a file that runs live."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

from nasfe_cam.config.shipped_models import MODELS
from train.cli.options.common import FACES
from train.cli.shipping.export import real_crops
from train.export.onnx import ModelText, write_manifest
from train.export.papers import export_paper_network
from train.guided.training import pictures_of
from train.papers.networks import load_paper_network


def export_paper(
    weights: Path = typer.Argument(help="Averaged weights of a run of train/experiments/papers."),
    target: Path = typer.Argument(help="Folder to write to, for the setting restore.models."),
    data: Path = FACES,
) -> None:
    """Write another paper's network for the camera, with all that it needs beside it.

    The folder gets the other networks of the camera too, and a manifest. Then:
    nasfe-cam run --models FOLDER --model NAME
    """
    name, network = load_paper_network(weights)
    pictures = pictures_of(weights)
    text = {
        "architecture": name,
        "training_data": "see docs/networks.md; holds research-only photos",
        "pictures": str(pictures),
        "licence": "see docs/networks.md",
    }
    target.mkdir(parents=True, exist_ok=True)
    export_paper_network(name, network, target / f"{name}.onnx", real_crops(data), ModelText(text))
    for file in sorted(MODELS.iterdir()):
        beside = target / file.name
        if file.suffix != ".toml" and not beside.exists():
            shutil.copyfile(file, beside)
    write_manifest(target)
    typer.echo(f"{name} ({pictures} pictures) written to {target}")
