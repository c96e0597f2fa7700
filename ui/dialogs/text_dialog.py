"""A dialog that is always tall enough for its wrapped text."""

from __future__ import annotations

from PyQt6.QtCore import QEvent
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QDialog


class TextDialog(QDialog):
    """Qt gives a new dialog no more than a part of a small screen, and then cuts texts off."""

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent | None) -> bool:
        handled = super().event(event)
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return handled

    def _make_room(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        # A minimum of one's own takes the place of the layout's, which fits the buttons.
        self.setMinimumWidth(max(self.minimumWidth(), layout.totalMinimumSize().width()))
        if layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
