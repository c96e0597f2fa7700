"""The settings as the window shows them: from the file, the user and the camera."""

from __future__ import annotations

import time
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from nasfe_cam.config.names import SettingValue, live_settings, setting_values
from nasfe_cam.config.settings import Settings
from nasfe_cam.config.store import read_settings, save_settings
from nasfe_cam.control.protocol.messages import Status
from nasfe_cam.core.errors import NasfeError

_SAVE_MILLISECONDS = 400
# For so long after a change here, what the camera says of that setting may be older.
_OWN_SECONDS = 2.0


class SettingsModel(QObject):
    """Takes changes at once and writes them to the file a moment later.

    Signals:
        changed: there are other values to show.
        trouble: a `NasfeError`: the file cannot be read or written.

    Args:
        path: the settings file; None for that of the user.
    """

    changed = pyqtSignal()
    trouble = pyqtSignal(object)

    def __init__(self, path: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._now = Settings()
        self._unsaved: dict[str, SettingValue] = {}
        self._own_until: dict[str, float] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_MILLISECONDS)
        self._timer.timeout.connect(self.save)

    @property
    def now(self) -> Settings:
        """What the file holds, and what is about to be written there."""
        return self._now

    def read(self) -> None:
        """Read the file; the defaults count where that fails."""
        try:
            self._now = read_settings(self._path)
        except NasfeError as error:
            self.trouble.emit(error)
        self.changed.emit()

    def choose(self, name: str, value: SettingValue) -> None:
        """Take a change of the user; raises SettingsError for a refused value."""
        self._now = self._now.replaced({name: value})
        self._own_until[name] = time.monotonic() + _OWN_SECONDS
        self._unsaved[name] = value
        self._timer.start()
        self.changed.emit()

    def forget(self, name: str) -> None:
        """Do not write a change that the camera has refused; its next status says what counts."""
        self._own_until.pop(name, None)
        self._unsaved.pop(name, None)

    def follow(self, status: Status) -> None:
        """Take what another program changed, or an option of the start; it is not written."""
        now, own = time.monotonic(), setting_values(self._now)
        theirs = {
            name: status.settings[name]
            for name in live_settings()
            if name in status.settings and self._own_until.get(name, 0.0) < now
        }
        if any(own[name] != value for name, value in theirs.items()):
            self._now = self._now.replaced(dict(theirs))
            self.changed.emit()

    def save(self) -> None:
        """Write what was changed."""
        self._timer.stop()
        changes, self._unsaved = self._unsaved, {}
        if not changes:
            return
        try:
            save_settings(changes, self._path)
        except NasfeError as error:
            self.trouble.emit(error)
