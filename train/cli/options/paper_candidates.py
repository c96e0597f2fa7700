"""Networks of the papers that `evaluate` measures, and the figures that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.cli.options.sources import vgg_file
from train.data.crop_store import Crop
from train.data.landmark_cache import landmarks_of_crops
from train.evaluation.metrics import Judge
from train.evaluation.paper_figures import PaperJudge
from train.guided.training import pictures_of
from train.models.vgg import load_vgg_features
from train.papers.candidate import PaperUnderTest
from train.papers.networks import load_paper_network
from train.work_folder import work_folder

COMMITTED = {"hifacegan": "hifacegan-lite", "gfrnet": "gfrnet-lite", "mmrb": "mmrb-lite"}
"""Whose weights `--model` measures."""


def papers_under_test(weights: Sequence[Path], crops: Sequence[Crop]) -> list[PaperUnderTest]:
    """Networks of averaged weights.

    Raises:
        ModelFileMissing, ModelFileDamaged, OtherNetwork: a file cannot be used.
    """
    loaded = [(path, *load_paper_network(path)) for path in weights]
    if not loaded:
        return []
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    found = landmarks_of_crops(work_folder(), crops, mesh)
    landmarks = {crop.name: one for crop, one in zip(crops, found, strict=True)}
    return [
        PaperUnderTest(
            f"{name}, {path.resolve().parent.name}, {pictures_of(path)} pictures",
            network,
            mesh,
            landmarks,
        )
        for path, name, network in loaded
    ]


def paper_judge(judge: Judge, crops: Sequence[Crop], models: Path) -> PaperJudge:
    """A judge that gathers MS-SSIM, FED, LLE and FID too."""
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    found = landmarks_of_crops(work_folder(), crops, mesh)
    return PaperJudge(
        judge,
        load_vgg_features(vgg_file(models)),
        lambda crop: landmarks_of_crop(crop, mesh),
        {crop.name: one for crop, one in zip(crops, found, strict=True)},
    )
