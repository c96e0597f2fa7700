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
    NobodyAsksForPassword,
    SetupFailed,
)
from nasfe_cam.virtual_camera.windows import windows_folder

# A failing command can end with any code, also with one of pkexec or sudo; this one is of neither.
_SCRIPT_FAILED = 3
_TELL_FAILURE = f"trap '[ $? -eq 0 ] || exit {_SCRIPT_FAILED}' EXIT\n"
_DISMISSED = 126
"""Of pkexec: its question was closed. 127: a wrong password, or no desktop that asks."""


def run_as_administrator(script: str, *, terminal: bool = True) -> None:
    """Run the script with sh: directly for root, else through pkexec on a desktop, else sudo.

    On Windows run its lines with cmd, one after the other until one fails; Windows itself asks
    the user.

    Args:
        script: for sh, or lines for cmd.
        terminal: whether there is one, in which sudo asks for the password and in which is
            shown what the commands say.

    Raises:
        NobodyAsksForPassword: there is neither.
        AdministratorDeclined: the user closed the question.
        AdministratorNeeded: the password was wrong, or no desktop asked for it.
        SetupFailed: a command of the script failed.
    """
    if sys.platform == "win32":
        _run_elevated(script)
        return
    prefix = _prefix(terminal)
    done = subprocess.run(
        [*prefix, "sh"],
        input=_TELL_FAILURE + script,
        stdout=None if terminal else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        # pkexec refuses users whose own shell is not in /etc/shells.
        env=os.environ | {"SHELL": "/bin/sh"},
    )
    if done.returncode == _SCRIPT_FAILED:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise SetupFailed(lines[-1].rstrip(".") if lines else "a command failed")
    if done.returncode == _DISMISSED and "pkexec" in prefix:
        raise AdministratorDeclined
    if done.returncode:
        raise AdministratorNeeded


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
        # Where no desktop asks, pkexec itself does: in the terminal, which nobody looks at
        # while the window waits.
        return ["pkexec"] if terminal else ["pkexec", "--disable-internal-agent"]
    if terminal and shutil.which("sudo"):
        return ["sudo"]
    raise NobodyAsksForPassword
