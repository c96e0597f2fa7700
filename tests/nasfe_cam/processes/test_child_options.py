"""Programs that start programs: no black window, and every letter arrives."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nasfe_cam.processes.child_options import child_environment, python_program

ROOT = Path(__file__).resolve().parents[3]
# They run on Linux only.
FOR_LINUX = {"nasfe_cam/virtual_camera/linux.py", "nasfe_cam/virtual_camera/administrator.py"}
STARTERS = {f"subprocess.{name}" for name in ("run", "Popen", "call", "check_call", "check_output")}
WORDS = "Gesicht für Jürgen Müller: 中文"


def starts_of_programs() -> list[tuple[str, ast.Call]]:
    """Each call of subprocess in what is installed, with its file and line."""
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node)
        for package in ("nasfe_cam", "engine", "ui")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in FOR_LINUX
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in STARTERS
    ]


def source_of_flags(place: str, name: str) -> str:
    """The lines of that file that set the variable `name`."""
    lines = (ROOT / place.partition(":")[0]).read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if re.match(rf"\s*{name} \|?= ", line))


def test_every_program_is_started_without_a_console_window() -> None:
    starts = starts_of_programs()
    assert len(starts) >= 6
    for place, call in starts:
        options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        flags = options.get("creationflags", "")
        assert "NO_WINDOW" in flags or "CREATE_NO_WINDOW" in source_of_flags(place, flags), place
        assert "stdin" in options, f"{place}: a program without a console has no standard input"


def test_every_program_of_ours_is_told_to_write_utf_8() -> None:
    # Those of engines print ASCII.
    for place, call in (one for one in starts_of_programs() if "engine/" not in one[0]):
        options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert options.get("env", "").startswith("child_environment("), place


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_every_letter_reaches_the_program_that_reads_the_pipe(
    stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What Windows does by itself in western Europe.
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; print({WORDS!a}, file=sys.{stream})"],
        env=child_environment(),
        capture_output=True,
        check=True,
    )
    assert getattr(done, stream).decode("utf-8").strip() == WORDS


def test_a_letter_that_an_encoding_lacks_is_written_otherwise(tmp_path: Path) -> None:
    program = (
        "from nasfe_cam.processes.standard_streams import settle_streams\n"
        f"settle_streams()\nprint({WORDS!a})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**child_environment(), "PYTHONIOENCODING": "cp1252"},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode("cp1252").strip() == r"Gesicht für Jürgen Müller: \u4e2d\u6587"


def test_a_program_that_heeds_no_environment_writes_what_it_is_asked_for() -> None:
    # As PyInstaller's do.
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from nasfe_cam.processes.standard_streams import settle_streams\n"
        f"settle_streams()\nprint({WORDS!a})\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8=0", "-c", program],
        env={**child_environment(), "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode("utf-8").strip() == WORDS


def test_no_starter_stands_between_us_and_a_program_that_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As in a virtual environment on Windows, whose python.exe starts Python in a second process.
    base = sys._base_executable  # type: ignore[attr-defined]
    starter = str(Path(sys.prefix) / "Scripts" / "python.exe")
    monkeypatch.setattr(sys, "executable", starter)
    monkeypatch.setattr(os, "name", "nt")
    assert python_program() == base
    assert child_environment()["__PYVENV_LAUNCHER__"] == starter
    # Frozen, or installed for everybody, there is none.
    monkeypatch.setattr(sys, "_base_executable", sys.executable)
    assert python_program() == sys.executable
    assert "__PYVENV_LAUNCHER__" not in child_environment()


def test_what_is_watched_by_its_number_is_the_program_itself() -> None:
    for name in ("nasfe_cam/sinks/helper_program.py", "nasfe_cam/control/client/launcher.py"):
        calls = [
            ast.unparse(call) for place, call in starts_of_programs() if place.startswith(name)
        ]
        assert calls and all("[python_program(), " in call for call in calls), name
