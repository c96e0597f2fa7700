"""Runs a script with the rights of the administrator."""

from __future__ import annotations

import os
import shutil
import subprocess

from nasfe_cam.installing.errors import AdministratorNeeded, SetupFailed


def run_as_administrator(script: str) -> None:
    """Run the script with sh: directly for root, else through pkexec on a desktop, else sudo.

    Raises:
        AdministratorNeeded: there is neither, or the password was not given.
        SetupFailed: a command of the script failed.
    """
    done = subprocess.run(
        [*_prefix(), "sh"], input=script, stderr=subprocess.PIPE, text=True, check=False
    )
    # pkexec: 126 is "not authorised", 127 "dismissed"; sudo tells 1 like any command.
    if done.returncode in (126, 127):
        raise AdministratorNeeded
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise SetupFailed(lines[-1] if lines else f"exit code {done.returncode}")


def _prefix() -> list[str]:
    if os.geteuid() == 0:
        return []
    on_desktop = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if on_desktop and shutil.which("pkexec"):
        return ["pkexec"]
    if shutil.which("sudo"):
        return ["sudo"]
    raise AdministratorNeeded
