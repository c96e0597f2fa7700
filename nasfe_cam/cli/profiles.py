"""`nasfe-cam profiles`: the enrolled people."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine import EngineError
from nasfe_cam.errors import ProfileError, ProfileOutdated
from nasfe_cam.models import find_model
from nasfe_cam.profile_store import ProfileStore, profiles_folder

profiles = typer.Typer(help="List, show or delete the enrolled people.", no_args_is_help=True)

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
    table = Table("name", "made", "photos", "state")
    for entry in entries:
        day = str(entry["created"]).partition("T")[0]
        table.add_row(escape(str(entry["name"])), day, str(entry["photos"]), str(entry["state"]))
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
        "extractor_sha256": profile.extractor_sha256,
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
    """Delete a profile from this computer for good."""
    ProfileStore(profiles_folder()).delete(name)
    if as_json:
        print(json.dumps({"deleted": name}))
    else:
        Console().print(f"Deleted {escape(name)}.")


def _entry(store: ProfileStore, name: str) -> dict[str, object]:
    """State is "ready", "outdated", "unreadable", or "unchecked" without an observer network."""
    state, message, profile = "ready", "", None
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
        "state": state,
        "message": message,
    }


def _state_after(error: ProfileError | EngineError) -> str:
    if isinstance(error, ProfileOutdated):
        return "outdated"
    return "unreadable" if isinstance(error, ProfileError) else "unchecked"
