"""A strip at the top of the window that shows a problem and the buttons that help."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.i18n.error_actions import Problem, Remedy, remedy_label
from ui.widgets.icon_widgets import CloseButton


class Banner(QFrame):
    """Hidden while there is no problem.

    Signals:
        chosen: the `Remedy` whose button was pressed; the problem is gone from view then.
    """

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: list[QPushButton] = []
        self._close = CloseButton(self.tr("Close this notice"), "on_notice")
        self._close.clicked.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 10, 10, 10)
        self._row.setSpacing(8)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_problem(self, problem: Problem) -> None:
        """Show this problem in the place of any other."""
        self.clear()
        self.text.setText(problem.text)
        for remedy in problem.remedies:
            button = QPushButton(remedy_label(remedy))
            button.clicked.connect(lambda _, remedy=remedy: self._choose(remedy))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self.hide()
        self.text.clear()
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()

    def _choose(self, remedy: Remedy) -> None:
        # A dialog may be closed with nothing done; the other buttons must still be there.
        if remedy not in (Remedy.INSTALL, Remedy.CHECK):
            self.clear()
        self.chosen.emit(remedy)
