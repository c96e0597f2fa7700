"""`nasfe-cam` as a user starts it."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.vm.picture import HEIGHT, WIDTH

BUILD = Path(__file__).parents[3] / "build" / "vm"
# A size, a rate and a network that the emulated processor can do; nothing else is unusual.
# The camera waits longer than by default for the next picture, and for a worker that is gone.
EASY = (
    *("--source", "Fake Webcam", "--capture-width", str(WIDTH), "--capture-height", str(HEIGHT)),
    *("--models", str(BUILD / "models"), "--model", "stand-in", "--light", "0", "--retouch", "100"),
    *("--width", str(WIDTH), "--height", str(HEIGHT), "--fps", "5", "--linger", "600"),
    *("--stale-after", "30", "--config", str(BUILD / "settings.toml")),
)


class Program:
    """One run of the program.

    Args:
        process: its number.
        log: where it writes what it prints.
        exit_code: where its exit code is written when it ends by itself.
    """

    def __init__(self, process: int, log: Path, exit_code: Path) -> None:
        self._worker = psutil.Process(process)
        self._log = log
        self._exit_code = exit_code
        self.started_at = time.monotonic()

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self._log.read_text(errors="replace")

    def is_running(self) -> bool:
        """Whether its worker still runs."""
        return bool(self._worker.is_running())

    def processes(self) -> list[psutil.Process]:
        """The worker, then what it started."""
        return [self._worker, *self._worker.children(recursive=True)]

    def memory(self) -> int:
        """Bytes of all of it in memory."""
        return sum(process.memory_info().rss for process in self.processes())

    def cpu_seconds(self) -> float:
        """Processor time of all of it so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

    def has_open(self, device: Path) -> bool:
        """Whether the worker has this device open."""
        descriptors = Path(f"/proc/{self._worker.pid}/fd")
        return any(os.path.realpath(entry) == str(device) for entry in descriptors.iterdir())

    def wait(self) -> int:
        """Wait for its end; the exit code."""
        self._worker.wait(float(os.environ["PATIENCE"]))
        return int(self._exit_code.read_text())

    def stop(self) -> int:
        """Ctrl+C, and how it ended."""
        self._worker.send_signal(signal.SIGINT)
        return self.wait()

    def end(self) -> None:
        """However it stands, let nothing of it run."""
        if self.is_running():
            self.kill_all()

    def kill_worker(self) -> float:
        """SIGKILL for the worker alone; the time of it."""
        self._worker.kill()
        self._worker.wait(10)
        return time.time()

    def kill_all(self) -> None:
        """SIGKILL for every part at once."""
        processes = self.processes()
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, 10)


class Launcher:
    """Starts programs; see `launcher`."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._numbers = itertools.count(1)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.vm.scenarios.launcher"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ready = False

    def run(self, *options: str, user: int = 0) -> Program:
        """Start `nasfe-cam run` with `EASY` and these options."""
        return self.start("run", *EASY, *options, user=user)

    def start(self, *arguments: str, user: int = 0) -> Program:
        """Start `nasfe-cam` with these arguments, as root or as another user."""
        if not self._ready:
            assert self._answer() == "ready"
            self._ready = True
        number = next(self._numbers)
        log = self._logs / f"program-{number}.log"
        runtime = Path(f"/run/user/{user}")
        runtime.mkdir(parents=True, exist_ok=True)
        os.chown(runtime, user, user)
        log.touch()
        exit_code = runtime / f"exit-{number}"
        assert self._process.stdin is not None
        start = {
            "arguments": arguments,
            "environment": {"HOME": str(runtime), "XDG_RUNTIME_DIR": str(runtime)},
            "exit_code": str(exit_code),
            "log": str(log),
            "user": user,
        }
        print(json.dumps(start), file=self._process.stdin, flush=True)
        return Program(int(self._answer()), log, exit_code)

    def ask(self, *arguments: str) -> str:
        """Run `nasfe-cam` with these arguments to its end; what it printed."""
        program = self.start(*arguments)
        assert program.wait() == 0, program.said
        return program.said

    def close(self) -> None:
        """End the launcher; what it started goes on."""
        self._process.kill()
        self._process.wait()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the launcher has ended"
        return line.strip()
