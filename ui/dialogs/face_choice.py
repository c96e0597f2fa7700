"""A photo with several faces, in which the user clicks the right one."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QImage, QPixmap
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.services.photo_examination import Box
from ui.style.theme import current_colours

_LARGEST = QSize(760, 520)


class FaceChoice(QDialog):
    """Every face is a button over the picture, so that the keyboard reaches it too.

    Attributes:
        chosen: number of the face; None while none was clicked.

    Args:
        picture: the photo.
        boxes: where its faces are.
    """

    def __init__(
        self, picture: QImage, boxes: Sequence[Box], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Which face is it?"))
        self.chosen: int | None = None
        size = picture.size().scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(
            picture.scaled(
                size * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        canvas = QLabel()
        canvas.setPixmap(pixmap)
        canvas.setFixedSize(size)
        accent = current_colours().accent
        self.buttons: list[QPushButton] = []
        in_order = sorted(range(len(boxes)), key=lambda number: boxes[number][0])
        for place, number in enumerate(in_order, start=1):
            button = QPushButton(canvas)
            button.setGeometry(_rectangle(boxes[number], size))
            button.setAccessibleName(self.tr("Face {place} from the left").format(place=place))
            button.setStyleSheet(
                "QPushButton { background: transparent; border: 3px solid white; "
                f"border-radius: 10px; padding: 0; }} QPushButton:hover, QPushButton:focus {{ "
                f"border: 5px solid {accent}; }}"
            )
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _, number=number: self._choose(number))
            self.buttons.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(QLabel(self.tr("Click the face to enrol.")))
        column.addWidget(canvas)
        cancel = QPushButton(self.tr("Leave the photo out"))
        cancel.clicked.connect(self.reject)
        column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.accept()


def _rectangle(box: Box, size: QSize) -> QRect:
    left, top, width, height = box
    return QRect(
        round(left * size.width()),
        round(top * size.height()),
        round(width * size.width()),
        round(height * size.height()),
    )
