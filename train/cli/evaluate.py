"""`nasfe-train evaluate`: the tables."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import torch
import typer
from rich.console import Console
from rich.progress import Progress

from engine.precision import Precision
from train.cli.options.candidates import (
    Model,
    engines_under_test,
    make_judge,
    networks_under_test,
)
from train.cli.options.common import CHECKPOINTS, FACES, THREADS
from train.cli.options.guided_candidate import NETWORK, guided_under_test
from train.cli.options.paper_candidates import COMMITTED, paper_judge, papers_under_test
from train.cli.options.saving import save_tables, show_tables
from train.cli.options.sources import use_threads
from train.data.crop_store import Crop, list_crops
from train.data.preparation.user_faces import Skipped, list_own_faces
from train.data.test_sets import SEED, DegradedPicture, count_pictures, degraded_pictures
from train.evaluation.baselines import METHODS
from train.evaluation.evaluation_loop import evaluate
from train.evaluation.networks import Network
from train.evaluation.paper_figures import PaperJudge
from train.guided.candidate import GuidedUnderTest
from train.papers.candidate import PaperUnderTest
from train.papers.degradations import DEGRADATIONS
from train.papers.test_sets import paper_pictures
from train.weights import WEIGHTS

SIDES = 16
"""The network and its live statistics halve a picture four times."""


class TestSet(StrEnum):
    """The test sets of Table 4 (Yasarla, Vaezi Joze and Patel 2021), and those of other papers."""

    B = "Test-B"
    N = "Test-N"
    L = "Test-L"
    BN = "Test-BN"
    BNL = "Test-BNL"
    FR_4X = "FR-4x"
    FR_16X = "FR-16x"
    FR_NOISE = "FR-noise"
    FR_BLUR = "FR-blur"
    FR_JPEG = "FR-JPEG"
    FR_FULL = "FR-full"
    GFR = "GFR"
    GFR_4X = "GFR-4x"
    GFR_8X = "GFR-8x"
    MMRB = "MMRB"


class Tested(StrEnum):
    """Networks of which there are committed weights."""

    LITE = "lite"
    NASFE = "nasfe"
    GUIDED = "guided"
    HIFACEGAN = "hifacegan"
    GFRNET = "gfrnet"
    MMRB = "mmrb"


def _whole_cells(side: int) -> int:
    if side % SIDES:
        raise typer.BadParameter(f"{side} is no multiple of {SIDES}.")
    return side


def evaluate_command(
    model: Tested = typer.Option(Tested.LITE, help="Network whose weights are committed."),
    test_sets: list[TestSet] = typer.Option(
        [TestSet.BNL],
        "--set",
        help="Test set of Table 4, or of another paper (docs/networks.md); may be given several "
        "times.",
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
    checkpoint: list[Path] = CHECKPOINTS,
    engine: list[Precision] = typer.Option(
        [],
        help="Also measure the shipped file as the camera's engine runs it, at this precision and "
        "--side 256; may be given several times.",
    ),
    data: Path = FACES,
    models: Path = typer.Option(
        Path("../shared/models"), help="Folder with the VGG, SFace and LPIPS weights."
    ),
    guided: list[Path] = typer.Option(
        [],
        help="Also measure these weights of nasfe-train guided: with nobody's, "
        "the own and a stranger's photo, and with memory; may be given several times.",
    ),
    paper: list[Path] = typer.Option(
        [],
        help="Also measure these averaged weights of a run of train/experiments/papers; may be "
        "given several times.",
    ),
    paper_figures: bool = typer.Option(
        False, help="Also MS-SSIM, FED, LLE and FID, as the other papers' tables have them."
    ),
    classical: bool = typer.Option(True, help="Also measure what can be done without a network."),
    json_file: Path = typer.Option(
        Path("runs/evaluation.json"), "--json", help="Where the rows are written."
    ),
    markdown: Path = typer.Option(
        Path("runs/evaluation.md"), help="Where the table is written as Markdown."
    ),
    threads: int = THREADS,
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
    counts = [_count(chosen, crops, pictures, side) for chosen in test_sets]
    if model in (Tested.GUIDED, *(Tested(name) for name in COMMITTED)):
        if model is Tested.GUIDED:
            guided = [*guided, WEIGHTS / f"{NETWORK}.safetensors"]
        else:
            paper = [*paper, WEIGHTS / f"{COMMITTED[model.value]}.safetensors"]
        plain, networks = Model.LITE, list[Network]()
    else:
        plain = Model(model.value)
        networks = networks_under_test(plain, checkpoint, models)
    papers = papers_under_test(paper, crops)
    networks += engines_under_test(plain, engine, models, threads)
    with console.status("gallery"):
        judge = make_judge(crops, models, threads)
    rows = []
    landmarks: list[str] = []
    tables: list[str] = []
    began = time.monotonic()
    with Progress(console=console, transient=True) as progress:
        for chosen, count in zip(test_sets, counts, strict=True):
            task = progress.add_task(chosen.value, total=count)
            others: list[GuidedUnderTest | PaperUnderTest] = [
                *_guided_under_test(guided, chosen, crops, models),
                *papers,
            ]
            scoring = paper_judge(judge, crops, models) if paper_figures else judge
            rows += evaluate(
                chosen.value,
                _pictures(chosen, crops, count, side),
                networks,
                METHODS if classical else {},
                scoring,
                lambda done, task=task: progress.update(task, completed=done),  # type: ignore[misc]
                others,
            )
            if isinstance(scoring, PaperJudge):
                tables.append(f"\n{chosen.value}\n\n{scoring.table()}")
            landmarks += [line for other in others for line in other.landmark_notes(side)]
    seconds = time.monotonic() - began
    notes = [
        f"{side} pixels, seed {SEED}; 95 % intervals over people. {len(crops)} clean photos, a "
        f"gallery of {len(judge.gallery.people)} people, {len(judge.gallery.spare)} of them with "
        "several photos.",
        f"{sum(counts)} pictures in {seconds:.0f} s: {sum(counts) / seconds:.2f} pictures/s with "
        f"{torch.get_num_threads()} threads.",
    ]
    notes[1:1] = landmarks
    if faces is not None:
        notes.append(f"Faces: {faces}; {len(skipped)} pictures skipped{_listed(skipped)}")
    notes += tables
    show_tables(rows, [*notes[: 2 + len(landmarks)], *tables])
    save_tables(rows, notes, json_file, markdown)


def _is_papers(chosen: TestSet) -> bool:
    return chosen.value in DEGRADATIONS


def _count(chosen: TestSet, crops: Sequence[Crop], pictures: int, side: int) -> int:
    # The papers' sets are made of the pictures of Test-B.
    name = TestSet.B.value if _is_papers(chosen) else chosen.value
    return count_pictures(name, crops, pictures, side)


def _pictures(
    chosen: TestSet, crops: Sequence[Crop], count: int, side: int
) -> Iterator[DegradedPicture]:
    make = paper_pictures if _is_papers(chosen) else degraded_pictures
    return make(chosen.value, crops, count, side)


def _guided_under_test(
    guided: Sequence[Path], chosen: TestSet, crops: Sequence[Crop], models: Path
) -> Sequence[GuidedUnderTest]:
    # Frames of another noise can be made of NASFE's sets alone.
    name = TestSet.B.value if _is_papers(chosen) else chosen.value
    return guided_under_test(guided, name, crops, models)


def _faces(own: Path | None, data: Path) -> tuple[Sequence[Crop], Sequence[Skipped]]:
    if own is None:
        return list_crops(data / "faces", "test"), ()
    found = list_own_faces(own)
    return found.crops, found.skipped


def _listed(skipped: Sequence[Skipped]) -> str:
    lines = [f"\n- {entry.name}: {entry.reason}" for entry in skipped]
    return f":\n{''.join(lines)}" if lines else "."
