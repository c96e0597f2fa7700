"""The program as somebody on Windows uses it; these tests themselves run on Linux."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
PYTHON = HERE / "python.sh"
# Starting Python and importing everything takes seconds, on a busy machine a minute.
SECONDS = 600
# As in environment.sh.
KEPT = Path(os.environ.get("NASFE_WINDOWS", "/var/tmp/nasfe-cam-windows"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said; `code` is its exit code."""

    code: int
    said: str
    errors: str


class Windows:
    """Runs Windows' Python with a user's folders of its own.

    Attributes:
        folder: working folder of the programs, with a space and letters of two alphabets.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "Jürgen Müller 中"
        self.folder.mkdir()
        self._environment = {
            **os.environ,
            "WIN_PD_OVERRIDE_LOCAL_APPDATA": as_windows(self.folder / "AppData"),
            # Without it Python for Windows writes the code page of the country to a pipe.
            "PYTHONIOENCODING": "utf-8:backslashreplace",
        }
        self._started: list[subprocess.Popen[str]] = []

    def nasfe_cam(self, *arguments: object) -> Answer:
        """`nasfe-cam ARGUMENTS`, to its end."""
        return self.python("-P", "-m", "nasfe_cam", *arguments)

    def python(self, *arguments: object, **environment: str) -> Answer:
        """`python ARGUMENTS`, to its end; with further variables of the environment."""
        process = self.start(*arguments, **environment)
        said, errors = process.communicate(timeout=SECONDS)
        return Answer(process.returncode, said, errors)

    def start(self, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        """`python ARGUMENTS`; what still runs at the end of the test is killed."""
        process = subprocess.Popen(
            [PYTHON, *(str(one) for one in arguments)],
            cwd=self.folder,
            env=self._environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",  # Wine writes its own reports otherwise
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """Kill what was started, with all that it started."""
        for process in self._started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for stream in (process.stdout, process.stderr):
                assert stream is not None
                stream.close()


def as_windows(path: Path) -> str:
    """How a Windows program names a path of this machine."""
    return "Z:" + str(path).replace("/", "\\")


@pytest.fixture(scope="session", autouse=True)
def running_windows() -> Iterator[None]:
    """Windows' own services, started by a program that nobody waits for and kept running by it.

    They inherit the streams of the program that starts them, and run for as long as any program
    does: what reads these streams to their end would wait for all the others too.
    """
    waiting = "import sys; print('ready', flush=True); sys.stdin.read()"
    process = subprocess.Popen(
        [PYTHON, "-c", waiting],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    yield
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    windows = Windows(tmp_path)
    yield windows
    windows.close()


@pytest.fixture
def unity_capture() -> Iterator[Path]:
    """A filter that registers itself as Unity Capture's does, where the installer puts that."""
    python = KEPT / "prefix" / "drive_c" / "python"
    folder = python / "UnityCapture"
    folder.mkdir()
    yield Path(shutil.copy(python / "camera_filter.dll", folder / "UnityCaptureFilter64bit.dll"))
    shutil.rmtree(folder)


@pytest.fixture
def wait_for() -> Callable[[Callable[[], object]], None]:
    """Wait until a condition holds."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.5)

    return wait
