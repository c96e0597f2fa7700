"""A program is asked to end, and ends in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.processes.end_requests import ask_to_end

Start = Callable[..., "subprocess.Popen[str]"]

PROGRAM = """
import sys, threading
from pathlib import Path
from nasfe_cam.processes.end_requests import EndRequests
asked = threading.Event()
with EndRequests(asked.set):
    print("listens", flush=True)
    while not asked.wait(0.05):
        pass
    Path(sys.argv[1]).write_text("finished")
"""


@pytest.fixture
def program(start: Start, tmp_path: Path) -> subprocess.Popen[str]:
    program = start("-c", PROGRAM, tmp_path / "work")
    assert program.stdout is not None and program.stdout.readline() == "listens\n"
    return program


def test_it_finishes_its_work_when_another_program_asks(
    program: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert ask_to_end(program.pid)
    assert program.wait(60) == 0
    assert (tmp_path / "work").read_text() == "finished"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_ask_too(program: subprocess.Popen[str], tmp_path: Path, name: str) -> None:
    os.kill(program.pid, getattr(signal, name))
    assert program.wait(60) == 0
    assert (tmp_path / "work").read_text() == "finished"


def test_one_that_is_gone_cannot_be_asked(start: Start) -> None:
    gone = start("-c", "")
    gone.wait(60)
    assert not ask_to_end(gone.pid)
