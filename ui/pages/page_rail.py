"""The strip at the left edge for choosing a page."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetrics
from PyQt6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.style.icons import line_icon
from ui.style.theme import current_colours

_WIDTH = 116
# Border and padding of the style sheet, and what the style itself leaves free.
_MARGIN = 16


class PageRail(QFrame):
    """One button for each page.

    Signals:
        chosen: number of the page.

    Args:
        pages: name of the icon and title of each.
    """

    chosen = pyqtSignal(int)

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._icons = [icon for icon, _ in pages]
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(6)
        self.buttons: list[QToolButton] = []
        for number, (_, title) in enumerate(pages):
            button = QToolButton()
            button.setProperty("role", "page")
            button.setText(title)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(26, 26))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(f"{title} (Ctrl+{number + 1})")
            self._group.addButton(button, number)
            column.addWidget(button)
            self.buttons.append(button)
        # The chosen one is bold, and some languages have long words.
        self.buttons[0].ensurePolished()
        bold = QFont(self.buttons[0].font())
        bold.setBold(True)
        longest = max(QFontMetrics(bold).horizontalAdvance(title) for _, title in pages)
        width = max(_WIDTH - 16, longest + _MARGIN)
        for button in self.buttons:
            button.setFixedSize(width, 66)
        self.setFixedWidth(width + 16)
        column.addStretch(1)
        self._group.idClicked.connect(self.chosen)
        self.buttons[0].setChecked(True)
        self._draw_icons()

    def show_chosen(self, number: int) -> None:
        """Mark this page as the open one."""
        self.buttons[number].setChecked(True)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _draw_icons(self) -> None:
        colours = current_colours()
        for icon, button in zip(self._icons, self.buttons, strict=True):
            button.setIcon(line_icon(icon, colours.muted, colours.accent))
