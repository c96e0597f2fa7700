"""Runs a script as administrator."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.virtual_camera.elevation import run_elevated
from nasfe_cam.virtual_camera.errors import (
    AdministratorDeclined,
    AdministratorNeeded,
    SetupFailed,
)
from nasfe_cam.virtual_camera.windows import windows_folder


def run_as_administrator(script: str, *, terminal: bool = True) -> None:
    """Run the script with sh: directly for root, else through pkexec on a desktop, else sudo.

    On Windows run its lines with cmd, one after the other until one fails; Windows itself asks
    the user.

    Args:
        script: for sh, or lines for cmd.
        terminal: whether there is one, in which sudo asks for the password and in which is
            shown what the commands say.

    Raises:
        AdministratorNeeded, AdministratorDeclined: there is neither, or the password or the
            permission was not given.
        SetupFailed: a command of the script failed.
    """
    if sys.platform == "win32":
        _run_elevated(script)
        return
    done = subprocess.run(
        [*_prefix(terminal), "sh"],
        input=script,
        stdout=None if terminal else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    # pkexec: 126 is "not authorised", 127 "dismissed"; sudo tells 1 like any command.
    if done.returncode in (126, 127):
        raise AdministratorNeeded
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise SetupFailed(lines[-1].rstrip(".") if lines else f"exit code {done.returncode}")


def _run_elevated(script: str) -> None:
    shell = windows_folder() / "System32" / "cmd.exe"
    try:
        # With /s cmd takes off the outer quotes and leaves those within.
        code = run_elevated(str(shell), f'/d /s /c "{" && ".join(script.splitlines())}"')
    except OSError as error:
        raise SetupFailed(reason_of(error)) from None
    if code is None:
        raise AdministratorDeclined
    if code:
        raise SetupFailed(f"exit code {code}")


def _prefix(terminal: bool) -> list[str]:
    if os.geteuid() == 0:
        return []
    on_desktop = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if on_desktop and shutil.which("pkexec"):
        return ["pkexec"]
    if terminal and shutil.which("sudo"):
        return ["sudo"]
    raise AdministratorNeeded
