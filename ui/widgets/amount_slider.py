"""A slider for an amount in percent that the camera may also choose by itself."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from nasfe_cam.config.settings import AUTO


class AmountSlider(QWidget):
    """A heading, the amount in words, a box for Auto and a slider; moving it ends Auto.

    Signals:
        chosen: what the user has chosen: percent, or "auto".

    Args:
        heading: with its shortcut.
        described: what it is, for screen readers.
        hint: what it does, in a sentence.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self, heading: str, described: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setMinimumHeight(24)
        self.slider.setAccessibleName(described)
        self.slider.setValue(100)
        self.slider.valueChanged.connect(self._move)
        self.auto = QCheckBox(self.tr("Auto"))
        self.auto.setAccessibleName(self.tr("{what}: automatic").format(what=described))
        self.auto.setChecked(True)
        self.auto.clicked.connect(self._switch)
        label = QLabel(heading)
        label.setBuddy(self.slider)
        self._percent = QLabel()
        self._percent.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(label)
        top.addStretch(1)
        top.addWidget(self._percent)
        top.addWidget(self.auto)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.slider)
        self.setToolTip(hint)
        self.setTabOrder(self.auto, self.slider)
        self._label()

    def show_amount(self, amount: object) -> None:
        """Show percent or "auto", also as another program has changed it."""
        if self.slider.isSliderDown():
            return
        self.auto.setChecked(amount == AUTO)
        if amount != AUTO:
            self.slider.blockSignals(True)
            self.slider.setValue(int(str(amount)))
            self.slider.blockSignals(False)
        self._label()

    def _move(self, value: int) -> None:
        self.auto.setChecked(False)
        self._label()
        self.chosen.emit(value)

    def _switch(self, on: bool) -> None:
        self._label()
        self.chosen.emit(AUTO if on else self.slider.value())

    def _label(self) -> None:
        self._percent.setText("" if self.auto.isChecked() else f"{self.slider.value()} %")
