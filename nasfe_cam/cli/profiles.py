"""`nasfe-cam profiles`: the enrolled people."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine import EngineError
from nasfe_cam.enrolment import rebuild_profile
from nasfe_cam.errors import ProfileError, ProfileOutdated, ProfileTooNew
from nasfe_cam.models import find_model
from nasfe_cam.observation import Extractor
from nasfe_cam.profile import Profile
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from nasfe_cam.profile_transfer import export_profile, import_profile

profiles = typer.Typer(
    help="List, show, move, rebuild or delete the enrolled people.", no_args_is_help=True
)

_JSON = typer.Option(False, "--json", help="One JSON document on stdout.")
_NAME = typer.Argument(..., help="Name of the profile.")


@profiles.command("list")
def list_profiles(as_json: bool = _JSON) -> None:
    """List the enrolled people; a profile that cannot be read is listed with the reason."""
    store = ProfileStore(profiles_folder())
    entries = [_entry(store, name) for name in store.names()]
    if as_json:
        print(json.dumps(entries, indent=2))
        return
    console = Console()
    if not entries:
        console.print("Nobody is enrolled. Begin with: nasfe-cam enrol PHOTOS --name NAME")
        return
    table = Table("name", "made", "photos", "kept", "state")
    for entry in entries:
        day = str(entry["created"]).partition("T")[0]
        table.add_row(
            escape(str(entry["name"])),
            day,
            str(entry["photos"]),
            "yes" if entry["photos_kept"] else "no",
            str(entry["state"]),
        )
    console.print(table)
    for entry in entries:
        if entry["message"]:
            console.print(escape(str(entry["message"])), soft_wrap=True)


@profiles.command()
def show(name: str = _NAME, as_json: bool = _JSON) -> None:
    """Show one profile; fails with the reason if it cannot be read."""
    store = ProfileStore(profiles_folder())
    profile = store.load(name)
    path = store.path_of(name)
    entry = _entry(store, name) | {
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
    table = Table(show_header=False)
    for key, value in entry.items():
        table.add_row(key, escape(str(value)))
    Console().print(table)


@profiles.command()
def delete(name: str = _NAME, as_json: bool = _JSON) -> None:
    """Delete a profile, with the photos kept in it, from this computer for good."""
    ProfileStore(profiles_folder()).delete(name)
    if as_json:
        print(json.dumps({"deleted": name}))
    else:
        Console().print(f"Deleted {escape(name)}.")


@profiles.command("export")
def export(
    name: str = _NAME,
    file: Path = typer.Argument(..., help="File to write, or a folder to write it into."),
    without_photos: bool = typer.Option(
        False, "--without-photos", help="Leave the kept copies of photos out."
    ),
    replace: bool = typer.Option(False, "--replace", help="Overwrite a file that is there."),
    as_json: bool = _JSON,
) -> None:
    """Write a profile into one file, to keep or to take to another computer."""
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
            f"Wrote {escape(str(path))}. It describes a face: keep it as you would keep a photo.",
            soft_wrap=True,
        )


@profiles.command("import")
def import_(
    file: Path = typer.Argument(..., help="File that `profiles export` wrote."),
    name: str | None = typer.Option(None, help="Another name for the profile."),
    replace: bool = typer.Option(False, "--replace", help="Replace a profile of that name."),
    as_json: bool = _JSON,
) -> None:
    """Take a profile over from a file."""
    store = ProfileStore(profiles_folder())
    profile = import_profile(store, file, name=name, overwrite=replace)
    entry = _entry(store, profile.name)
    if as_json:
        print(json.dumps(entry, indent=2))
        return
    console = Console()
    console.print(f"[green]Imported[/green] {escape(profile.name)}.")
    if entry["message"]:
        console.print(escape(str(entry["message"])), soft_wrap=True)


@profiles.command()
def rebuild(name: str = _NAME, as_json: bool = _JSON) -> None:
    """Make a profile anew from the photos kept in it, after the network has changed."""
    store = ProfileStore(profiles_folder())
    profile = store.load(name)
    model = find_model("observer.onnx")
    extractor = Extractor(model)
    try:
        store.save(rebuild_profile(profile, extractor, model.sha256))
    finally:
        extractor.close()
    if as_json:
        print(json.dumps(_entry(store, name), indent=2))
    else:
        Console().print(f"[green]Rebuilt[/green] {escape(name)}.")


def _entry(store: ProfileStore, name: str) -> dict[str, object]:
    """State is "ready", "outdated", "unreadable", or "unchecked" without an observer network."""
    state, message = "ready", ""
    profile: Profile | None = None
    try:
        profile = store.load(name)
        profile.require_extractor(find_model("observer.onnx").sha256)
    except (ProfileError, EngineError) as error:
        message = str(error)
        state = _state_after(error)
    return {
        "name": name,
        "created": "" if profile is None else profile.created.isoformat(),
        "photos": 0 if profile is None else profile.photo_count,
        "photos_kept": profile is not None and profile.can_be_rebuilt,
        "state": state,
        "message": message,
    }


def _state_after(error: ProfileError | EngineError) -> str:
    if isinstance(error, ProfileOutdated | ProfileTooNew):
        return "outdated"
    return "unreadable" if isinstance(error, ProfileError) else "unchecked"
