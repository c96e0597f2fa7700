"""`nasfe-train guided`: train, or go on training, the network with guidance and memory."""

from __future__ import annotations

import math
import shutil
import signal
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from threading import Event

import torch
import typer

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.cli.options.common import FACES, THREADS, VGG_MODELS
from train.cli.options.sources import use_threads
from train.data.crop_store import list_crops
from train.data.landmark_cache import landmarks_of_crops
from train.guided.curves import Curves
from train.guided.experiment import GuidedExperiment, load_guided_experiment
from train.guided.likeness import Likeness
from train.guided.perception import Perception
from train.guided.scenes.packing import SIDE, pack
from train.guided.scenes.photos import (
    GeneratedPhotos,
    PhotoPool,
    photos_of_shard,
    real_photos,
)
from train.guided.scenes.streams import Framing, StreamSampler
from train.guided.scenes.workers import WorkerBatches
from train.guided.training import AVERAGE, Judges, begin, train_guided
from train.models.mobilefacenet import load_mobilefacenet
from train.models.vgg import load_vgg_features
from train.weights import WEIGHTS
from train.work_folder import work_folder

SMALLEST = 128
VGG_FILE = "vgg16_torchvision_pool3.safetensors"
RECOGNISER_FILE = "mobilefacenet_arcface.safetensors"
# A sampler draws kernels for some seconds before its first picture.
_KERNELS, _KERNELS_OF_A_WORKER = 4000, 800


def guided(
    experiment: Path = typer.Argument(help="TOML file in train/experiments/guided."),
    data: Path = FACES,
    synthetic: Path | None = typer.Option(
        None, help="Folder of nasfe-train synthesise; default: synthetic in the training cache."
    ),
    packed: Path | None = typer.Option(
        None, help="Train on this file of nasfe-train pack, and on nothing else."
    ),
    folder: Path | None = typer.Option(
        None, help="Where checkpoints and curves go; default: runs in the training cache."
    ),
    minutes: float = typer.Option(math.inf, min=0, help="Stop in good order after so long."),
    device: str = typer.Option("cpu", help="Device of PyTorch, such as cuda."),
    workers: int = typer.Option(
        0, min=0, help="Processes that draw pictures, for a device that is faster than one."
    ),
    batch: int = typer.Option(0, min=0, help="Pictures of a step; 0 is the experiment's."),
    threads: int = THREADS,
    models: Path = VGG_MODELS,
    compiled: bool = typer.Option(
        False,
        "--compile",
        help="Compile the network first: minutes, then quicker steps. Needs a C++ compiler.",
    ),
    publish: bool = typer.Option(
        False, help="At the end put the averaged weights into train/trained, to be committed."
    ),
) -> None:
    """Train on real crops and on whatever generated shards there are by then.

    An interrupted training goes on where it was; on another machine it goes on from the
    committed averaged weights (train/trained/<network>.safetensors).
    """
    use_threads(threads)
    chosen = load_guided_experiment(experiment)
    if batch:
        chosen = chosen.model_copy(update={"batch": batch})
    pool = _packed(packed) if packed is not None else all_photos(data, synthetic)
    target = (folder or work_folder() / "runs") / experiment.stem
    target.mkdir(parents=True, exist_ok=True)
    committed = WEIGHTS / f"{chosen.network}.safetensors"
    # Workers are forked, and a GPU does not survive that: they come first.
    start = begin(chosen, target, committed).pictures if workers else 0

    def make(worker: int) -> StreamSampler:
        return StreamSampler(
            pool,
            slots=chosen.batch,
            framing=Framing(chosen.height, chosen.width, chosen.sides),
            webcam_share=chosen.webcam_share,
            seed=chosen.seed + worker,
            begin=start,
            kernels=_KERNELS_OF_A_WORKER if workers else _KERNELS,
        )

    with WorkerBatches(make, workers) if workers else nullcontext() as several:
        trained = begin(chosen, target, committed, torch.device(device))
        start = trained.pictures
        sampler = make(0) if several is None else several
        # What ends a session sends this: minutes of training should not be lost by it.
        asked = Event()
        before = signal.signal(signal.SIGTERM, lambda *_: asked.set())
        try:
            train_guided(
                chosen,
                trained,
                sampler,
                target,
                Curves(target),
                60 * minutes,
                stopped=asked.is_set,
                judges=_judges(chosen, models, torch.device(device)),
                compiled=compiled,
            )
        finally:
            signal.signal(signal.SIGTERM, before)
    if publish:
        shutil.copyfile(target / AVERAGE, committed)


def pack_command(
    target: Path = typer.Argument(help="The file to write."),
    megabytes: float = typer.Option(60.0, min=1, help="Its size at most."),
    data: Path = FACES,
    synthetic: Path | None = typer.Option(
        None, help="Folder of nasfe-train synthesise; default: synthetic in the training cache."
    ),
) -> None:
    """Pack crops and landmarks for a machine that is at hand for minutes only.

    There: nasfe-train guided EXPERIMENT --packed FILE --device cuda --workers 15 --batch 128
    --minutes 8 --folder $OUT, and bring average.safetensors back into train/trained.
    """
    counts = pack(all_photos(data, synthetic)(), target, int(megabytes * 2**20))
    listed = ", ".join(f"{count} of kind {kind}" for kind, count in counts.items())
    typer.echo(f"{target}: {target.stat().st_size / 2**20:.1f} MiB, faces: {listed}")


def _judges(experiment: GuidedExperiment, models: Path, device: torch.device) -> Judges:
    perception = likeness = None
    if experiment.lambda_perceptual > 0:
        perception = Perception(load_vgg_features(models / VGG_FILE), device)
    if experiment.lambda_identity > 0:
        likeness = Likeness(load_mobilefacenet(models / RECOGNISER_FILE).to(device))
    return Judges(perception, likeness)


def _packed(path: Path) -> Callable[[], PhotoPool]:
    pool = photos_of_shard(path, SIDE)
    return lambda: pool


def all_photos(data: Path, synthetic: Path | None) -> Callable[[], PhotoPool]:
    """The training crops, and whatever generated shards there are by then."""
    crops = list_crops(data / "faces", "train")
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    landmarks = landmarks_of_crops(work_folder(), crops, mesh)
    mesh.close()
    real = real_photos(crops, landmarks, SMALLEST)
    generated = GeneratedPhotos(synthetic or work_folder() / "synthetic")
    return lambda: real.joined(generated.pool())
