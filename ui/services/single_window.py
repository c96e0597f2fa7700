"""One window for each user: a second start shows the first one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import QFileSystemWatcher, QObject, pyqtSignal

from nasfe_cam.vcam_host.file_lock import try_lock

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


class SingleWindow(QObject):
    """The right to be the window of this user, which ends with the process.

    A file says that somebody has started the program again: it needs no connection, and
    what is in a folder of the user's own comes from the user.

    Signals:
        wanted: the program was started again.

    Args:
        folder: owner-only, and there already.
    """

    wanted = pyqtSignal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = folder / "window.wanted"
        self._watcher = QFileSystemWatcher(self)
        self._descriptor = os.open(
            folder / "window.lock", os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600
        )
        self.first = try_lock(self._descriptor)
        if self.first:
            self._request.unlink(missing_ok=True)
            self._watcher.addPath(str(folder))
            self._watcher.directoryChanged.connect(self._look)

    def ask_first(self) -> None:
        """Have the first window come forward."""
        self._request.touch(0o600)

    def close(self) -> None:
        """Let another window be the first."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _look(self) -> None:
        with suppress(FileNotFoundError):
            self._request.unlink()
            self.wanted.emit()
