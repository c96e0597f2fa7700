"""`nasfe-train evaluate`: the tables."""

from __future__ import annotations

import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import torch
import typer
from rich.console import Console
from rich.progress import Progress

from engine import Precision
from train.cli.saving import save_tables, show_tables
from train.cli.sources import use_threads
from train.cli.under_test import Model, engines_under_test, make_judge, networks_under_test
from train.data.archives import Crop, list_crops
from train.data.own_faces import Skipped, list_own_faces
from train.data.test_sets import SEED, count_pictures, degraded_pictures
from train.evaluation.classical import METHODS
from train.evaluation.evaluating import evaluate

SIDES = 16
"""The network and its live statistics halve a picture four times."""


class TestSet(StrEnum):
    """Table 4 of the long version."""

    B = "Test-B"
    N = "Test-N"
    L = "Test-L"
    BN = "Test-BN"
    BNL = "Test-BNL"


def _whole_cells(side: int) -> int:
    if side % SIDES:
        raise typer.BadParameter(f"{side} is no multiple of {SIDES}.")
    return side


def evaluate_command(
    model: Model = typer.Option(Model.LITE, help="Network whose weights are committed."),
    test_sets: list[TestSet] = typer.Option(
        [TestSet.BNL], "--set", help="Test set of Table 4; may be given several times."
    ),
    faces: Path | None = typer.Option(
        None,
        help="Your own clean, aligned faces instead of --data: a folder or an uncompressed tar "
        "archive of <source>/<identity>/<n>.jpg.",
    ),
    pictures: int = typer.Option(520, min=1, help="How many of a set, spread evenly over it."),
    side: int = typer.Option(
        176, min=128, max=256, callback=_whole_cells, help="176 is the paper's 176 x 144."
    ),
    checkpoint: list[Path] = typer.Option(
        [], help="Measure this run instead; may be given several times."
    ),
    engine: list[Precision] = typer.Option(
        [],
        help="Also measure the shipped file as the camera's engine runs it, at this precision and "
        "--side 256; may be given several times.",
    ),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(
        Path("../shared/models"), help="Folder with the VGG, SFace and LPIPS weights."
    ),
    json_file: Path = typer.Option(
        Path("runs/evaluation.json"), "--json", help="Where the rows are written."
    ),
    markdown: Path = typer.Option(
        Path("runs/evaluation.md"), help="Where the table is written as Markdown."
    ),
    threads: int = typer.Option(0, min=0, help="CPU threads; 0 takes all."),
) -> None:
    """Measure restoration on test sets: PSNR, SSIM, LPIPS, NIQE, identity.

    Compared are the degraded input, histogram equalisation, two classical
    pipelines and the network, with nobody's, the person's own and a stranger's
    identity features. Identity is judged by SFace, which no loss uses: cosine to
    the clean picture, and Top-1 and Top-5 among one photo of every test person.
    """
    use_threads(threads)
    console = Console(stderr=True)
    with console.status("faces"):
        crops, skipped = _faces(faces, data)
    for entry in skipped:
        console.print(f"skipped {entry.name}: {entry.reason}", markup=False, highlight=False)
    counts = [count_pictures(chosen.value, crops, pictures, side) for chosen in test_sets]
    networks = networks_under_test(model, checkpoint, models)
    networks += engines_under_test(model, engine, models, threads)
    with console.status("gallery"):
        judge = make_judge(crops, models, threads)
    rows = []
    began = time.monotonic()
    with Progress(console=console, transient=True) as progress:
        for chosen, count in zip(test_sets, counts, strict=True):
            task = progress.add_task(chosen.value, total=count)
            rows += evaluate(
                chosen.value,
                degraded_pictures(chosen.value, crops, count, side),
                networks,
                METHODS,
                judge,
                lambda done, task=task: progress.update(task, completed=done),  # type: ignore[misc]
            )
    seconds = time.monotonic() - began
    notes = [
        f"{side} pixels, seed {SEED}; 95 % intervals over people. {len(crops)} clean photos, a "
        f"gallery of {len(judge.gallery.people)} people, {len(judge.gallery.spare)} of them with "
        "several photos.",
        f"{sum(counts)} pictures in {seconds:.0f} s: {sum(counts) / seconds:.2f} pictures/s with "
        f"{torch.get_num_threads()} threads.",
    ]
    if faces is not None:
        notes.append(f"Faces: {faces}; {len(skipped)} pictures skipped{_listed(skipped)}")
    show_tables(rows, notes[:2])
    save_tables(rows, notes, json_file, markdown)


def _faces(own: Path | None, data: Path) -> tuple[Sequence[Crop], Sequence[Skipped]]:
    if own is None:
        return list_crops(data / "faces", "test"), ()
    found = list_own_faces(own)
    return found.crops, found.skipped


def _listed(skipped: Sequence[Skipped]) -> str:
    lines = [f"\n- {entry.name}: {entry.reason}" for entry in skipped]
    return f":\n{''.join(lines)}" if lines else "."
