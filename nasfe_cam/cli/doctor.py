"""`nasfe-cam doctor`: checks what works on this computer, and says what to do about the rest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from nasfe_cam.cli.terminal import shown
from nasfe_cam.diagnostics.checks import Check, Status
from nasfe_cam.diagnostics.report import diagnose

_COLOURS = {Status.OK: "green", Status.NOTE: "yellow", Status.PROBLEM: "red"}


def doctor(
    config: Path | None = typer.Option(
        None, metavar="FILE", help="Settings file to check instead of your own."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Check this computer: models, engine, cameras, virtual camera, settings.

    Exit code 0: no problem, though there may be notes. Exit code 1: at least one
    problem, each with its next step; a missing camera counts as one.
    """
    checks = diagnose(config)
    healthy = all(check.status is not Status.PROBLEM for check in checks)
    if as_json:
        document = {"ok": healthy, "checks": [_document(check) for check in checks]}
        print(json.dumps(document, indent=2))
    else:
        _print(checks, Console())
    if not healthy:
        raise typer.Exit(1)


def _document(check: Check) -> dict[str, object]:
    """A check in JSON; `line` and `next_step` say in English what `found` says by code."""
    return {
        "name": check.name,
        "status": check.status,
        "line": check.line,
        "next_step": check.next_step,
        "found": [asdict(statement) for statement in check.found],
    }


def _print(checks: list[Check], console: Console) -> None:
    table = Table("", "", "", show_header=False, box=None, padding=(0, 2, 0, 0))
    for check in checks:
        colour = _COLOURS[check.status]
        table.add_row(f"[{colour}]{check.status}[/{colour}]", check.name, shown(check.line))
    console.print(table)
    steps = [check for check in checks if check.next_step]
    if steps:
        console.print("\nNext steps", style="bold")
    for check in steps:
        # On a line of its own and unwrapped, so that a command can be copied.
        console.print(f"  {check.name}:")
        console.print(f"    {shown(check.next_step)}", soft_wrap=True, highlight=False)
