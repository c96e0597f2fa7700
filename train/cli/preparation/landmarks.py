"""`nasfe-train landmarks`: find the landmarks of all crops once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import typer
from rich.progress import Progress

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.cli.options.common import FACES
from train.data.crop_store import list_crops
from train.data.landmark_cache import landmarks_of_crops
from train.work_folder import work_folder


def landmarks(
    data: Path = FACES,
    cache: Path | None = typer.Option(
        None, help="Folder to keep them in; default: the training cache."
    ),
) -> None:
    """Find the 478 landmarks of all training and test crops, and keep them."""
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    for split in ("train", "test"):
        crops = list_crops(data / "faces", split)
        with Progress(transient=True) as progress:
            task = progress.add_task(split, total=len(crops))
            found = landmarks_of_crops(
                cache or work_folder(),
                crops,
                mesh,
                lambda done, task=task: progress.update(task, completed=done),  # type: ignore[misc]
            )
        missing = int(np.isnan(found[:, 0, 0]).sum())
        typer.echo(f"{split}: landmarks of {len(crops) - missing} crops, {missing} without a face")
