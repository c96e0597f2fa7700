"""What a program loads when it starts: steering a camera needs no runtime of networks or video."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = frozenset({"cv2", "mediapipe", "openvino", "av", "torch"})
OTHERS_OF_THE_HOST = HEAVY | {"pydantic", "rich", "typer", "psutil", "pyvirtualcam", "filelock"}


@pytest.mark.parametrize(
    "module",
    [
        "nasfe_cam.core.errors",
        "nasfe_cam.config.settings",
        "nasfe_cam.config.shipped_models",
        "nasfe_cam.control.client.connection",
        "nasfe_cam.control.client.supervisor",
        "nasfe_cam.control.client.preview_reader",
        "ui.main",
    ],
)
def test_a_steering_program_loads_no_runtime(module: str, repository: Path) -> None:
    assert loaded_by(f"import {module}", repository, HEAVY) == set()


@pytest.mark.parametrize(
    "arguments",
    ["status", "stop", "set retouch 60", "profiles list", "profiles --help"],
)
def test_a_command_that_runs_no_network_loads_no_runtime(arguments: str, repository: Path) -> None:
    assert loaded_by(command("nasfe_cam", arguments), repository, HEAVY) == set()


@pytest.mark.parametrize("arguments", ["--help", "--version"])
def test_the_help_of_the_camera_needs_no_numbers(arguments: str, repository: Path) -> None:
    heavy = HEAVY | {"numpy", "pydantic"}
    assert loaded_by(command("nasfe_cam", arguments), repository, heavy) == set()


@pytest.mark.parametrize("arguments", ["--help", "status"])
def test_a_short_answer_waits_for_no_tables(arguments: str, repository: Path) -> None:
    """Rich takes a fifth of the time in which `nasfe-cam status` should answer."""
    slow = frozenset({"rich.console", "rich.table"})
    assert loaded_by(command("nasfe_cam", arguments), repository, slow) == set()


def test_the_help_of_training_needs_no_network(repository: Path) -> None:
    assert loaded_by(command("train.cli", "--help"), repository, HEAVY | {"numpy"}) == set()


def test_a_command_that_runs_a_network_is_seen_to_load_it(repository: Path) -> None:
    assert "openvino" in loaded_by(command("nasfe_cam", "run --help"), repository, HEAVY)


def test_the_program_that_holds_the_camera_loads_numpy_alone(repository: Path) -> None:
    wanted = OTHERS_OF_THE_HOST | {"numpy"}
    assert loaded_by("import nasfe_cam.vcam_host.program", repository, wanted) == {"numpy"}


def command(module: str, arguments: str) -> str:
    """Code that runs a program as `python -m` does, in a process that can be asked afterwards."""
    return (
        "import runpy, sys\n"
        f"sys.argv[1:] = {arguments.split()!r}\n"
        "try:\n"
        f"    runpy.run_module({module!r}, run_name='__main__', alter_sys=True)\n"
        "except SystemExit:\n"
        "    pass"
    )


def loaded_by(code: str, repository: Path, wanted: frozenset[str]) -> set[str]:
    """Which of the wanted modules are loaded after this code has run in its own interpreter."""
    script = f"{code}\nimport sys\nprint('loaded:', *({set(wanted)!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    return set(done.stdout.splitlines()[-1].split()[1:])
