"""`nasfe-train identifier`: trains VGG features that carry identity."""

from __future__ import annotations

from pathlib import Path

import typer

from train.cli.options.common import FACES, THREADS
from train.cli.options.sources import use_threads
from train.data.crop_store import list_crops
from train.identifier_training import (
    IdentifierOptions,
    nearest_neighbour_accuracy,
    train_identifier,
)
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import TRAINED_FEATURES, load_vgg_features
from train.weights import save_weights

SAY_EVERY = 50
DEFAULTS = IdentifierOptions()


def identifier(
    data: Path = FACES,
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the start weights."),
    folder: Path = typer.Option(Path("runs"), help="Where checkpoints go."),
    steps: int = typer.Option(DEFAULTS.steps, min=1, help="Optimiser steps."),
    batch: int = typer.Option(DEFAULTS.batch, min=2, help="Faces per step."),
    target: Path = typer.Option(TRAINED_FEATURES, help="File to write."),
    threads: int = THREADS,
) -> None:
    """Fine-tune VGG-16 up to pool3 as a face identifier; report Top-1 before and after.

    The original VGGFace weights are not to be had; whoever has them can give
    their file to the other commands instead.
    """
    use_threads(threads)
    start = models / "vgg16_torchvision_pool3.safetensors"
    unseen = list_crops(data / "faces", "test")
    before, asked = nearest_neighbour_accuracy(load_vgg_features(start), unseen)
    typer.echo(f"Top-1 of {asked} photos of unseen people, before: {100 * before:.1f} %")

    def say(step: int, loss: float, speed: float) -> None:
        if step % SAY_EVERY == 0:
            typer.echo(f"step {step}/{steps}  loss {loss:.3f}  {speed:.0f} images/s")

    vgg = train_identifier(
        load_vgg_features(start),
        load_mobilefacenet(models / "mobilefacenet_arcface.safetensors"),
        list_crops(data / "faces", "train"),
        IdentifierOptions(steps=steps, batch=batch),
        folder / "identifier",
        say,
    )
    save_weights(vgg, target)
    after, _ = nearest_neighbour_accuracy(vgg, unseen)
    typer.echo(f"and after: {100 * after:.1f} %; written to {target}")
