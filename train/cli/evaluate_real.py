"""`nasfe-train evaluate-real`: measures on bad pictures that have no clean original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.enrolment.photos import photo_files
from nasfe_cam.faces.still_detector import StillDetector
from train.cli.options.candidates import Model, networks_under_test
from train.cli.options.common import CHECKPOINTS, THREADS
from train.cli.options.saving import save_tables, show_tables
from train.cli.options.sources import use_threads
from train.data.crop_store import Crop, list_crops
from train.data.enrolled_people import EnrolledPeople
from train.data.real_pictures import (
    RealPicture,
    Unused,
    aligned_face,
    clip_files,
    dark_frames,
    real_photos,
)
from train.evaluation.aggregate import Row
from train.evaluation.baselines import METHODS
from train.evaluation.contact_sheets import ContactSheets, check_outside
from train.evaluation.evaluation_loop import Key
from train.evaluation.niqe import load_pristine
from train.evaluation.no_reference import RealEvaluation
from train.evaluation.recognition import SFace

PHOTOS, FRAMES = "real photos", "dark clip frames"

Found = Iterable[RealPicture | Unused]


def evaluate_real(
    model: Model = typer.Option(Model.LITE, help="Network whose weights are committed."),
    photos: Path | None = typer.Option(
        None, help="A bad photo or a folder of them.", show_default="DATA/real"
    ),
    clips: Path | None = typer.Option(
        None, help="Folder of clips, which are made dark.", show_default="DATA/clips"
    ),
    enrol: Path | None = typer.Option(
        None,
        help="Holds a folder of clean photos for each person; a bad picture is that person's "
        "if its name holds the folder's.",
        show_default="DATA/enrol",
    ),
    strength: int = typer.Option(60, min=1, max=100, help="How bad the clips are made."),
    frames: int = typer.Option(6, min=0, help="Frames of each clip at most; 0 leaves clips out."),
    side: int = typer.Option(256, min=128, max=256, help="Side of the restored face."),
    sheets: Path | None = typer.Option(
        None, help="Folder for contact sheets, outside the repository: they show people."
    ),
    checkpoint: list[Path] = CHECKPOINTS,
    data: Path = typer.Option(Path("../shared/data"), help="Folder with real/, clips/, enrol/."),
    models: Path = typer.Option(
        Path("../shared/models"), help="Folder with the VGG and SFace weights."
    ),
    json_file: Path = typer.Option(
        Path("runs/evaluation-real.json"), "--json", help="Where the rows are written."
    ),
    markdown: Path = typer.Option(
        Path("runs/evaluation-real.md"), help="Where the table is written as Markdown."
    ),
    threads: int = THREADS,
) -> None:
    """Measure what needs no clean picture: NIQE, and SFace's cosine to enrolment photos.

    The photos that judge are never shown to the network.
    """
    use_threads(threads)
    if sheets is not None:
        check_outside(sheets)
    console = Console(stderr=True)
    photo_list = photo_files([photos or data / "real"])
    clip_list = clip_files(clips or data / "clips") if frames else []
    networks = networks_under_test(model, checkpoint, models)
    recogniser = SFace(models / "sface_2021dec_fp16w.onnx", threads)
    unused: list[Unused] = []
    rows: list[Row] = []
    with ExitStack() as stack:
        finder = StillDetector(find_model("face_landmarker.task"))
        stack.callback(finder.close)
        align = partial(aligned_face, finder=finder, side=side)
        people = EnrolledPeople(enrol or data / "enrol", _known(data), align, side)
        evaluation = RealEvaluation(networks, METHODS, recogniser, load_pristine(), people)
        bad_frames = (dark_frames(clip, finder, side, strength / 100, frames) for clip in clip_list)
        sets: dict[str, tuple[int, Found]] = {
            PHOTOS: (len(photo_list), real_photos(photo_list, finder, side)),
            FRAMES: (len(clip_list) * frames, chain.from_iterable(bad_frames)),
        }
        progress = stack.enter_context(Progress(console=console, transient=True))
        for name, (count, found) in sets.items():
            book = None if sheets is None else ContactSheets(sheets, name)
            counted = progress.track(found, total=count, description=name)
            rows += evaluation.measure(name, _usable(counted, unused), partial(_show, book))
            if book is not None:
                book.close()
    for entry in unused:
        console.print(f"skipped {entry.name}: {entry.reason}", markup=False, highlight=False)
    show_tables(rows, ())
    note = f"{side} pixels; clips at strength {strength}; 95 % intervals over people. "
    note += f"{len(unused)} pictures skipped."
    note += "".join(f"\n- {entry.name}: {entry.reason}" for entry in unused)
    save_tables(rows, [note], json_file, markdown)


def _usable(found: Found, unused: list[Unused]) -> Iterator[RealPicture]:
    """The pictures with a face; the others are noted."""
    for picture in found:
        if isinstance(picture, Unused):
            unused.append(picture)
        else:
            yield picture


def _show(
    book: ContactSheets | None, picture: RealPicture, results: Mapping[Key, FloatArray]
) -> None:
    if book is not None:
        labelled = {f"{method}, {who}": result for (method, who), result in results.items()}
        book.add(picture.name, labelled)


def _known(data: Path) -> list[Crop]:
    """Aligned faces of people who may be in the bad pictures too, where they are there."""
    faces = data / "faces"
    if not (faces / "index.csv").is_file():
        return []
    return [*list_crops(faces, "test"), *list_crops(faces, "train")]
