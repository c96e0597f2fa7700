"""What `nasfe-train run` does with an experiment of one of the papers."""

from __future__ import annotations

import math
import shutil
import signal
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Event

from torch.utils.tensorboard import SummaryWriter

from train.checkpoint import CheckpointRefused, save_state
from train.cli.guided import all_photos
from train.cli.options.sources import use_threads, vgg_file
from train.guided.scenes.cameras import draw_kernels
from train.guided.scenes.photos import PhotoPool
from train.guided.training import AVERAGE
from train.models.gfrnet.network import Guidance
from train.models.mmrb.public_weights import DISCRIMINATOR, GENERATOR
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import load_vgg_features
from train.papers.experiment import (
    GFRNetExperiment,
    HiFaceGANExperiment,
    MMRBExperiment,
    PaperExperiment,
    PriorExperiment,
    load_paper_experiment,
)
from train.papers.gfrnet_recipe import GFRNetRecipe
from train.papers.hifacegan_recipe import HiFaceGANRecipe
from train.papers.mmrb_recipe import MMRBRecipe
from train.papers.prior_recipe import PriorRecipe
from train.papers.recipe import Recipe
from train.papers.samples import PaperSampler, Shown
from train.papers.training import begin, train_paper
from train.weights import WEIGHTS

PRIOR = "prior.pt"
"""What a run of `stylegan2` leaves for MMRB, in the form of public weights."""

_KERNELS = 1000
_EVERY = 25


def run_paper(
    path: Path,
    data: Path,
    models: Path,
    folder: Path,
    threads: int,
    minutes: float = math.inf,
    publish: bool = False,
) -> None:
    """Train, or go on training, one of the papers' networks.

    Args:
        path: the experiment.
        data, models, folder, threads, minutes, publish: see `nasfe-train run`.

    Raises:
        ExperimentRefused, CheckpointRefused, PriorRefused: a file cannot be used.
        TrainingDiverged: see `train_paper`.
    """
    use_threads(threads)
    chosen = load_paper_experiment(path)
    target = folder / path.stem
    train_experiment(chosen, target, models, folder, all_photos(data, None), minutes)
    if publish:
        shutil.copyfile(target / AVERAGE, WEIGHTS / f"{chosen.network}.safetensors")


def train_experiment(
    chosen: PaperExperiment,
    target: Path,
    models: Path,
    folder: Path,
    pool: Callable[[], PhotoPool],
    minutes: float = math.inf,
) -> None:
    """Train, or go on training, as an experiment says.

    Args:
        chosen: the experiment.
        target: folder of the run.
        models, folder: see `recipe_of`.
        pool: all photos.
        minutes: after which it stops in good order; SIGTERM stops it likewise.

    Raises:
        CheckpointRefused, PriorRefused, TrainingDiverged: see `run_paper`.
    """
    training = begin(chosen, lambda: recipe_of(chosen, models, folder), target)
    sampler = PaperSampler(pool, shown_of(chosen), chosen.seed, draw_kernels(chosen.seed, _KERNELS))
    asked = Event()
    before = signal.signal(signal.SIGTERM, lambda *_: asked.set())
    try:
        target.mkdir(parents=True, exist_ok=True)
        with SummaryWriter(target) as writer:
            report = _Report(writer)
            train_paper(chosen, training, sampler, target, report.step, 60 * minutes, asked.is_set)
    finally:
        signal.signal(signal.SIGTERM, before)
    if isinstance(training.recipe, PriorRecipe):
        save_state(
            target / PRIOR,
            {
                GENERATOR: training.average.state_dict(),
                DISCRIMINATOR: training.recipe.judges["face"].state_dict(),
            },
        )


def recipe_of(chosen: PaperExperiment, models: Path, folder: Path) -> Recipe:
    """Networks and losses of an experiment.

    Args:
        chosen: the experiment.
        models: folder with VGG and MobileFaceNet.
        folder: of the runs, where that of a prior is looked for.

    Raises:
        ModelFileMissing, ModelFileDamaged, CheckpointRefused, PriorRefused: a file cannot be used.
    """
    if isinstance(chosen, PriorExperiment):
        return PriorRecipe(chosen)
    vgg = load_vgg_features(vgg_file(models))
    if isinstance(chosen, HiFaceGANExperiment):
        return HiFaceGANRecipe(chosen, vgg)
    if isinstance(chosen, GFRNetExperiment):
        return GFRNetRecipe(chosen, vgg)
    assert isinstance(chosen, MMRBExperiment)
    prior: Path | None = None
    if chosen.prior:
        named = Path(chosen.prior)
        prior = named if named.suffix else folder / chosen.prior / PRIOR
        if not prior.exists():
            raise CheckpointRefused(prior, "it is not there: train or fetch the prior first")
    recogniser = load_mobilefacenet(models / "mobilefacenet_arcface.safetensors")
    return MMRBRecipe(chosen, vgg, recogniser, prior)


def shown_of(chosen: PaperExperiment) -> Shown:
    """What the pictures of an experiment are."""
    guided = isinstance(chosen, GFRNetExperiment)
    return Shown(
        chosen.side,
        chosen.batch,
        chosen.degradation,
        guides=guided,
        warped=isinstance(chosen, GFRNetExperiment) and chosen.guidance is Guidance.LANDMARKS,
        no_guide_share=chosen.no_guide_share if isinstance(chosen, GFRNetExperiment) else 0.0,
    )


class _Report:
    """Writes means over some steps to the terminal and to TensorBoard."""

    def __init__(self, writer: SummaryWriter) -> None:
        self._writer = writer
        self._sums: defaultdict[str, list[float]] = defaultdict(list)

    def step(self, pictures: int, parts: dict[str, float]) -> None:
        """Take a step in."""
        for name, value in parts.items():
            self._sums[name].append(value)
        if len(self._sums["loss"]) < _EVERY:
            return
        means = {name: sum(values) / len(values) for name, values in self._sums.items()}
        for name, value in means.items():
            self._writer.add_scalar(name, value, pictures)
        listed = "  ".join(f"{name} {value:.4g}" for name, value in means.items())
        print(f"{pictures} pictures  {listed}", flush=True)
        self._sums.clear()
