"""`nasfe-cam profiles rebuild`: the one command on profiles that runs a network."""

from __future__ import annotations

import json

import typer
from rich.console import Console

from nasfe_cam.cli.profiles.entry import profile_entry
from nasfe_cam.cli.terminal import shown
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.enrolment.build_profile import rebuild_profile
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.restoration.observer import Extractor


def rebuild(
    name: str = typer.Argument(..., metavar="NAME", help="Name of the profile."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Rebuild a profile from the photos stored in it, after the network has changed."""
    store = ProfileStore(profiles_folder())
    profile = store.load(name)
    model = find_model("observer.onnx")
    extractor = Extractor(model)
    try:
        store.save(rebuild_profile(profile, extractor, model.sha256))
    finally:
        extractor.close()
    if as_json:
        print(json.dumps(profile_entry(store, name), indent=2))
    else:
        Console().print(f"[green]Rebuilt[/green] {shown(name)}.")
