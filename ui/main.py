"""`nasfe-cam-ui`: opens the window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from nasfe_cam.cli.last_net import as_error, catch_faults
from nasfe_cam.control.protocol.endpoint import default_endpoint
from nasfe_cam.processes.native_output import divert_native_output
from ui.start import why_not_imported


def main() -> None:
    """Entry point: what keeps the window from opening is said in one line, with exit code 2."""
    options, for_camera = _parser().parse_known_args()
    try:
        divert_native_output(default_endpoint().native_log)
        catch_faults("nasfe-cam-ui")
        # Here, because its libraries may be missing.
        from ui.session import run_window

        run_window(options, for_camera)
    except ImportError as error:
        _end(why_not_imported(error) or error)
    except Exception as error:
        _end(error)


def _end(error: Exception) -> NoReturn:
    print(f"nasfe-cam-ui: {as_error(error)}", file=sys.stderr)
    sys.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nasfe-cam-ui",
        description="Opens the window of NASFE Camera, or shows the one that is open: the live "
        "picture with its controls, the people who are enrolled, and the settings.",
        epilog="Every other option goes to the camera, such as --source 1; "
        "see: nasfe-cam run --help",
        # What begins alike may be an option of the camera.
        allow_abbrev=False,
    )
    parser.add_argument("--start", action="store_true", help="switch the camera on at once")
    parser.add_argument("--hidden", action="store_true", help="begin in the system tray")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="settings file to use instead of your own"
    )
    parser.add_argument(
        "--preferences", metavar="FILE", help="file for what the window remembers of itself"
    )
    return parser
