"""One photo on the page for enrolment: thumbnail, result and remedy."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.core.photo_errors import PhotoError
from ui.i18n.translated_statements import worded
from ui.services.photo_examination import Verdict
from ui.widgets.icon_widgets import CloseButton, IconLabel

_SIDE = 56


class PhotoCard(QFrame):
    """Says of a photo whether it can be used, and if not, why and what to do.

    Signals:
        removed: the photo is to be left out.
        choice_wanted: the right one of its faces is to be chosen.

    Attributes:
        refused: it is not used; the card says why.
    """

    removed = pyqtSignal()
    choice_wanted = pyqtSignal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.path = path
        self.verdict: Verdict | None = None
        self.refused = False
        self._picture = QLabel()
        self._picture.setFixedSize(_SIDE, _SIDE)
        self._mark = IconLabel("", "good", 20)
        name = QLabel(path.name)
        name.setToolTip(str(path))
        self.text = QLabel(self.tr("Waiting …"))
        self.text.setProperty("role", "small")
        self.text.setWordWrap(True)
        self.choose = QPushButton(self.tr("Choose the face …"))
        self.choose.setProperty("role", "below")
        self.choose.clicked.connect(self.choice_wanted)
        self.choose.hide()
        leave_out = CloseButton(self.tr("Leave {name} out").format(name=path.name), "muted")
        leave_out.clicked.connect(self.removed)
        heading = QHBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(self._mark)
        heading.addWidget(name, 1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(heading)
        column.addWidget(self.text)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 8, 10)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(leave_out, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(path.name)

    def show_waiting(self) -> None:
        """Say that the photo has not been looked at yet."""
        self.verdict = None
        self.refused = False
        self._mark.show_icon("", "good")
        self.choose.hide()
        self._say(self.tr("Waiting …"))

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what was found in the photo."""
        self.verdict = verdict
        if verdict.thumbnail is not None:
            self._picture.setPixmap(_cover(verdict.thumbnail, _SIDE, self.devicePixelRatioF()))
        self.choose.setVisible(bool(verdict.boxes))
        if verdict.error is not None:
            self.show_refusal(verdict.error)
        else:
            self.refused = False
            self._mark.show_icon("check", "good")
            self._say(self.tr("Good."))

    def show_left_out(self, error: PhotoError | None) -> None:
        """Say why a usable photo is not used beside the others; None for one that is."""
        if self.verdict is not None and self.verdict.face is not None:
            if error is None:
                self.show_verdict(self.verdict)
            else:
                self.show_refusal(error)

    def show_refusal(self, error: PhotoError) -> None:
        """Say why the photo is not used."""
        self.refused = True
        self._mark.show_icon("cross", "warning")
        self._say(worded(error))

    def _say(self, text: str) -> None:
        self.text.setText(text)
        self.setAccessibleDescription(text)


def _cover(image: QImage, side: int, ratio: float) -> QPixmap:
    """The middle of a picture as a square with round corners."""
    pixels = round(side * ratio)
    scaled = image.scaled(
        QSize(pixels, pixels),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addRoundedRect(0, 0, pixels, pixels, 7 * ratio, 7 * ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawImage((pixels - scaled.width()) // 2, (pixels - scaled.height()) // 2, scaled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
