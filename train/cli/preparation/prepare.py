"""`nasfe-train prepare`: makes a folder of training crops from photos."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import cv2
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from train.cli.options.common import THREADS
from train.data.index import Prepared
from train.data.preparation.prepare import prepare as prepare_faces
from train.data.preparation.split import TEST_SHARE


def prepare(
    sources: list[Path] = typer.Argument(
        ...,
        metavar="SOURCE...",
        help="Folders of photos: CelebA, VGGFace2, LFW or <identity>/<photo>.jpg; or of "
        "aligned crops, such as ../shared/data, whose splits are kept.",
    ),
    target: Path = typer.Option(..., help="Folder to write; training takes it as --data."),
    test_share: float = typer.Option(
        TEST_SHARE, min=0, max=1, help="Part of the people who are kept for testing."
    ),
    licence: str = typer.Option("not stated", help="Licence of the photos, as their source says."),
    threads: int = THREADS,
) -> None:
    """Align the faces of all photos and store them for training.

    An interrupted run goes on where it was when the command is repeated. Photos
    that cannot be used are listed in rejected.csv with the reason. To measure on
    the test people of ../shared/data, give that folder too: nobody in its test
    split is then trained on.
    """
    # Threads of our own look at one photo each.
    cv2.setNumThreads(1)
    # Pillow warns about damaged notes in photos; what matters is counted and listed.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    console = Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("looking for photos", total=None)
        prepared = prepare_faces(
            sources,
            target,
            test_share=test_share,
            licence=licence,
            threads=threads or os.cpu_count() or 1,
            progress=lambda done, total: progress.update(
                task, description="aligning faces", completed=done, total=total
            ),
        )
    _print(prepared, target, console)


def _print(prepared: Prepared, target: Path, console: Console) -> None:
    table = Table("split", "crops", "people", "with one photo", "with four or more")
    for split, count in prepared.splits.items():
        numbers = (count.crops, count.people, count.alone, count.with_four)
        table.add_row(split, *map(str, numbers))
    console.print(table)
    if prepared.rejected:
        table = Table("not used because", "files")
        for reason, files in prepared.rejected.items():
            table.add_row(reason, str(files))
        console.print(table)
        console.print(f"Which they are: {escape(str(prepared.rejected_file))}", soft_wrap=True)
    console.print(
        f"[green]{sum(c.crops for c in prepared.splits.values())} of {prepared.files} files "
        "prepared.[/green] Train on them with: nasfe-train run EXPERIMENT --data "
        f"{escape(str(target))}",
        soft_wrap=True,
    )
