"""Starts, watches and stops one of our small programs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from nasfe_cam.processes.child_options import (
    NO_WINDOW,
    OWN_GROUP,
    child_environment,
    python_program,
)
from nasfe_cam.vcam_host.ring_layout import Feedback, OutputState

_log = logging.getLogger(__name__)

_KEPT_BYTES = 4096
_STOP_SECONDS = 2.0


class HelperProgram:
    """One run of `python -m MODULE ARGUMENTS` in a process of its own.

    It is in a session of its own, so that Ctrl-C in the terminal reaches only the
    worker, which then stops its helpers in order.
    """

    def __init__(self, module: str, arguments: Sequence[str], *, reads_input: bool = False) -> None:
        """Start the program.

        Args:
            module: what is run.
            arguments: of its command line.
            reads_input: its standard input is open until `call`, or the end of this process.

        Raises:
            OSError: no process could be started.
        """
        # From here, so that `-m` finds this very package and never a stray
        # `numpy.py` in the user's folder.
        home = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            [python_program(), "-m", module, *arguments],
            cwd=home,
            stdin=subprocess.PIPE if reads_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=NO_WINDOW | OWN_GROUP,
            env=child_environment(),
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._said = _Tail(self._process.stdout, f"stdout of {module}")
        self._errors = _Tail(self._process.stderr, f"stderr of {module}")

    @property
    def process(self) -> int:
        """The process number."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How the program ended; negative for a signal, None while it runs."""
        return self._process.poll()

    def last_line(self) -> str:
        """The last line that the ended program wrote to stderr; empty if none."""
        return self._errors.last_line()

    def reason(self) -> str:
        """Why the ended program failed, as it told on stdout in JSON; empty if it did not."""
        try:
            told = json.loads(self._said.last_line())
        except ValueError:
            return ""
        reason = told.get("reason") if isinstance(told, dict) else None
        return reason if isinstance(reason, str) else ""

    def call(self) -> None:
        """Send a line to the program, which waits for it; it may have ended."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(b"\n")
        self._end_input()

    def kill(self) -> None:
        """End the program at once; it may hang."""
        self._process.kill()

    def stop(self, patience: float = _STOP_SECONDS) -> None:
        """Wait for the program to end, then ask, then force it; `patience` seconds for each."""
        self._end_input()
        if not self._ended(patience):
            self._process.terminate()
            if not self._ended(patience):
                self._process.kill()
                self._process.wait()
        self._said.wait()
        self._errors.wait()

    def _end_input(self) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def _ended(self, patience: float) -> bool:
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True


class AdoptedProgram:
    """A helper that an earlier run of ours has left running: it is not our child."""

    def __init__(self, process: psutil.Process) -> None:
        """Take over; `of` is the usual way."""
        self._process = process

    @classmethod
    def of(cls, feedback: Feedback, mark: str) -> AdoptedProgram | None:
        """The program that reported this, if it has not ended.

        Args:
            feedback: its last report.
            mark: one of its arguments; its number may be that of another program by now.
        """
        if feedback.state in (OutputState.NOT_STARTED, OutputState.ENDED):
            return None
        try:
            process = psutil.Process(feedback.process)
            ours = mark in process.cmdline()
        except psutil.Error:
            return None
        program = cls(process)
        return program if ours and program.exit_code() is None else None

    @property
    def process(self) -> int:
        """The process number."""
        return int(self._process.pid)

    def exit_code(self) -> int | None:
        """None while it runs; how it ended only its parent is told."""
        try:
            runs = self._process.is_running()
            return None if runs and self._process.status() != psutil.STATUS_ZOMBIE else 1
        except psutil.NoSuchProcess:
            return 1
        except psutil.Error:
            # It exists, and more need not be known.
            return None

    def last_line(self) -> str:
        """Nothing: it writes to pipes that nobody reads any more."""
        return ""

    def reason(self) -> str:
        """That it is gone."""
        return "it is gone"

    def kill(self) -> None:
        """End the program at once; it may hang."""
        with suppress(psutil.Error):
            self._process.kill()

    def stop(self, patience: float = _STOP_SECONDS) -> None:
        """Wait for the program to end, then force it."""
        deadline = time.monotonic() + patience
        while self.exit_code() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        if self.exit_code() is None:
            self.kill()
            deadline = time.monotonic() + patience
            while self.exit_code() is None and time.monotonic() < deadline:
                time.sleep(0.02)


class _Tail:
    """Reads a pipe to its end in a thread, and keeps the last bytes.

    In chunks, not lines: drivers write messages without a line end, and a full pipe
    would stop the program.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._kept = b""
        self._thread = threading.Thread(target=self._read, name=name, daemon=True)
        self._thread.start()

    def last_line(self) -> str:
        """Of what was written until the pipe was closed; empty if nothing was."""
        self.wait()
        lines = self._kept.decode("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def wait(self) -> None:
        """Wait a moment for the end of the pipe."""
        self._thread.join(timeout=_STOP_SECONDS)

    def _read(self) -> None:
        with self._stream as stream:
            while chunk := os.read(stream.fileno(), _KEPT_BYTES):
                _log.debug("%s", chunk.decode("utf-8", errors="replace").rstrip())
                self._kept = (self._kept + chunk)[-_KEPT_BYTES:]
