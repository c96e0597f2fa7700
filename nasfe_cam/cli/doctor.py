"""`nasfe-cam doctor`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine import EngineDescription, Precision
from engine.devices import list_devices
from nasfe_cam.diagnosis import (
    Check,
    Status,
    check_engine,
    check_models,
    check_profile,
    check_python,
    check_settings,
    check_space,
    check_tracker,
    check_unused_devices,
    checked,
)
from nasfe_cam.diagnosis_cameras import check_cameras, check_virtual_camera, find_virtual_camera
from nasfe_cam.models import find_model
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from nasfe_cam.restoration import Restorer
from nasfe_cam.settings import RestoreSettings
from nasfe_cam.sources import list_cameras

_COLOURS = {Status.OK: "green", Status.NOTE: "yellow", Status.PROBLEM: "red"}


def doctor(
    config: Path | None = typer.Option(None, help="Settings file to check instead of your own."),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Check this machine: models, engine, cameras, virtual camera, settings.

    Exit code 0: the camera can work, perhaps with notes. Exit code 1: at least
    one problem, each with its next step; a missing camera is one.
    """
    checks = diagnose(config)
    healthy = all(check.status is not Status.PROBLEM for check in checks)
    if as_json:
        document = {"ok": healthy, "checks": [asdict(check) for check in checks]}
        print(json.dumps(document, indent=2))
    else:
        _print(checks, Console())
    if not healthy:
        raise typer.Exit(1)


def diagnose(config: Path | None) -> list[Check]:
    """Every check, in the order in which a frame would meet them."""
    settings_check, settings = check_settings(config)
    restore, label = settings.restore, settings.output.label
    store = ProfileStore(profiles_folder())
    return [
        checked("system", check_python),
        settings_check,
        checked("cameras", lambda: check_cameras(list_cameras(), label)),
        checked("face tracker", check_tracker),
        checked("model files", lambda: check_models(restore.model)),
        checked("engine", lambda: check_engine(lambda: _describe(restore))),
        checked("GPU", lambda: check_unused_devices(list_devices())),
        checked(
            "profile",
            lambda: check_profile(
                restore.profile, store, lambda: find_model("observer.onnx").sha256
            ),
        ),
        checked("virtual camera", lambda: check_virtual_camera(find_virtual_camera(label))),
        checked("disk", lambda: check_space(settings.output.file.absolute().parent)),
    ]


def _describe(settings: RestoreSettings) -> EngineDescription:
    restorer = Restorer(
        find_model(f"{settings.model}.onnx"),
        None,
        Precision(settings.precision.value),
        settings.threads,
    )
    try:
        return restorer.describe()
    finally:
        restorer.close()


def _print(checks: list[Check], console: Console) -> None:
    table = Table("", "", "", show_header=False, box=None, padding=(0, 2, 0, 0))
    for check in checks:
        colour = _COLOURS[check.status]
        table.add_row(f"[{colour}]{check.status}[/{colour}]", check.name, escape(check.line))
    console.print(table)
    steps = [check for check in checks if check.next_step]
    if steps:
        console.print("\nNext steps", style="bold")
    for check in steps:
        # On a line of its own and unwrapped, so that a command can be copied.
        console.print(f"  {check.name}:")
        console.print(f"    {escape(check.next_step)}", soft_wrap=True, highlight=False)
