"""`nasfe-train run`: train, or go on training, one experiment."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from train.adversary import AdversarialWeights, Adversary
from train.cli.reporting import NoReport, RunReport
from train.cli.sources import sampler_of, use_threads, vgg_file
from train.data.archives import list_crops
from train.data.identity_cache import IdentityCache
from train.experiment import Experiment, load_experiment
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import load_vgg_features
from train.objective import Objective
from train.processes import Processes, join_processes
from train.training import train


def run(
    experiment: Path = typer.Argument(help="TOML file in train/experiments."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the VGG weights."),
    folder: Path = typer.Option(Path("runs"), help="Where checkpoints and logs go."),
    threads: int = typer.Option(0, min=0, help="CPU threads; 0 takes all."),
) -> None:
    """Train the network of an experiment; an interrupted run goes on where it was.

    Several GPUs or processes: `torchrun --nproc-per-node 2 -m train.cli run FILE`.
    """
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
        )


def _adversary_of(chosen: Experiment, processes: Processes) -> Adversary | None:
    if chosen.lambda_adversarial == 0 and chosen.lambda_matching == 0:
        return None
    weights = AdversarialWeights(
        chosen.lambda_adversarial, chosen.lambda_matching, chosen.discriminator_rate
    )
    return Adversary(weights, chosen.seed, processes)
