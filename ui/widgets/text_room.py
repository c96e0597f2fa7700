"""Room for wrapped text."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QWidget


class TextRoom(QObject):
    """Keeps a widget tall enough for its wrapped text.

    Qt gives a new dialog no more than a part of a small screen, and a layout asks for one line
    of each text only; then texts, or what stands beside them, are cut off.

    Args:
        widget: with a layout, now or later.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        widget, layout = self._widget, self._widget.layout()
        if layout is None:
            return
        # A minimum of one's own takes the place of the layout's, which fits the buttons.
        widget.setMinimumWidth(max(widget.minimumWidth(), layout.totalMinimumSize().width()))
        if layout.hasHeightForWidth():
            widget.setMinimumHeight(layout.totalHeightForWidth(widget.width()))
