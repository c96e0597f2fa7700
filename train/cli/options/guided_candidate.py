"""Guided networks that `evaluate` measures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.cli.options.sources import load_observer
from train.data.crop_store import Crop
from train.data.landmark_cache import landmarks_of_crops
from train.guided.candidate import GuidedUnderTest, kernels_of
from train.guided.training import pictures_of
from train.models.guided.presets import build_guided
from train.weights import load_weights, read_about
from train.work_folder import work_folder

NETWORK = "guided-unet"


def guided_under_test(
    weights: Sequence[Path], test_set: str, crops: Sequence[Crop], models: Path
) -> list[GuidedUnderTest]:
    """Networks of averaged weights, as they are measured on a test set.

    Raises:
        ModelFileMissing, ModelFileDamaged: a file cannot be used.
    """
    if not weights:
        return []
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    found = landmarks_of_crops(work_folder(), crops, mesh)
    landmarks = {crop.name: one for crop, one in zip(crops, found, strict=True)}
    tested = []
    for path in weights:
        name = read_about(path).get("network", NETWORK)
        network = build_guided(name)
        load_weights(network, path)
        tested.append(
            GuidedUnderTest(
                f"{name}, {pictures_of(path)} pictures",
                network.eval(),
                load_observer(models),
                mesh,
                landmarks,
                kernels_of(test_set),
            )
        )
    return tested
