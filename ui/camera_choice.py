"""The choice of the camera, or of a clip in its place."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QFileDialog, QWidget

from nasfe_cam.errors import NasfeError
from nasfe_cam.settings import Settings
from ui.background import Task, run_in_background
from ui.finding_cameras import FoundCamera, find_cameras

_FILE = "\0file"
_AGAIN = "\0again"


class CameraChoice(QComboBox):
    """Lists the cameras that give pictures; looks for them in the background.

    Signals:
        chosen: a value for `source.source`.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Camera"))
        self._source = Settings().source.source
        self._found: list[FoundCamera] = []
        self._label = Settings().output.label
        self._task: Task | None = None
        self.activated.connect(self._take)
        self._fill()

    def show_source(self, source: str) -> None:
        """Show this as the one that is chosen."""
        if source != self._source or self.currentData() != source:
            self._source = source
            self._fill()

    def look(self) -> None:
        """Look for cameras again."""
        if self._task is None:
            label = self._label
            self._task = run_in_background(
                self, lambda task: find_cameras(label), self._show_found, self._keep
            )

    def choose_file(self) -> None:
        """Ask for a clip or picture."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Use a clip or a picture as the camera"),
            str(Path.home()),
            self.tr("Clips and pictures")
            + " (*.mp4 *.mkv *.mov *.avi *.webm *.jpg *.jpeg *.png *.webp *.bmp)",
        )
        if path:
            self._source = path
            self.chosen.emit(path)
        self._fill()

    def _show_found(self, found: list[FoundCamera]) -> None:
        self._task = None
        self._found = found
        self._fill()

    def _keep(self, error: NasfeError) -> None:
        # The camera itself says what is wrong once it is started.
        self._task = None

    def _fill(self) -> None:
        self.clear()
        for camera in self._found:
            self.addItem(camera.name, camera.source)
        if self.findData(self._source) < 0:
            self.insertItem(0, self._name_of(self._source), self._source)
        self.insertSeparator(self.count())
        self.addItem(self.tr("A clip or picture …"), _FILE)
        self.addItem(self.tr("Look for cameras again"), _AGAIN)
        self.setCurrentIndex(self.findData(self._source))

    def _name_of(self, source: str) -> str:
        if source.isdecimal():
            return self.tr("Camera {number}").format(number=source)
        return Path(source).name or source

    def _take(self, index: int) -> None:
        data = self.itemData(index)
        if data == _FILE:
            self.choose_file()
        elif data == _AGAIN:
            self._fill()
            self.look()
        elif isinstance(data, str) and data != self._source:
            self._source = data
            self.chosen.emit(data)
