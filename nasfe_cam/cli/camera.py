"""`nasfe-cam camera`: the virtual camera that meetings list."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.markup import escape

from nasfe_cam.diagnosis import Check, Status
from nasfe_cam.diagnosis_cameras import check_virtual_camera
from nasfe_cam.installing.administrator import run_as_administrator
from nasfe_cam.installing.errors import CameraNotSetUpHere
from nasfe_cam.installing.linux import LoopbackState, look_at_loopback
from nasfe_cam.installing.plan import install_script, remove_script
from nasfe_cam.settings import Settings
from nasfe_cam.virtual_camera_state import find_virtual_camera, install_step

camera = typer.Typer(help="Set up, look at or remove the virtual camera.", no_args_is_help=True)

_LABEL = typer.Option(Settings().output.label, help="Name of the virtual camera.")
_YES = typer.Option(False, "--yes", help="Do not ask before the change is made.")


@camera.command()
def install(label: str = _LABEL, yes: bool = _YES) -> None:
    """Make the virtual camera, now and after every restart; the change is shown first."""
    _require_linux(label)
    script = install_script(look_at_loopback(label))
    if not script:
        print(f"{label!r} is set up already.")
    elif _carry_out(script, yes):
        print(f"{label!r} is there: choose it in your meeting while nasfe-cam run runs.")


@camera.command()
def remove(label: str = _LABEL, yes: bool = _YES) -> None:
    """Take the virtual camera away again; the change is shown first."""
    _require_linux(label)
    script = remove_script(look_at_loopback(label))
    if not script:
        print(f"There is nothing of {label!r} to remove.")
    elif _carry_out(script, yes):
        print(f"{label!r} is removed.")


@camera.command()
def status(label: str = _LABEL) -> None:
    """How the virtual camera stands, and the command that helps; exit code 1 without one."""
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
        print("Set it up with: nasfe-cam camera install")
    elif check.next_step:
        print(check.next_step)


def _carry_out(script: str, yes: bool) -> bool:
    """Show the script and run it; False if the user does not want it."""
    console = Console()
    console.print("As administrator, this will be run:\n")
    console.print(escape(script), soft_wrap=True, highlight=False)
    if not yes and not typer.confirm("Go ahead?"):
        return False
    run_as_administrator(script)
    return True


def _require_linux(label: str) -> None:
    if sys.platform != "linux":
        raise CameraNotSetUpHere(install_step(find_virtual_camera(label)))
