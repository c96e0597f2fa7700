"""Where photos are dropped."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.style.theme import set_property
from ui.widgets.icon_widgets import IconLabel


class DropArea(QFrame):
    """Takes files and folders from other programs, or lets them be chosen.

    Signals:
        dropped: list of paths.
        files_wanted: a file dialog is to be shown.
        webcam_wanted: pictures are to be taken with the webcam.
    """

    dropped = pyqtSignal(list)
    files_wanted = pyqtSignal()
    webcam_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        picture = IconLabel("photos", "muted", 40)
        text = QLabel(self.tr("Drop 3 to 10 photos of one person here"))
        text.setProperty("role", "heading")
        text.setWordWrap(True)
        hint = QLabel(
            self.tr("Sharp, taken from close up, in different light, with and without a smile.")
        )
        hint.setProperty("role", "small")
        hint.setWordWrap(True)
        self.choose = QPushButton(self.tr("Choose photos …"))
        self.choose.clicked.connect(self.files_wanted)
        self.webcam = QPushButton(self.tr("Use the webcam …"))
        self.webcam.clicked.connect(self.webcam_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text)
        words.addWidget(hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.webcam)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addLayout(words)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and _paths(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent | None) -> None:
        self._show_over(False)
        if event is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(_paths(event.mimeData()))

    def _show_over(self, over: bool) -> None:
        set_property(self, "over", "true" if over else "false")


def _paths(data: QMimeData | None) -> list[Path]:
    if data is None:
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
