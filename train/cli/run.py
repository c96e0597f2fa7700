"""`nasfe-train run`: train, or go on training, one experiment."""

from __future__ import annotations

from pathlib import Path

import torch
import typer
from torch.utils.tensorboard import SummaryWriter

from nasfe_cam.degradation import DegradationRanges
from train.data.archives import list_crops
from train.data.batches import BatchSampler
from train.data.identity_cache import IdentityCache
from train.experiment import load_experiment
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import load_vgg_features
from train.training import Progress, train

LOG_EVERY = 50


def run(
    experiment: Path = typer.Argument(help="TOML file in train/experiments."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the VGG weights."),
    folder: Path = typer.Option(Path("runs"), help="Where checkpoints and logs go."),
    threads: int = typer.Option(0, min=0, help="CPU threads; 0 takes all."),
) -> None:
    """Train the network of an experiment; an interrupted run goes on where it was."""
    if threads:
        torch.set_num_threads(threads)
    chosen = load_experiment(experiment)
    crops = list_crops(data / "faces", "train")
    vgg = load_vgg_features(models / "vgg16_torchvision_pool3.safetensors")
    identities = IdentityCache(folder / "cache" / "identity.npy", crops, vgg)
    sampler = BatchSampler(
        crops,
        identities,
        windows=chosen.windows,
        seed=chosen.seed,
        ranges=DegradationRanges(
            all_three_share=chosen.all_three_share,
            linear_response_share=chosen.linear_response_share,
        ),
        captured=(chosen.captured_share, chosen.captured_scale),
        identity_share=chosen.identity_share,
    )
    target = folder / experiment.stem
    writer = SummaryWriter(target)
    losses: list[float] = []
    speeds: list[float] = []
    usual_batch = sum(kind.batch * kind.share for kind in chosen.windows) / sum(
        kind.share for kind in chosen.windows
    )

    def report(progress: Progress) -> None:
        losses.append(progress.loss)
        speeds.append(progress.images_per_second)
        if progress.step % LOG_EVERY:
            return
        loss, speed = sum(losses) / len(losses), sum(speeds) / len(speeds)
        hours = (chosen.steps - progress.step) * usual_batch / speed / 3600
        writer.add_scalar("loss", loss, progress.step)
        writer.add_scalar("images_per_second", speed, progress.step)
        typer.echo(
            f"step {progress.step}/{chosen.steps}  loss {loss:.4f}  "
            f"{speed:.0f} images/s  {hours:.2f} h left"
        )
        losses.clear()
        speeds.clear()

    recogniser = (
        load_mobilefacenet(models / "mobilefacenet_arcface.safetensors")
        if chosen.lambda_iden > 0
        else None
    )
    train(chosen, sampler, vgg, target, report, recogniser)
