"""The choice of a camera, or of a clip instead."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QFileDialog, QWidget

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.user_files import home_folder
from nasfe_cam.image_io.photo_files import CLIP_SUFFIXES, PHOTO_SUFFIXES
from ui.services.camera_finder import FoundCamera, find_cameras
from ui.services.tasks import Task, run_in_background

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
        self._found: list[FoundCamera] | None = None
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
        suffixes = " ".join(f"*{suffix}" for suffix in sorted(CLIP_SUFFIXES | PHOTO_SUFFIXES))
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Use a clip or a picture as the camera"),
            str(home_folder()),
            f"{self.tr('Clips and pictures')} ({suffixes})",
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
        for camera in self._found or ():
            self.addItem(camera.name, camera.source)
        if self.findData(self._source) < 0:
            self.insertItem(0, self._name_of(self._source), self._source)
        self.insertSeparator(self.count())
        self.addItem(self.tr("A clip or picture …"), _FILE)
        self.addItem(self.tr("Look for cameras again"), _AGAIN)
        self.setCurrentIndex(self.findData(self._source))

    def _name_of(self, source: str) -> str:
        if not source.isdecimal():
            return Path(source).name or source
        if self._found is None:
            # What is plugged in is not known yet.
            return self.tr("The first camera") if source == "0" else self._number(source)
        if not self._found:
            return self.tr("No camera found")
        return self.tr("{camera}, not found").format(camera=self._number(source))

    def _number(self, source: str) -> str:
        return self.tr("Camera {number}").format(number=source)

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
