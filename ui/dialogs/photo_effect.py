"""The end of an enrolment: what the person's photos do for their picture."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.text_dialog import TextDialog
from ui.services.photo_effect import SIDE, ShownEffect


class EffectDialog(TextDialog):
    """Shows a photo made bad, repaired without and with the other photos.

    Args:
        name: of the person.
        effect: the pictures.
    """

    def __init__(self, name: str, effect: ShownEffect, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the photos do"))
        words = QLabel(
            self.tr(
                "One of the photos of {name}, as a very bad webcam would show it. The photo itself "
                "was left out when it was repaired."
            ).format(name=name)
        )
        words.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.pictures: list[QLabel] = []
        columns = (
            (self.tr("Bad webcam"), effect.bad),
            (self.tr("Repaired"), effect.without),
            (self.tr("Repaired with the photos"), effect.with_photos),
        )
        for column, ((title, image), likeness) in enumerate(
            zip(columns, effect.likenesses, strict=True)
        ):
            picture = QLabel()
            picture.setFixedSize(SIDE, SIDE)
            picture.setScaledContents(True)
            picture.setPixmap(QPixmap.fromImage(image))
            like = self.tr("Likeness: {percent} %").format(percent=likeness)
            picture.setAccessibleName(f"{title}. {like}")
            below = QLabel(like)
            below.setProperty("role", "small")
            grid.addWidget(QLabel(title), 0, column)
            grid.addWidget(picture, 1, column)
            grid.addWidget(below, 2, column)
            self.pictures.append(picture)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(14)
        whole.addWidget(words)
        whole.addLayout(grid)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
