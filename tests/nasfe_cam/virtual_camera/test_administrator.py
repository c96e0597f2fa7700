"""How the rights of the administrator are asked for, with stand-ins for pkexec and sudo.

What they end with is what those of Debian 12 do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.virtual_camera import installation
from nasfe_cam.virtual_camera.administrator import run_as_administrator
from nasfe_cam.virtual_camera.errors import (
    AdministratorDeclined,
    AdministratorNeeded,
    ModuleNotInstalled,
    NobodyAsksForPassword,
    SetupError,
    SetupFailed,
)
from nasfe_cam.virtual_camera.linux import LoopbackState
from nasfe_cam.virtual_camera.state import VirtualCameraState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows asks by itself")

LET_THROUGH = 'while [ "${1#-}" != "$1" ]; do shift; done; exec "$@"'
"""Behaves like pkexec and sudo after the right password."""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts a program on the otherwise empty path of a user; returns where its arguments are."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "touch"):
        (programs / name).symlink_to(Path("/bin") / name)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SHELL", "/opt/odd-shell")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    def make(name: str, does: str) -> Path:
        seen = tmp_path / f"{name}.seen"
        (programs / name).write_text(f'#!/bin/sh\necho "$@ by $SHELL" >{seen}\n{does}\n')
        (programs / name).chmod(0o755)
        return seen

    return make


@pytest.mark.parametrize(
    ("terminal", "arguments"), [(False, "--disable-internal-agent sh"), (True, "sh")]
)
def test_pkexec_runs_the_script_and_asks_in_the_terminal_only_where_somebody_looks_at_it(
    stand_in: Callable[..., Path], tmp_path: Path, terminal: bool, arguments: str
) -> None:
    seen = stand_in("pkexec", LET_THROUGH)
    run_as_administrator(f"set -e\ntouch {tmp_path}/done\n", terminal=terminal)
    assert (tmp_path / "done").exists()
    assert seen.read_text().strip() == f"{arguments} by /bin/sh"


@pytest.mark.parametrize(
    ("code", "error"), [(126, AdministratorDeclined), (127, AdministratorNeeded)]
)
def test_a_closed_question_is_told_from_a_wrong_password(
    stand_in: Callable[..., Path], code: int, error: type[SetupError]
) -> None:
    stand_in("pkexec", f"exit {code}")
    with pytest.raises(error):
        run_as_administrator("set -e\n", terminal=False)


@pytest.mark.parametrize("code", [1, 126, 127])
def test_a_command_that_fails_is_not_taken_for_a_refusal(
    stand_in: Callable[..., Path], code: int
) -> None:
    stand_in("pkexec", LET_THROUGH)
    with pytest.raises(SetupFailed, match="it did not work"):
        run_as_administrator(
            f"set -e\necho it did not work. >&2\nsh -c 'exit {code}'\n", terminal=False
        )


def test_without_pkexec_the_window_says_that_nobody_can_ask(
    stand_in: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = stand_in("sudo", LET_THROUGH)
    with pytest.raises(NobodyAsksForPassword):
        run_as_administrator("set -e\n", terminal=False)
    assert not seen.exists(), "sudo would wait for a terminal"
    stand_in("pkexec", LET_THROUGH)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NobodyAsksForPassword):
        run_as_administrator("set -e\n", terminal=False)


def test_in_a_terminal_sudo_takes_its_place(stand_in: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(NobodyAsksForPassword):
        run_as_administrator("set -e\n")
    stand_in("sudo", LET_THROUGH)
    run_as_administrator(f"touch {tmp_path}/done\n")
    assert (tmp_path / "done").exists()
    stand_in("sudo", "echo somebody is not in the sudoers file. >&2; exit 1")
    with pytest.raises(AdministratorNeeded):
        run_as_administrator("set -e\n")


@pytest.mark.parametrize(
    ("version", "error"), [("", ModuleNotInstalled), ("installed", SetupFailed)]
)
def test_a_package_that_cannot_be_had_is_told_from_a_camera_in_use(
    monkeypatch: pytest.MonkeyPatch, version: str, error: type[SetupError]
) -> None:
    found = LoopbackState(
        camera=VirtualCameraState("NASFE Camera", present=False),
        version=version,
        signed=False,
        secure_boot=False,
        persistent=False,
        foreign_options=(),
        package_command="sudo apt install v4l2loopback-dkms",
    )

    def fail(_script: str, *, terminal: bool) -> None:
        raise SetupFailed("E: Unable to locate package")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(installation, "installing_script", lambda _label: "set -e\n")
    monkeypatch.setattr(installation, "look_at_loopback", lambda _label: found)
    monkeypatch.setattr(installation, "run_as_administrator", fail)
    with pytest.raises(error, match="Unable to locate package"):
        installation.install_virtual_camera("NASFE Camera")
