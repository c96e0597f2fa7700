"""What a frozen program runs, tried unfrozen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.core.version import __version__

PROGRAM = Path(__file__).parents[2] / "packaging" / "pyinstaller" / "program.py"


@pytest.mark.parametrize("options", [(), ("-P", "-m", "nasfe_cam"), ("-m", "nasfe_cam")])
def test_it_is_the_command_and_understands_how_the_camera_starts_its_parts(
    options: tuple[str, ...],
) -> None:
    assert printed(*options, "--version") == f"nasfe-cam {__version__}\n"


def test_a_module_gets_its_own_arguments_only() -> None:
    assert "--ring RING" in printed("-m", "nasfe_cam.vcam_host", "--help")


def printed(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={"PYTHONPATH": str(PROGRAM.parents[2]), "PATH": ""},
    )
    return done.stdout
