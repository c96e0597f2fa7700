"""A dialog that is always tall enough for its wrapped text."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QWidget

from ui.widgets.text_room import TextRoom


class TextDialog(QDialog):
    """Cuts no text off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = TextRoom(self)
