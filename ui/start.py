"""What keeps Qt from starting, as an error of ours instead of an abort or a traceback."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from nasfe_cam.config.system_libraries import missing_library
from nasfe_cam.core.errors import NasfeError


class WindowNotInstalled(NasfeError):
    code = "window-not-installed"
    text = "The window is not installed: the Python package PyQt6 is missing."
    remedy = "Install it with: pip install PyQt6. The camera works without it: nasfe-cam run"


class NoDisplay(NasfeError):
    code = "no-display"
    text = "The window cannot open: {reason}."
    remedy = "Start it on a desktop, or run the camera without a window: nasfe-cam run"

    reason: str


def why_not_imported(error: ImportError) -> NasfeError | None:
    """Why `import PyQt6` failed; None if the fault is ours."""
    if (error.name or "").startswith("PyQt6") and find_spec("PyQt6") is None:
        return WindowNotInstalled()
    return missing_library(error)


def why_not_started(said: str) -> NasfeError:
    """Why Qt found no screen to open a window on.

    Args:
        said: what Qt said itself.
    """
    if sys.platform == "linux":
        wanted = os.environ.get("QT_QPA_PLATFORM", "")
        display, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
        if not (wanted or display or wayland):
            return NoDisplay("there is no display here")
        on_wayland = bool(wayland) and not display
        missing = _library_of_plugin(wanted or ("wayland" if on_wayland else "xcb"))
        if missing is not None:
            return missing
        if not wanted:
            return NoDisplay(f"the display {display or wayland} does not answer")
    return NoDisplay(" ".join(said.split()).rstrip(".") or "Qt does not start")


def _library_of_plugin(name: str) -> NasfeError | None:
    found = find_spec("PyQt6")
    folders = [] if found is None else found.submodule_search_locations or []
    for folder in folders:
        plugin = Path(folder) / "Qt6" / "plugins" / "platforms" / f"libq{name}.so"
        if plugin.is_file():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                return missing_library(error)
    return None
