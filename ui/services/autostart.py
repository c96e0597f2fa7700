"""Starts the window when the user logs in.

Linux: a desktop entry in the autostart folder (freedesktop.org, Desktop Application
Autostart Specification). Windows: a value under the user's Run key. macOS: a launch
agent. Only Linux is tested.
"""

from __future__ import annotations

import os
import plistlib
import shlex
import sys
from contextlib import suppress
from pathlib import Path

from nasfe_cam.core.atomic_files import write_bytes, write_text
from nasfe_cam.core.errors import PathUnreachable
from nasfe_cam.core.user_files import FileKind, home_folder, kind_of

_NAME = "nasfe-cam-ui"
_LABEL = "io.nasfe-cam.window"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def start_command() -> list[str]:
    """What is run at the start: the window in the tray, with the camera on."""
    return [sys.executable, "-P", "-m", "ui", "--hidden", "--start"]


def entry_path(platform: str = sys.platform) -> Path:
    """The file that has the system start the window; not on Windows."""
    if platform == "darwin":
        return home_folder() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    folder = os.environ.get("XDG_CONFIG_HOME") or str(home_folder() / ".config")
    return Path(folder) / "autostart" / f"{_NAME}.desktop"


def starts_with_computer() -> bool:
    """Whether the window starts with the computer."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            winreg.QueryValueEx(key, _NAME)
            return True
        return False
    try:
        return kind_of(entry_path()) is FileKind.FILE
    except PathUnreachable:
        return False


def set_start_with_computer(on: bool) -> None:
    """Have the window start with the computer, or not; raises OSError or OutputFileFailed."""
    if sys.platform == "win32":
        _set_run_key(on)
        return
    path = entry_path()
    if not on:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "darwin":
        content = {"Label": _LABEL, "ProgramArguments": start_command(), "RunAtLoad": True}
        write_bytes(path, plistlib.dumps(content))
    else:
        write_text(path, desktop_entry())


def desktop_entry() -> str:
    """The desktop entry, as text."""
    # In Exec "%" and "\" have a meaning of their own beyond that of the quotes.
    command = shlex.join(start_command()).replace("\\", "\\\\").replace("%", "%%")
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=NASFE Camera",
        "Comment=Repairs your face in video meetings",
        "Comment[de]=Verbessert Ihr Gesicht in Videokonferenzen",
        f"Exec={command}",
        "Icon=camera-web",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def _set_run_key(on: bool) -> None:
    if sys.platform == "win32":
        import subprocess
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            if on:
                command = subprocess.list2cmdline(start_command())
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, command)
            else:
                with suppress(FileNotFoundError):
                    winreg.DeleteValue(key, _NAME)
