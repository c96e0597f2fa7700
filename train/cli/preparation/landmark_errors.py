"""`nasfe-train landmark-errors`: measure how far landmarks are off at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import typer

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import DegradationRanges
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.cli.options.candidates import Model, networks_under_test
from train.cli.options.common import FACES, THREADS, VGG_MODELS
from train.cli.options.sources import use_threads
from train.data.crop_store import list_crops, read_crop
from train.data.landmark_cache import landmarks_of_crops
from train.evaluation.networks import Network, as_levels, restore
from train.guided.scenes.landmark_bank import BANK, measure, save_bank
from train.work_folder import work_folder

SIDE = 176


def landmark_errors(
    data: Path = FACES,
    models: Path = VGG_MODELS,
    pictures: int = typer.Option(600, min=50, help="How many are looked at."),
    target: Path = typer.Option(BANK, help="File to write."),
    threads: int = THREADS,
) -> None:
    """Degrade training crops, restore them with the shipped network, find landmarks on that."""
    use_threads(threads)
    crops = [crop for crop in list_crops(data / "faces", "train") if crop.side >= SIDE]
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    # Of all crops of the split, as they were found for training.
    everybody = list_crops(data / "faces", "train")
    known = landmarks_of_crops(work_folder(), everybody, mesh)
    of_name = {crop.name: one for crop, one in zip(everybody, known, strict=True)}
    (network,) = networks_under_test(Model.LITE, [], models)
    rng = np.random.default_rng(0)

    def restored() -> Iterator[tuple[FloatArray, FloatArray]]:
        for index in rng.choice(len(crops), pictures, replace=False):
            true = of_name[crops[int(index)].name]
            if np.isfinite(true).all():
                clean = cv2.resize(
                    read_crop(crops[int(index)]), (SIDE, SIDE), interpolation=cv2.INTER_AREA
                )
                yield _restored(rng, network, np.asarray(clean / np.float32(255), np.float32)), true

    def find(picture: FloatArray) -> FloatArray | None:
        return landmarks_of_crop(as_levels(picture), mesh)

    errors = measure(restored(), find)
    sizes = SIDE * np.abs(errors).mean((1, 2))
    kept = save_bank(errors, target)
    low, middle, high = np.percentile(sizes, (10, 50, 90))
    typer.echo(
        f"{len(errors)} of {pictures} faces found; off by {low:.2f}, {middle:.2f} and {high:.2f} "
        f"pixels of {SIDE} (10, 50, 90 %); {100 * kept:.0f} % of the variance kept in {target}"
    )


def _restored(rng: np.random.Generator, network: Network, clean: FloatArray) -> FloatArray:
    noise = rng.standard_normal(clean.shape[:2], np.float32)
    degraded = degrade(clean, DegradationRanges().sample(rng), noise)
    return restore(network, degraded, [None])[0]
