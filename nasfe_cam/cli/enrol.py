"""`nasfe-cam enrol`: photos in, a profile out."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from nasfe_cam.enrolment import Enrolment, open_networks, photo_files
from nasfe_cam.enrolment import enrol as enrol_photos
from nasfe_cam.errors import ProfileExists
from nasfe_cam.profile_store import ProfileStore, profiles_folder

_ENOUGH_PHOTOS = 3


def enrol(
    photos: list[Path] = typer.Argument(..., help="Photos of one person, or folders of them."),
    name: str = typer.Option(..., help="Name of the profile."),
    replace: bool = typer.Option(False, "--replace", help="Make a profile of that name anew."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Remember a face from photos, so that restoration stays true to the person.

    3 to 10 sharp photos in different light are best; 1 is enough. The photos are
    not kept, and nothing leaves this computer.
    """
    store = ProfileStore(profiles_folder())
    if store.path_of(name).exists() and not replace:
        raise ProfileExists(name)
    files = photo_files(photos)
    console = Console(stderr=as_json)
    with Progress(console=console, transient=True) as progress, open_networks() as networks:
        task = progress.add_task("looking at the photos", total=len(files))
        enrolment = enrol_photos(
            name,
            files,
            networks,
            lambda done, total: progress.update(task, completed=done, total=total),
        )
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
        "accepted": [str(file) for file in enrolment.accepted],
        "rejected": [
            {"file": str(file), "reason": error.code, "message": str(error)}
            for file, error in enrolment.rejected
        ],
    }


def _print(enrolment: Enrolment, path: Path, console: Console) -> None:
    if enrolment.rejected:
        table = Table("photo", "why it was left out", title="Photos not used", title_justify="left")
        for file, error in enrolment.rejected:
            table.add_row(escape(file.name), escape(str(error)))
        console.print(table)
    name, count = escape(enrolment.profile.name), len(enrolment.accepted)
    console.print(f"[green]Enrolled[/green] {name} from {count} photo{'s' if count > 1 else ''}.")
    if count < _ENOUGH_PHOTOS:
        console.print("More photos, in other light, would make the profile better.")
    console.print(f'Use it with: nasfe-cam run --profile "{name}"', soft_wrap=True)
    console.print(f"[dim]{escape(str(path))}[/dim]", soft_wrap=True)
