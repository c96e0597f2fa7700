"""Starting, watching and stopping one of our small programs."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import nasfe_cam

_log = logging.getLogger(__name__)

_KEPT_BYTES = 4096
_STOP_SECONDS = 2.0


class HelperProgram:
    """One run of `python -m MODULE ARGUMENTS` in a process of its own.

    It is in a session of its own, so that Ctrl-C in the terminal reaches only the
    worker, which then stops its helpers in order.
    """

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        """Start the program.

        Raises:
            OSError: no process could be started.
        """
        # From here, so that `-m` finds this very package and never a stray
        # `numpy.py` in the user's folder.
        home = Path(nasfe_cam.__file__).resolve().parent.parent
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._errors = b""
        assert self._process.stderr is not None
        self._drain = threading.Thread(
            target=self._read_errors,
            args=(self._process.stderr,),
            name=f"stderr of {module}",
            daemon=True,
        )
        self._drain.start()

    @property
    def process(self) -> int:
        """The process number."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """How the program ended; negative for a signal, None while it runs."""
        return self._process.poll()

    def last_line(self) -> str:
        """The last line that the ended program wrote to stderr; empty if none."""
        self._drain.join(timeout=_STOP_SECONDS)
        lines = self._errors.decode("utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def stop(self, patience: float = _STOP_SECONDS) -> None:
        """Wait for the program to end, then ask, then force it; `patience` seconds for each."""
        if not self._ended(patience):
            self._process.terminate()
            if not self._ended(patience):
                self._process.kill()
                self._process.wait()
        self._drain.join(timeout=_STOP_SECONDS)

    def _ended(self, patience: float) -> bool:
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _read_errors(self, stream: IO[bytes]) -> None:
        # Chunks, not lines: drivers write messages without a line end, and a full
        # pipe would stop the program.
        with stream:
            while chunk := os.read(stream.fileno(), _KEPT_BYTES):
                _log.debug("%s", chunk.decode("utf-8", errors="replace").rstrip())
                self._errors = (self._errors + chunk)[-_KEPT_BYTES:]
