"""`nasfe-cam camera`: the virtual camera that meetings list."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.markup import escape

from nasfe_cam.cli.parser.plain_help import PlainProgram
from nasfe_cam.config.settings import Settings
from nasfe_cam.diagnostics.cameras import check_virtual_camera
from nasfe_cam.diagnostics.checks import Check, Status
from nasfe_cam.virtual_camera.administrator import run_as_administrator
from nasfe_cam.virtual_camera.installation import (
    install_virtual_camera,
    installing_script,
    removing_script,
)
from nasfe_cam.virtual_camera.linux import LoopbackState, look_at_loopback
from nasfe_cam.virtual_camera.state import find_virtual_camera

camera = PlainProgram(help="Install, check or remove the virtual camera.", no_args_is_help=True)

_LABEL = typer.Option(Settings().output.label, metavar="TEXT", help="Name of the virtual camera.")
_YES = typer.Option(False, "--yes", help="Make the change without asking.")


@camera.command()
def install(label: str = _LABEL, yes: bool = _YES) -> None:
    """Install the virtual camera, now and after every restart; the change is shown first."""
    script = installing_script(label)
    if not script:
        print(f"{label!r} is already installed.")
    elif _agreed(script, yes):
        install_virtual_camera(label, terminal=True)
        print(f"{label!r} is installed: choose it in your meeting while nasfe-cam run is running.")


@camera.command()
def remove(label: str = _LABEL, yes: bool = _YES) -> None:
    """Remove the virtual camera; the change is shown first."""
    script = removing_script(label)
    if not script:
        print(f"{label!r} is not installed; nothing to remove.")
    elif _agreed(script, yes):
        run_as_administrator(script)
        print(f"{label!r} was removed.")


@camera.command()
def status(label: str = _LABEL) -> None:
    """Show the state of the virtual camera and the next step; exit code 1 if there is none."""
    check = check_virtual_camera(find_virtual_camera(label))
    print(f"{check.status}: {check.line}")
    if sys.platform == "linux":
        _print_loopback(look_at_loopback(label), check)
    elif check.next_step:
        print(check.next_step)
    if check.status is Status.PROBLEM:
        raise typer.Exit(1)


def _print_loopback(state: LoopbackState, check: Check) -> None:
    print(f"v4l2loopback: {state.version or 'not installed'}")
    print(f"after a restart: {'comes back' if state.persistent else 'does not come back'}")
    if state.secure_boot:
        print(f"Secure Boot: on, the module is {'signed' if state.signed else 'not signed'}")
    if not state.camera.present or not state.persistent:
        print("Install it with: nasfe-cam camera install")
    elif check.next_step:
        print(check.next_step)


def _agreed(script: str, yes: bool) -> bool:
    """Show the script; whether the user wants it to be run."""
    console = Console()
    console.print("This will be run as administrator:\n")
    console.print(escape(script), soft_wrap=True, highlight=False)
    return yes or typer.confirm("Continue?")
