"""One editor for each kind of setting, made from the declaration of its field."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from pydantic.fields import FieldInfo
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from nasfe_cam.config.names import SettingValue
from nasfe_cam.config.settings import AUTO, Amount

Told = Callable[[SettingValue], None]


class NumberEdit(QSpinBox):
    """Ignores the wheel without focus, so that scrolling the page changes nothing."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        _only_with_focus(self, event, super().wheelEvent)


class DecimalEdit(QDoubleSpinBox):
    """Like `NumberEdit`."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        _only_with_focus(self, event, super().wheelEvent)


class ChoiceEdit(QComboBox):
    """Like `NumberEdit`."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        _only_with_focus(self, event, super().wheelEvent)


class SettingEditor:
    """A widget for one setting.

    Attributes:
        widget: what the user sees.
        show: shows a value without telling it.

    Args:
        field: the declaration.
        told: called with every new value that the user enters.
    """

    def __init__(self, field: FieldInfo, told: Told) -> None:
        self.widget, self.show = _make(field, told)


def _make(field: FieldInfo, told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    default, kind = field.default, field.annotation
    if isinstance(default, bool):
        return _truth(told)
    if kind == Amount:
        return _amount(told)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice([str(value) for value in kind], told)
    if isinstance(default, int):
        return _number(field, told)
    if isinstance(default, float):
        return _decimal(field, told)
    if isinstance(default, tuple):
        return _text(told, lambda text: tuple(text.replace(",", " ").split()))
    return _text(told, str)


def _truth(told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    box = QCheckBox()
    box.clicked.connect(lambda on: told(bool(on)))
    return box, lambda value: box.setChecked(bool(value))


def _choice(values: list[str], told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    box = ChoiceEdit()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.addItems(values)
    box.activated.connect(lambda index: told(values[index]))
    return box, lambda value: box.setCurrentText(str(value))


def _amount(told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    """Percent, and below 0 the camera's own choice."""
    box = NumberEdit()
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setRange(-1, 100)
    box.setSpecialValueText(AUTO)
    box.editingFinished.connect(lambda: told(AUTO if box.value() < 0 else box.value()))
    return box, lambda value: box.setValue(-1 if value == AUTO else int(str(value)))


def _number(field: FieldInfo, told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    lowest, highest = _bounds(field)
    box = NumberEdit()
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setRange(int(lowest), int(highest))
    steps = [limit.multiple_of for limit in field.metadata if hasattr(limit, "multiple_of")]
    box.setSingleStep(int(steps[0]) if steps else 1)
    box.editingFinished.connect(lambda: told(box.value()))
    return box, lambda value: box.setValue(int(str(value)))


def _decimal(field: FieldInfo, told: Told) -> tuple[QWidget, Callable[[SettingValue], None]]:
    lowest, highest = _bounds(field)
    box = DecimalEdit()
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setDecimals(2)
    box.setRange(lowest, highest)
    box.setSingleStep(0.1 if highest <= 10 else 1.0)
    box.editingFinished.connect(lambda: told(box.value()))
    return box, lambda value: box.setValue(float(str(value)))


def _text(
    told: Told, parse: Callable[[str], SettingValue]
) -> tuple[QWidget, Callable[[SettingValue], None]]:
    line = QLineEdit()
    line.editingFinished.connect(lambda: told(parse(line.text())))

    def show(value: SettingValue) -> None:
        line.setText(", ".join(value) if isinstance(value, tuple) else str(value))
        # A long path from its beginning on.
        line.setCursorPosition(0)
        line.setToolTip(line.text())

    return line, show


def _bounds(field: FieldInfo) -> tuple[float, float]:
    limits = {type(limit).__name__: limit for limit in field.metadata}
    return float(limits["Ge"].ge), float(limits["Le"].le)


def _only_with_focus(
    widget: QWidget, event: QWheelEvent | None, handle: Callable[[QWheelEvent | None], None]
) -> None:
    if widget.hasFocus():
        handle(event)
    elif event is not None:
        event.ignore()
