"""Starting and stopping small programs, also ones that behave badly."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.sinks.helper_program import HelperProgram

RunModule = Callable[[str], HelperProgram]


@pytest.fixture
def run_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunModule:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def run(source: str) -> HelperProgram:
        (tmp_path / "helper_under_test.py").write_text(source)
        return HelperProgram("helper_under_test", [])

    return run


def test_its_end_and_its_last_words_are_known(
    run_module: RunModule, wait_for: Callable[..., None]
) -> None:
    program = run_module("import sys; print('one\\ntwo', file=sys.stderr); sys.exit(7)")
    wait_for(lambda: program.exit_code() is not None)
    assert program.exit_code() == 7
    assert program.last_line() == "two"


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX's")
def test_ctrl_c_in_the_terminal_does_not_reach_it(run_module: RunModule) -> None:
    program = run_module("import time; time.sleep(60)")
    try:
        assert os.getpgid(program.process) != os.getpgid(0)
    finally:
        program.stop(patience=0.0)


def test_a_flood_of_messages_without_line_ends_does_not_stop_it(
    run_module: RunModule, wait_for: Callable[..., None]
) -> None:
    program = run_module(
        "import sys\nfor _ in range(20000): sys.stderr.write('error writing frame: busy ')"
    )
    wait_for(lambda: program.exit_code() is not None)
    assert program.exit_code() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without asking")
def test_a_program_that_ignores_the_request_to_end_is_forced(
    run_module: RunModule, tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    program = run_module(
        "import signal, time, pathlib\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(tmp_path / 'up')!r}).touch()\n"
        "time.sleep(60)"
    )
    wait_for(lambda: (tmp_path / "up").exists())
    begun = time.monotonic()
    program.stop(patience=0.2)
    assert program.exit_code() == -9
    assert time.monotonic() - begun < 5
