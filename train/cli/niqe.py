"""`nasfe-train niqe`: fit NIQE's model of clean faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import typer

from nasfe_cam.core.atomic_files import write_bytes
from train.cli.options.common import FACES
from train.data.crop_store import list_crops
from train.data.test_sets import PAPER_SIDE, scaled
from train.evaluation.niqe import PRISTINE, fit_pristine, pristine_file

LARGE = 256


def fit_niqe(
    data: Path = FACES,
    count: int = typer.Option(1200, min=50, help="Clean training crops."),
    target: Path = typer.Option(PRISTINE, help="File to write: 36 means and their covariance."),
) -> None:
    """Fit the clean-picture model of NIQE on training faces, at both sizes of the tables."""
    large = [crop for crop in list_crops(data / "faces", "train") if crop.side >= LARGE]
    chosen = [large[i] for i in np.linspace(0, len(large) - 1, count).astype(int)]
    model = fit_pristine(scaled(crop, side) for crop in chosen for side in (PAPER_SIDE, LARGE))
    write_bytes(target, pristine_file(model))
    typer.echo(f"{target} fitted on {len(chosen)} crops")
