"""`nasfe-train niqe`: fit NIQE's model of natural faces."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import typer

from nasfe_cam.files import write_bytes
from train.data.archives import list_crops, read_crop
from train.evaluation.niqe import PRISTINE, fit_pristine

LARGE = 256


def fit_niqe(
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    count: int = typer.Option(1200, min=50, help="Clean training crops."),
    target: Path = typer.Option(PRISTINE, help="File to write: 36 means and their covariance."),
) -> None:
    """Fit the natural-picture model of NIQE on clean training faces of full size."""
    large = [crop for crop in list_crops(data / "faces", "train") if crop.side >= LARGE]
    chosen = [large[i] for i in np.linspace(0, len(large) - 1, count).astype(int)]
    model = fit_pristine(read_crop(crop).astype(np.float32) / np.float32(255) for crop in chosen)
    content = io.BytesIO()
    np.savez(content, mean=model.mean, covariance=model.covariance)
    write_bytes(target, content.getvalue())
    typer.echo(f"{target} fitted on {len(chosen)} crops")
