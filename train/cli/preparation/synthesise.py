"""`nasfe-train synthesise`: pictures of people who do not exist."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import typer

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser
from train.synthesis.directions import FACES, load_or_fit
from train.synthesis.faces import FaceMaker, GeneratedFace
from train.synthesis.generator import FaceGenerator
from train.synthesis.package import read_generator
from train.synthesis.shards import shard_path, write_shard
from train.synthesis.subjects import Kind, draw_subjects
from train.work_folder import work_folder


def synthesise(
    target: Path | None = typer.Option(
        None, help="Folder of the shards; default: synthetic in the training cache."
    ),
    package: Path | None = typer.Option(
        None, help="Wheel of random-face, or its folder; default: the training cache."
    ),
    shards: int = typer.Option(160, min=1, help="How many there shall be in all."),
    singles: int = typer.Option(40, min=0, help="Single faces in a shard."),
    people: int = typer.Option(10, min=0, help="People with 4 to 8 photos in a shard."),
    clips: int = typer.Option(2, min=0, help="Moving clips of 16 to 24 frames in a shard."),
    seed: int = typer.Option(17, min=0, help="Seed of everything; each shard has its own stream."),
    threads: int = typer.Option(1, min=1, help="CPU threads."),
) -> None:
    """Make faces, people with several photos and moving clips, to train on.

    What is there already is kept: repeat the command after an interruption. The pictures are
    for research only, as the generator is, and stay outside the project.
    """
    folder = target or work_folder() / "synthetic"
    files = read_generator(package or work_folder())
    cv2.setNumThreads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    generator = FaceGenerator(files, threads)
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    maker = FaceMaker(
        generator, mesh, Recogniser(find_model(RECOGNISER_FILE), Precision.F32, threads)
    )
    directions = load_or_fit(
        folder / "directions.npy",
        generator,
        maker.look,
        lambda done: typer.echo(f"face {done} of {FACES} to learn how heads move"),
    )
    counts = {Kind.SINGLE: singles, Kind.PERSON: people, Kind.CLIP: clips}
    for number in range(shards):
        if shard_path(folder, number).exists():
            continue
        began = time.monotonic()
        subjects = draw_subjects(
            np.random.default_rng((seed, number)), generator, directions, counts
        )
        kept: list[tuple[Kind, list[GeneratedFace]]] = []
        drawn = sum(len(subject.latents) for subject in subjects)
        for subject in subjects:
            kept += maker.make(subject)
        write_shard(folder, number, kept)
        seconds = time.monotonic() - began
        typer.echo(
            f"shard {number}: {', '.join(_counted(kept))}; {drawn} pictures made, "
            f"{seconds / drawn:.2f} s each"
        )


def _counted(kept: list[tuple[Kind, list[GeneratedFace]]]) -> Iterator[str]:
    for kind in Kind:
        of_kind = [faces for one, faces in kept if one is kind]
        yield f"{len(of_kind)} of kind {kind} with {sum(map(len, of_kind))} faces"
