"""The `nasfe-cam` command."""

from __future__ import annotations

import os
import sys

import typer

from nasfe_cam.cli.last_net import as_error, watch_threads
from nasfe_cam.cli.parser.lazy_commands import CommandEntry, group_of
from nasfe_cam.cli.parser.plain_help import PlainProgram
from nasfe_cam.cli.terminal import flush_stdout, prepare_streams
from nasfe_cam.config.system_libraries import missing_library
from nasfe_cam.core.version import __version__
from nasfe_cam.processes.native_output import divert_native_output

COMMANDS = (
    CommandEntry(
        "run",
        "nasfe_cam.cli.run:run",
        "Restore the face live, until Ctrl+C or the end of the clip.",
        runs_networks=True,
    ),
    CommandEntry(
        "status", "nasfe_cam.cli.steering:status", "Show the state of the running camera."
    ),
    CommandEntry(
        "set",
        "nasfe_cam.cli.steering:set_setting",
        "Change a setting of the running camera until it stops, such as: nasfe-cam set retouch 60.",
        # A value may begin with a minus sign.
        {"ignore_unknown_options": True},
    ),
    CommandEntry(
        "stop",
        "nasfe_cam.cli.steering:stop",
        "Stop the running camera, and wait until it has stopped; one that hangs is ended by force.",
    ),
    CommandEntry(
        "demo",
        "nasfe_cam.cli.demo:demo",
        "Degrade a clip, restore it, and write both side by side with a report.",
        runs_networks=True,
    ),
    CommandEntry(
        "benchmark",
        "nasfe_cam.cli.benchmark:benchmark",
        "Play a clip through the whole live path, restoring every frame, and measure it.",
        runs_networks=True,
    ),
    CommandEntry(
        "devices",
        "nasfe_cam.cli.devices:devices",
        "List the cameras, the virtual camera and the devices that can run the network.",
        runs_networks=True,
    ),
    CommandEntry(
        "doctor",
        "nasfe_cam.cli.doctor:doctor",
        "Check this computer: models, engine, cameras, virtual camera, settings.",
        runs_networks=True,
    ),
    CommandEntry(
        "compile",
        "nasfe_cam.cli.compile:compile_networks",
        "Compile the networks for an NVIDIA card, so that it is used from the first frame.",
        runs_networks=True,
    ),
    CommandEntry(
        "enrol",
        "nasfe_cam.cli.enrol:enrol",
        "Enrol a person, so that restoration stays true to their face.",
        runs_networks=True,
    ),
    CommandEntry(
        "profiles",
        "nasfe_cam.cli.profiles.group:profiles",
        "List, show, export, import, rebuild or delete profiles.",
    ),
    CommandEntry(
        "camera",
        "nasfe_cam.cli.camera:camera",
        "Install, check or remove the virtual camera.",
    ),
)

app = PlainProgram(
    group_of(COMMANDS),
    name="nasfe-cam",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"nasfe-cam {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """A virtual webcam that repairs the face of the person in front of it, live."""


def main() -> None:
    """Entry point: whatever goes wrong ends with one line and exit code 2."""
    code = 0
    try:
        _prepare()
        try:
            app()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        flush_stdout()
    except BrokenPipeError:
        code = 1
    except ImportError as error:
        _tell(missing_library(error) or error)
        code = 2
    except Exception as error:
        _tell(error)
        code = 2
    sys.exit(code)


def _prepare() -> None:
    from nasfe_cam.control.protocol.endpoint import default_endpoint

    watch_threads()
    # Looking for plug-ins of pydantic, of which we have none, takes longer than loading it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Before OpenCV is loaded: with them it needs up to half a minute to open a webcam on Windows.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    try:
        divert_native_output(default_endpoint().native_log)
    finally:
        prepare_streams()


def _tell(error: Exception) -> None:
    # Here, because `--help` and `--version` need no messages.
    told = as_error(error)
    print(f"nasfe-cam: {told}", file=sys.stderr)
    try:
        from nasfe_cam.control.protocol.error_record import leave_error

        leave_error(told)
    except Exception:  # without memory, nothing can be imported either
        return
