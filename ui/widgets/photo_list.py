"""The photos on the page for enrolment, below each other."""

from __future__ import annotations

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.widgets.photo_card import PhotoCard


class PhotoList(QScrollArea):
    """Scrolls to a photo that was refused: nobody looks for a reason out of sight.

    Attributes:
        cards: in the order in which they came.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[PhotoCard] = []
        self._refused: list[PhotoCard] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "page")
        inside.setLayout(self._column)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add(self, card: PhotoCard) -> None:
        """Show the card below the others."""
        self.cards.append(card)
        self._column.insertWidget(self._column.count() - 1, card)

    def remove(self, card: PhotoCard) -> None:
        """Take one of the cards away for good."""
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def reveal_refused(self) -> None:
        """Scroll to the first that was refused since the last call."""
        refused = [card for card in self.cards if card.refused]
        fresh = [card for card in refused if card not in self._refused]
        self._refused = refused

        def reveal() -> None:
            if fresh[0] in self.cards:
                self.ensureWidgetVisible(fresh[0])

        if fresh:
            # Its text, which has just come, must have its place first.
            QTimer.singleShot(0, reveal)
