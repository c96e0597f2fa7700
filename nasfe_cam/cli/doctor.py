"""`nasfe-cam doctor`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nasfe_cam.diagnosing import diagnose
from nasfe_cam.diagnosis import Check, Status

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
