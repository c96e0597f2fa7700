"""Starts and watches `nasfe-cam run`, the program that does the work."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from PyQt6.QtCore import QObject, QProcess, pyqtSignal

_STOP_MILLISECONDS = 10_000


class CameraProcess(QObject):
    """The camera as a separate process; signals arrive in the window's thread.

    Signals:
        status: the newest status object, see `nasfe_cam.control.messages.Status`.
        message: one line for the user, such as an error.
        ended: the process is gone.
    """

    status = pyqtSignal(dict)
    message = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read_status)
        self._process.readyReadStandardError.connect(self._read_messages)
        self._process.finished.connect(self.ended)

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, arguments: Sequence[str]) -> None:
        """Run the camera with these options of `nasfe-cam run`."""
        self._process.start(sys.executable, ["-m", "nasfe_cam", "run", "--json", *arguments])

    def stop(self) -> None:
        """Ask it to end; it finishes its files first. Returns at once."""
        self._process.terminate()

    def close(self) -> None:
        """End it and wait, for the end of the window."""
        if self.running:
            self._process.terminate()
            if not self._process.waitForFinished(_STOP_MILLISECONDS):
                self._process.kill()
                self._process.waitForFinished()

    def _read_status(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                self.status.emit(json.loads(line))
            except json.JSONDecodeError:
                continue

    def _read_messages(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for line in text.splitlines():
            if line.startswith("nasfe-cam: "):
                self.message.emit(line.removeprefix("nasfe-cam: "))
