"""The guide of the first start: a few short steps, each of which can be skipped."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.text_dialog import TextDialog
from ui.widgets.icon_widgets import IconLabel

_ICON = 44


class GuideDialog(TextDialog):
    """Says what the program does, and leads to photos and to Start.

    Signals:
        photos_wanted: the page for photos is to be opened.
        start_wanted: the camera is to be switched on.
        install_wanted: the virtual camera is to be installed.

    Args:
        camera_missing: whether the virtual camera is not installed yet.
    """

    photos_wanted = pyqtSignal()
    start_wanted = pyqtSignal()
    install_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, *, camera_missing: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welcome"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(18)
        title = QLabel(self.tr("Welcome to NASFE Camera"))
        title.setProperty("role", "title")
        column.addWidget(title)
        steps = [
            (
                "photos",
                self.tr("Add a few photos of yourself"),
                self.tr("They keep your face yours, and never leave this computer."),
            ),
            (
                "camera",
                self.tr("Press Start and look at the picture"),
                self.tr("Drag the divider over the picture to see before and after."),
            ),
            (
                "people",
                self.tr("Join your meeting"),
                self.tr(
                    "Choose “NASFE Camera” there. It keeps running when you close this window."
                ),
            ),
        ]
        if camera_missing:
            installation = (
                "settings",
                self.tr("Install the virtual camera"),
                self.tr("Meetings see the picture through it. Your password is asked for once."),
            )
            steps.insert(0, installation)
        for number, (icon, heading, words) in enumerate(steps, start=1):
            column.addLayout(_step(number, icon, heading, words))
        self.photos = QPushButton(self.tr("Add photos"))
        self.photos.setProperty("role", "primary")
        self.photos.setDefault(True)
        self.photos.clicked.connect(lambda: self._leave(self.photos_wanted.emit))
        self.start = QPushButton(self.tr("Start without photos"))
        self.start.clicked.connect(lambda: self._leave(self.start_wanted.emit))
        self.install = QPushButton(self.tr("Install the virtual camera …"))
        self.install.setVisible(camera_missing)
        self.install.clicked.connect(self.install_wanted)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.start)
        row.addWidget(self.photos)
        column.addSpacing(10)
        column.addWidget(self.install)
        column.addLayout(row)

    def show_installed(self) -> None:
        """The virtual camera is there now."""
        self.install.setText(self.tr("The virtual camera is installed"))
        self.install.setEnabled(False)

    def _leave(self, tell: object) -> None:
        self.accept()
        if callable(tell):
            tell()


def _step(number: int, icon: str, heading: str, words: str) -> QHBoxLayout:
    picture = IconLabel(icon, "accent", _ICON)
    title = QLabel(f"{number}.  {heading}")
    title.setProperty("role", "heading")
    title.setWordWrap(True)
    text = QLabel(words)
    text.setProperty("role", "muted")
    text.setWordWrap(True)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(title)
    column.addWidget(text)
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    return row
