"""`nasfe-train run`: train, or go on training, one experiment."""

from __future__ import annotations

import math
import os
from pathlib import Path

import typer

from train.adversary import AdversarialWeights, Adversary
from train.cli.options.common import FACES, RUNS, THREADS, VGG_MODELS
from train.cli.options.reporting import NoReport, RunReport
from train.cli.options.sources import sampler_of, use_threads, vgg_file
from train.cli.papers.run import run_paper
from train.data.crop_store import describe_crops, list_crops
from train.data.identity_cache import IdentityCache
from train.distributed import Processes, join_processes
from train.experiment import Experiment, load_experiment
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import load_vgg_features
from train.objective import Objective
from train.papers.experiment import paper_of
from train.training import train


def run(
    experiment: Path = typer.Argument(help="TOML file in train/experiments."),
    data: Path = FACES,
    models: Path = VGG_MODELS,
    folder: Path = RUNS,
    threads: int = THREADS,
    minutes: float = typer.Option(
        math.inf, min=0, help="Stop in good order after so long; for train/experiments/papers."
    ),
    publish: bool = typer.Option(
        False,
        help="At the end put the averaged weights into train/trained; likewise.",
    ),
) -> None:
    """Train the network of an experiment; an interrupted run goes on where it was.

    Several GPUs or processes: `torchrun --nproc-per-node 2 -m train.cli run FILE`; those of
    train/experiments/papers run in one.
    """
    if paper_of(experiment) is not None:
        run_paper(experiment, data, models, folder, threads, minutes, publish)
        return
    processes = join_processes(os.environ)
    use_threads(threads)
    chosen = load_experiment(experiment)
    crops = list_crops(data / "faces", "train")
    vgg = load_vgg_features(vgg_file(models))
    identities = IdentityCache(folder / "cache" / "identity.npy", crops, vgg)
    sampler = sampler_of(chosen, crops, identities)
    recogniser = (
        load_mobilefacenet(models / "mobilefacenet_arcface.safetensors").to(processes.device)
        if chosen.lambda_iden > 0
        else None
    )
    target = folder / experiment.stem
    with (
        RunReport(target, chosen.steps, sampler.draw(0), vgg) if processes.rank == 0 else NoReport()
    ) as report:
        train(
            Objective(
                chosen, vgg.to(processes.device), recogniser, _adversary_of(chosen, processes)
            ),
            sampler,
            target,
            report.step,
            processes,
            report.checkpoint,
            describe_crops(crops),
        )


def _adversary_of(chosen: Experiment, processes: Processes) -> Adversary | None:
    if chosen.lambda_adversarial == 0 and chosen.lambda_matching == 0:
        return None
    weights = AdversarialWeights(
        chosen.lambda_adversarial, chosen.lambda_matching, chosen.discriminator_rate
    )
    return Adversary(weights, chosen.seed, processes)
