"""`nasfe-cam run` as a user starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

BUILD = Path(__file__).parents[3] / "build" / "vm"
COMMAND = [str(Path(sys.executable).with_name("nasfe-cam"))]
# A picture rate and a network that the emulated processor can do; nothing else is unusual.
# The camera outlives a crash longer than by default, since here the program starts slowly.
EASY = [
    *("--source", "Fake Webcam", "--capture-width", "640", "--capture-height", "360"),
    *("--models", str(BUILD / "models"), "--model", "stand-in", "--tone-match", "0"),
    *("--fps", "15", "--linger", "120"),
]


class Program:
    """One run of the program."""

    def __init__(self, log: Path, *options: str) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*COMMAND, "run", *EASY, *options], stdout=output, stderr=output
            )

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self._log.read_text(errors="replace")

    def processes(self) -> list[psutil.Process]:
        """The worker, then what it started."""
        worker = psutil.Process(self._process.pid)
        return [worker, *worker.children(recursive=True)]

    def has_open(self, device: Path) -> bool:
        """Whether the worker has this device open."""
        folder = Path(f"/proc/{self._process.pid}/fd")
        return any(os.path.realpath(entry) == str(device) for entry in folder.iterdir())

    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def stop(self) -> int:
        """Ctrl+C, and how it ended."""
        if self.runs():
            self._process.send_signal(signal.SIGINT)
        return self._process.wait(60)

    def kill_worker(self) -> float:
        """SIGKILL for the worker alone; the time of it."""
        self._process.kill()
        self._process.wait()
        return time.time()

    def kill_all(self) -> None:
        """SIGKILL for every part at once."""
        for process in self.processes():
            process.kill()
        self._process.wait()


def run_to_end(*options: str, user: int = 0) -> subprocess.CompletedProcess[str]:
    """A run that should end by itself, with what it printed."""
    command = [*COMMAND, "run", *EASY, *options]
    if user:
        command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
    home = {"HOME": "/tmp", "XDG_RUNTIME_DIR": f"/run/user/{user}"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=240, env=os.environ | home
    )
