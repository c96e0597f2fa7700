"""How the virtual camera is installed on this computer, in a small window of its own."""

from __future__ import annotations

import sys

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.virtual_camera_state import find_virtual_camera, install_step
from ui.words_dialog import WordsDialog


class InstallDialog(WordsDialog):
    """Shows the one command or step that is needed, and copies it.

    Args:
        label: name of the virtual camera.
    """

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Install the virtual camera"))
        self.setMinimumWidth(560)
        step = install_step(find_virtual_camera(label))
        text = QLabel(
            self.tr(
                "Meeting programs see a virtual camera, which has to be installed once. "
                "Open a terminal and run this command:"
            )
            if sys.platform == "linux"
            else self.tr("Meeting programs see a virtual camera, which has to be installed once:")
        )
        text.setWordWrap(True)
        self.command = QLabel(step)
        self.command.setProperty("role", "command")
        self.command.setWordWrap(True)
        self.command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.command.setAccessibleName(self.tr("Command"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        after = QLabel(self.tr("Then press Start again."))
        after.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(text)
        column.addWidget(self.command)
        column.addWidget(after)
        column.addLayout(row)

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.command.text())
            self.copy.setText(self.tr("Copied"))
