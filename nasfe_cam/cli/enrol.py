"""`nasfe-cam enrol`: photos in, or a look into the webcam, a profile out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from nasfe_cam.cli.options import with_settings
from nasfe_cam.enrolment import ChooseFace, Enrolment, open_networks, photo_files
from nasfe_cam.enrolment import enrol as enrol_photos
from nasfe_cam.enrolment.from_camera import enrol_from_camera
from nasfe_cam.enrolment.guidance import STEPS, Guidance, Instruction
from nasfe_cam.errors import NothingToEnrol, ProfileExists
from nasfe_cam.frame import Frame
from nasfe_cam.photo_tracking import PhotoFace
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from nasfe_cam.settings import Settings
from nasfe_cam.sources import open_source


@with_settings("source.width=capture-width", "source.height=capture-height")
def enrol(
    settings: Settings,
    photos: list[Path] = typer.Argument(
        None, help="Photos of one person, or folders of them; with --from-camera, the camera."
    ),
    name: str = typer.Option(..., help="Name of the profile."),
    from_camera: bool = typer.Option(
        False, "--from-camera", help="Have your picture taken instead of giving photos."
    ),
    face: int | None = typer.Option(
        None,
        min=0,
        help="Where a photo shows several faces, take this one, counted from the left; "
        "0 is the largest.",
    ),
    keep_photos: bool = typer.Option(
        False,
        "--keep-photos",
        help="Keep small aligned copies in the profile, so that it can be made anew "
        "when the network changes.",
    ),
    replace: bool = typer.Option(False, "--replace", help="Make a profile of that name anew."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Remember a face, so that restoration stays true to the person.

    3 to 10 sharp photos in different light are best; 1 is enough. The photos are
    not kept unless you say so, and nothing leaves this computer.
    """
    store = ProfileStore(profiles_folder())
    if store.path_of(name).exists() and not replace:
        raise ProfileExists(name)
    console = Console(stderr=as_json)
    if from_camera:
        source = str(photos[0]) if photos else settings.source.source
        chosen = settings.replaced({"source.source": source})
        enrolment = _from_camera(name, chosen, keep_photos, console)
    elif photos:
        enrolment = _from_photos(name, photos, _chooser(face), keep_photos, console)
    else:
        raise NothingToEnrol()
    path = store.save(enrolment.profile)
    if as_json:
        print(json.dumps(enrolment_as_json(enrolment, path), indent=2))
    else:
        _print(enrolment, path, console)


def enrolment_as_json(enrolment: Enrolment, path: Path) -> dict[str, object]:
    """What came of the photos, for machines."""
    return {
        "name": enrolment.profile.name,
        "file": str(path),
        "photos_kept": enrolment.profile.can_be_rebuilt,
        "accepted": [str(file) for file in enrolment.accepted],
        "quality": [
            asdict(photo.quality) | {"score": round(photo.quality.score, 3)}
            for photo in enrolment.profile.photos
        ],
        "rejected": [
            {"file": str(file), "reason": error.code, "message": str(error)}
            for file, error in enrolment.rejected
        ],
        "suggestions": [
            {"code": suggestion.value, "message": suggestion.words}
            for suggestion in enrolment.suggestions
        ],
    }


def _from_photos(
    name: str, photos: Sequence[Path], choose: ChooseFace, keep_photos: bool, console: Console
) -> Enrolment:
    files = photo_files(photos)
    with Progress(console=console, transient=True) as progress, open_networks() as networks:
        task = progress.add_task("looking at the photos", total=None)
        return enrol_photos(
            name,
            files,
            networks,
            lambda done, total: progress.update(task, completed=done, total=total),
            keep_photos=keep_photos,
            choose=choose,
        )


def _from_camera(name: str, settings: Settings, keep_photos: bool, console: Console) -> Enrolment:
    told: Instruction | None = None

    def show(state: Guidance, frame: Frame) -> None:
        nonlocal told
        if state.instruction is not told:
            told = state.instruction
            number = len(STEPS) if state.step is None else STEPS.index(state.step) + 1
            console.print(f"[dim]{number}/{len(STEPS)}[/dim] {escape(told.words)}")

    with open_networks() as networks:
        source = open_source(settings.source, settings.output.label)
        try:
            console.print("Look into the camera. Ctrl+C stops, and nothing is kept.")
            return enrol_from_camera(name, source, networks, show, keep_photos=keep_photos)
        finally:
            source.close()


def _chooser(number: int | None) -> ChooseFace:
    def choose(path: Path, faces: Sequence[PhotoFace]) -> PhotoFace | None:
        if number == 0:
            return faces[0]
        from_the_left = sorted(faces, key=lambda face: float(face.centre[0]))
        if number is None or number > len(from_the_left):
            return None
        return from_the_left[number - 1]

    return choose


def _print(enrolment: Enrolment, path: Path, console: Console) -> None:
    if enrolment.rejected:
        table = Table("photo", "why it was left out", title="Photos not used", title_justify="left")
        for file, error in enrolment.rejected:
            table.add_row(escape(file.name), escape(str(error)))
        console.print(table)
        if any(error.code == "several-faces" for _, error in enrolment.rejected):
            console.print("--face N takes the Nth face from the left, --face 0 the largest.")
    name, count = escape(enrolment.profile.name), len(enrolment.accepted)
    console.print(f"[green]Enrolled[/green] {name} from {count} photo{'s' if count > 1 else ''}.")
    for suggestion in enrolment.suggestions:
        console.print(suggestion.words, soft_wrap=True)
    console.print(f'Use it with: nasfe-cam run --profile "{name}"', soft_wrap=True)
    console.print(f"[dim]{escape(str(path))}[/dim]", soft_wrap=True)
