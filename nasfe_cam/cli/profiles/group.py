"""`nasfe-cam profiles`: the enrolled people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from nasfe_cam.cli.parser.lazy_commands import CommandEntry, group_of
from nasfe_cam.cli.parser.plain_help import PlainProgram
from nasfe_cam.cli.profiles.entry import profile_entry
from nasfe_cam.cli.terminal import shown
from nasfe_cam.config.store import forget_profile
from nasfe_cam.core.errors import ProfileMissing
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.profiles.transfer import export_profile, import_profile

COMMANDS = (
    CommandEntry(
        "rebuild",
        "nasfe_cam.cli.profiles.rebuild:rebuild",
        "Rebuild a profile from the photos stored in it, after the network has changed.",
    ),
)
"""Those that need a network."""

profiles = PlainProgram(
    group_of(COMMANDS),
    help="List, show, export, import, rebuild or delete profiles.",
    no_args_is_help=True,
)

_JSON = typer.Option(False, "--json", help="One JSON document on stdout.")
_NAME = typer.Argument(..., metavar="NAME", help="Name of the profile.")


@profiles.command("list")
def list_profiles(as_json: bool = _JSON) -> None:
    """List the enrolled people; a profile that cannot be read is listed with the reason."""
    store = ProfileStore(profiles_folder())
    entries = [profile_entry(store, name) for name in store.names()]
    if as_json:
        print(json.dumps(entries, indent=2))
        return
    console = Console()
    if not entries:
        console.print("Nobody is enrolled yet. Start with: nasfe-cam enrol PHOTOS --name NAME")
        return
    table = Table("name", "made", "photos", "kept", "state")
    for entry in entries:
        day = str(entry["created"]).partition("T")[0]
        table.add_row(
            shown(entry["name"]),
            day,
            str(entry["photos"]),
            "yes" if entry["photos_kept"] else "no",
            str(entry["state"]),
        )
    console.print(table)
    for entry in entries:
        if entry["message"]:
            console.print(shown(entry["message"]), soft_wrap=True)


@profiles.command()
def show(name: str = _NAME, as_json: bool = _JSON) -> None:
    """Show one profile; fails with the reason if it cannot be read."""
    store = ProfileStore(profiles_folder())
    profile = store.load(name)
    path = store.path_of(name)
    entry = profile_entry(store, name) | {
        "file": str(path),
        "bytes": path.stat().st_size,
        "rebuilt": "" if profile.rebuilt is None else profile.rebuilt.isoformat(),
        "extractor_sha256": profile.extractor_sha256,
        "extractor_version": profile.extractor_version,
        "photo_scores": [round(photo.quality.score, 2) for photo in profile.photos],
    }
    if as_json:
        print(json.dumps(entry, indent=2))
        return
    console = Console(highlight=False)
    for key, words in _for_people(entry).items():
        # One line each, unwrapped: a path can be copied.
        console.print(f"{key:<8} {shown(words)}", soft_wrap=True)


def _for_people(entry: dict[str, Any]) -> dict[str, str]:
    """What a person wants to know of a profile; hashes are for programs."""
    return {
        "name": entry["name"],
        "made": str(entry["created"]).partition("T")[0],
        "photos": f"{entry['photos']}, {'kept' if entry['photos_kept'] else 'not kept'}",
        "state": " ".join(part for part in (entry["state"], entry["message"]) if part),
        "file": entry["file"],
        "size": f"{entry['bytes'] / 1e6:.1f} MB",
    }


@profiles.command()
def delete(
    name: str = _NAME,
    yes: bool = typer.Option(False, "--yes", "-y", help="Delete it without asking."),
    as_json: bool = _JSON,
) -> None:
    """Delete a profile, with the photos stored in it, from this computer for good.

    A running camera goes on without it, and its name leaves the settings.
    """
    store = ProfileStore(profiles_folder())
    if not store.path_of(name).exists():
        raise ProfileMissing(name)
    if not yes and not typer.confirm(f"Delete the profile {name!r} for good?", err=True):
        raise typer.Exit(1)
    store.delete(name)
    if as_json:
        print(json.dumps({"deleted": name}))
    else:
        Console().print(f"Deleted {shown(name)}.")
    # Last: a settings file that cannot be read is no reason to keep a person, or quiet about it.
    forget_profile(name)


@profiles.command("export")
def export(
    name: str = _NAME,
    file: Path = typer.Argument(
        ..., metavar="FILE|FOLDER", help="File to write, or a folder to write it into."
    ),
    without_photos: bool = typer.Option(
        False, "--without-photos", help="Leave out the stored copies of photos."
    ),
    replace: bool = typer.Option(False, "--replace", help="Overwrite an existing file."),
    as_json: bool = _JSON,
) -> None:
    """Write a profile to a file, as a backup or for another computer."""
    path = export_profile(
        ProfileStore(profiles_folder()),
        name,
        file,
        with_photos=not without_photos,
        overwrite=replace,
    )
    if as_json:
        print(json.dumps({"exported": name, "file": str(path)}))
    else:
        Console().print(
            f"Wrote {shown(path)}. It describes a face: treat it like a photo.",
            soft_wrap=True,
        )


@profiles.command("import")
def import_(
    file: Path = typer.Argument(..., metavar="FILE", help="File that `profiles export` wrote."),
    name: str | None = typer.Option(None, metavar="NAME", help="Another name for the profile."),
    replace: bool = typer.Option(False, "--replace", help="Replace a profile of that name."),
    as_json: bool = _JSON,
) -> None:
    """Import a profile from a file."""
    store = ProfileStore(profiles_folder())
    profile = import_profile(store, file, name=name, overwrite=replace)
    entry = profile_entry(store, profile.name)
    if as_json:
        print(json.dumps(entry, indent=2))
        return
    console = Console()
    console.print(f"[green]Imported[/green] {shown(profile.name)}.")
    if entry["message"]:
        console.print(shown(entry["message"]), soft_wrap=True)
