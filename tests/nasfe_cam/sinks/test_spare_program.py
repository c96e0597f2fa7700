"""Keeping a program ready, also one that dies or is halted while it waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from nasfe_cam.sinks import spare_program
from nasfe_cam.sinks.helper_program import HelperProgram
from nasfe_cam.sinks.spare_program import SpareProgram
from tests.nasfe_cam.stand_ins import eventually

# Ends with 7 when it is called, and with 0 when nobody can call it any more.
WAITING = "import sys; sys.exit(7 if sys.stdin.readline() else 0)"


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[HelperProgram]]:
    """The programs that the spare has started so far."""
    (tmp_path / "waiting.py").write_text(WAITING)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(spare_program, "_LEAST_MEMORY_BYTES", 0)
    programs: list[HelperProgram] = []
    yield programs
    for program in programs:
        program.kill()
        program.stop()


@pytest.fixture
def spare(started: list[HelperProgram]) -> Iterator[SpareProgram]:
    def start() -> HelperProgram:
        started.append(HelperProgram("waiting", [], reads_input=True))
        return started[-1]

    spare = SpareProgram(start)
    yield spare
    spare.close()


def test_one_waits_until_it_is_taken(
    spare: SpareProgram, started: list[HelperProgram], wait_for: Callable[..., None]
) -> None:
    assert spare.take() is None
    spare.keep()
    spare.keep()
    (waiting,) = started
    assert spare.take() is waiting
    wait_for(lambda: waiting.exit_code() is not None)
    assert waiting.exit_code() == 7
    spare.keep()
    assert len(started) == 2


def test_one_that_nobody_can_call_any_more_ends_by_itself(
    spare: SpareProgram, started: list[HelperProgram]
) -> None:
    spare.keep()
    started[0].stop(patience=60.0)
    assert started[0].exit_code() == 0


@pytest.mark.parametrize(
    "fault",
    [
        "kill",
        pytest.param(
            "suspend",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal"),
        ),
    ],
)
def test_one_that_dies_or_is_halted_is_not_taken_but_replaced(
    spare: SpareProgram, started: list[HelperProgram], fault: str
) -> None:
    spare.keep()
    getattr(psutil.Process(started[0].process), fault)()

    def replaced() -> bool:
        spare.keep()
        return len(started) == 2

    assert eventually(replaced)
    assert started[0].exit_code() is not None, "it is not left behind"
    getattr(psutil.Process(started[1].process), fault)()
    assert eventually(lambda: _is_dead_or_halted(started[1].process))
    assert spare.take() is None


def test_where_memory_is_short_there_is_none(
    spare: SpareProgram, started: list[HelperProgram], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spare_program, "_LEAST_MEMORY_BYTES", 1 << 30)
    short = SimpleNamespace(available=(1 << 30) - 1)
    monkeypatch.setattr("nasfe_cam.sinks.spare_program.psutil.virtual_memory", lambda: short)
    spare.keep()
    assert started == [] and spare.take() is None


def _is_dead_or_halted(process: int) -> bool:
    try:
        status = psutil.Process(process).status()
    except psutil.NoSuchProcess:
        return True
    return status in (psutil.STATUS_ZOMBIE, psutil.STATUS_STOPPED)
