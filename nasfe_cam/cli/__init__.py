"""The `nasfe-cam` command."""

from __future__ import annotations

import sys

import typer

import nasfe_cam
from engine.errors import NasfeError
from nasfe_cam.cli.benchmark import benchmark
from nasfe_cam.cli.camera import camera
from nasfe_cam.cli.compile import compile_networks
from nasfe_cam.cli.demo import demo
from nasfe_cam.cli.devices import devices
from nasfe_cam.cli.doctor import doctor
from nasfe_cam.cli.enrol import enrol
from nasfe_cam.cli.profiles import profiles
from nasfe_cam.cli.run import run
from nasfe_cam.cli.steering import set_setting, status, stop

app = typer.Typer(
    name="nasfe-cam",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"nasfe-cam {nasfe_cam.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Say which this is."
    ),
) -> None:
    """A virtual webcam that repairs the face of the person in front of it, live."""


app.command()(run)
app.command()(status)
# A value may begin with a minus sign.
app.command("set", context_settings={"ignore_unknown_options": True})(set_setting)
app.command()(stop)
app.command()(demo)
app.command()(benchmark)
app.command()(devices)
app.command()(doctor)
app.command("compile")(compile_networks)
app.command()(enrol)
app.add_typer(profiles, name="profiles")
app.add_typer(camera, name="camera")


def main() -> None:
    """Entry point: errors of our own family end with one line and exit code 2."""
    try:
        app()
    except NasfeError as error:
        print(f"nasfe-cam: {error}", file=sys.stderr)
        sys.exit(2)
