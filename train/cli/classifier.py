"""`nasfe-train classifier`: train the classification head of the observer."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.progress import Progress

from train.classifier_training import examine_head, train_head
from train.cli.options.common import FACES, THREADS, VGG_MODELS
from train.cli.options.sources import OBSERVER_HEAD, use_threads, vgg_file
from train.data.crop_store import list_crops
from train.data.samples.classification_samples import draw_samples
from train.models.vgg import load_vgg_features
from train.weights import save_weights


def classifier(
    data: Path = FACES,
    models: Path = VGG_MODELS,
    target: Path = typer.Option(OBSERVER_HEAD, help="File to write."),
    count: int = typer.Option(3000, min=100, help="Training pictures."),
    threads: int = THREADS,
) -> None:
    """Train the three layers that judge blur, noise and low light."""
    use_threads(threads)
    vgg = load_vgg_features(vgg_file(models))
    faces = data / "faces"
    with Progress() as progress:
        task = progress.add_task("features", total=count + count // 5)
        samples = draw_samples(
            list_crops(faces, "train"),
            vgg,
            count,
            seed=1,
            progress=lambda done: progress.update(task, completed=done),
        )
        unseen = draw_samples(
            list_crops(faces, "test"),
            vgg,
            count // 5,
            seed=2,
            progress=lambda done: progress.update(task, completed=count + done),
        )
    head = train_head(samples)
    save_weights(head, target)
    typer.echo(str(examine_head(head, unseen)))
