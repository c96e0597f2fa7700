"""How the window starts and ends, as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nasfe_cam.config.system_libraries import (
    APT_PACKAGES,
    SystemLibraryMissing,
    missing_library,
)
from nasfe_cam.control.protocol.endpoint import default_endpoint
from tests.ui.conftest import HOME, eventually
from ui.main import _parser
from ui.services.single_window import SingleWindow
from ui.start import NoDisplay, WindowNotInstalled, why_not_imported, why_not_started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays and signals of Linux")

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `nasfe-cam-ui`; it is killed when the test ends."""
    started: list[subprocess.Popen[str]] = []

    def start_window(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        preferences = tmp_path / "window.ini"
        preferences.write_text("[General]\nguided=true\n")
        options = ["--preferences", str(preferences), *arguments]
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "ui", *options],
                env=os.environ | {"PYTHONPATH": str(HOME)} | environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start_window
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    "environment",
    [
        {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        {"QT_QPA_PLATFORM": "", "DISPLAY": ":4711", "WAYLAND_DISPLAY": ""},
        {"QT_QPA_PLATFORM": "no-such-platform"},
    ],
)
def test_where_qt_cannot_start_one_sentence_says_why(
    start: Start, environment: dict[str, str]
) -> None:
    process = start(**environment)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2, "an exit, and no abort"
    (line,) = said.splitlines()
    assert line.startswith("nasfe-cam-ui: ") and ("install" in line or "nasfe-cam run" in line)


def test_a_missing_library_is_said_with_the_command_that_installs_it() -> None:
    linker = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    found = missing_library(linker)
    assert isinstance(found, SystemLibraryMissing) and found.library == "libEGL.so.1"
    assert "sudo apt install" in str(found) and "libegl1" in str(found)
    assert isinstance(why_not_imported(linker), SystemLibraryMissing)
    assert why_not_imported(ImportError("cannot import name 'x'", name="ui.window")) is None


def test_a_missing_window_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.start.find_spec", lambda _name: None)
    gone = ModuleNotFoundError("No module named 'PyQt6'", name="PyQt6")
    assert isinstance(why_not_imported(gone), WindowNotInstalled)


def test_no_display_is_told_from_a_display_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.start._library_of_plugin", lambda _name: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    monkeypatch.setenv("DISPLAY", ":4711")
    assert ":4711" in str(why_not_started("fatal"))
    monkeypatch.setenv("DISPLAY", "")
    error = why_not_started("fatal")
    assert isinstance(error, NoDisplay) and "no display" in str(error)


def test_readme_guide_ci_and_package_name_the_libraries(repository: Path) -> None:
    for name in ("README.md", "docs/install.md", ".ci/run", "packaging/deb/files/control"):
        words = set(re.findall(r"[a-z0-9][-a-z0-9.]+", (repository / name).read_text()))
        assert set(APT_PACKAGES) <= words, f"{name}: {set(APT_PACKAGES) - words}"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_window_at_once(start: Start, name: str, tmp_path: Path) -> None:
    process = start()
    assert eventually(lambda: _is_open(process)), "it opened"
    asked = time.monotonic()
    process.send_signal(signal.Signals[name])
    _, said = process.communicate(timeout=60)
    # Less than a second on a quiet machine.
    assert process.returncode == 0 and time.monotonic() - asked < 5
    assert said == ""
    # Nothing is left to Qt's destructors, which are never called.
    assert "geometry=" in (tmp_path / "window.ini").read_text()


def test_a_second_start_shows_the_first_window(start: Start, tmp_path: Path) -> None:
    folder = default_endpoint().folder
    folder.mkdir(mode=0o700, parents=True)
    first = SingleWindow(folder)
    asked: list[bool] = []
    first.wanted.connect(lambda: asked.append(True))
    second = start()
    second.communicate(timeout=120)
    assert second.returncode == 0, "it ends"
    assert eventually(lambda: asked), "and the first is told"
    start("--hidden").communicate(timeout=120)
    assert len(asked) == 1, "the start of the computer shows no window"
    first.close()
    third = start()
    assert eventually(lambda: _is_open(third)), "the right ends with its holder"


def _is_open(process: subprocess.Popen[str]) -> bool:
    """Whether it has Python's handlers for its signals, which it takes when it is open."""
    assert process.poll() is None, "the window ended"
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(status.split("SigCgt:")[1].split()[0], 16)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def test_the_help_says_what_the_window_is_and_where_other_options_go(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        _parser().parse_args(["-h"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert "the people who are enrolled" in said and "nasfe-cam run --help" in said


def test_an_option_of_the_camera_is_not_taken_for_one_of_the_window() -> None:
    own, for_camera = _parser().parse_known_args(["--hid", "--source", "1", "--start"])
    assert own.start and not own.hidden
    assert for_camera == ["--hid", "--source", "1"]
