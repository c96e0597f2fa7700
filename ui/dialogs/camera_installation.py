"""Installs the virtual camera, or shows how that is done on this computer."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QGuiApplication
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.virtual_camera.installation import can_be_installed, install_virtual_camera
from nasfe_cam.virtual_camera.state import find_virtual_camera, install_step
from ui.dialogs.text_dialog import TextDialog
from ui.i18n.translated_statements import worded
from ui.services.tasks import run_in_background


class InstallDialog(TextDialog):
    """Installs it after asking for the password; shows the command as the second way.

    Signals:
        installed: the virtual camera is there now.

    Args:
        label: name of the virtual camera.
        install: does it, in a thread; raises NasfeError.
    """

    installed = pyqtSignal()

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        install: Callable[[str], None] = install_virtual_camera,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._install = install
        self._works = False
        self.setWindowTitle(self.tr("Install the virtual camera"))
        self.setMinimumWidth(560)
        by_itself = can_be_installed()
        text = QLabel(self.tr("Meetings see the picture through a virtual camera."))
        text.setWordWrap(True)
        self.state = QLabel(
            self.tr("It is installed once. Your password is asked for; this can take some minutes.")
            if by_itself
            else self.tr("It has to be installed once:")
        )
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.hide()
        self.install = QPushButton(self.tr("Install"))
        self.install.setProperty("role", "primary")
        self.install.setDefault(True)
        self.install.setVisible(by_itself)
        self.install.clicked.connect(self._begin)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        ends = QHBoxLayout()
        ends.addStretch(1)
        ends.addWidget(self.close_button)
        ends.addWidget(self.install)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text)
        column.addWidget(self.state)
        column.addWidget(self.progress)
        if by_itself:
            other_way = QLabel(self.tr("Or in a terminal:"))
            other_way.setProperty("role", "muted")
            column.addWidget(other_way)
        column.addLayout(self._make_command())
        column.addLayout(ends)
        (self.install if by_itself else self.copy).setFocus()

    def reject(self) -> None:
        """Close it, but not while something is being installed."""
        if not self._works:
            super().reject()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if self._works and event is not None:
            event.ignore()
            return
        super().closeEvent(event)

    def _make_command(self) -> QHBoxLayout:
        step = worded(install_step(find_virtual_camera(self._label)).statement)
        self.command = QLabel(step)
        self.command.setProperty("role", "command")
        self.command.setWordWrap(True)
        self.command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.command, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _begin(self) -> None:
        self._show_work(True)
        self.state.setText(self.tr("Installing … Another window asks for your password."))
        label, install = self._label, self._install
        run_in_background(
            self, lambda _task: install(label), self._show_success, self._show_failure
        )

    def _show_work(self, works: bool) -> None:
        self._works = works
        self.progress.setVisible(works)
        self.install.setEnabled(not works)
        self.close_button.setEnabled(not works)

    def _show_success(self, _nothing: object) -> None:
        self._show_work(False)
        self.state.setText(self.tr("The virtual camera is installed."))
        self.install.hide()
        self.installed.emit()
        self.accept()

    def _show_failure(self, error: NasfeError) -> None:
        self._show_work(False)
        self.state.setText(worded(error))

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.command.text())
            self.copy.setText(self.tr("Copied"))
