"""Widgets with an icon that is redrawn when the colours change."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QSize
from PyQt6.QtWidgets import QLabel, QToolButton, QWidget

from ui.style.icons import line_icon
from ui.style.theme import current_colours


class IconLabel(QLabel):
    """An icon without a function.

    Args:
        icon: name of the icon, see `line_icon`; empty for none yet.
        ink: attribute of `Colours`.
        side: in pixels of the layout.
    """

    def __init__(self, icon: str, ink: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setFixedSize(side, side)
        self.show_icon(icon, ink)

    def show_icon(self, icon: str, ink: str) -> None:
        """Show another icon."""
        self._icon, self._ink = icon, ink
        if not icon:
            self.clear()
            return
        colour = getattr(current_colours(), ink)
        size = QSize(self._side, self._side)
        self.setPixmap(line_icon(icon, colour).pixmap(size, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self.show_icon(self._icon, self._ink)


class CloseButton(QToolButton):
    """A cross to press.

    Args:
        words: what it does, for screen readers and as a tool tip.
        ink: attribute of `Colours`.
    """

    def __init__(self, words: str, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setProperty("role", "close")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._draw()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(line_icon("close", getattr(current_colours(), self._ink)))
