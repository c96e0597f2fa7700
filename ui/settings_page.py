"""The page of all settings, made from their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from pydantic.fields import FieldInfo
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.setting_names import SettingValue, is_live, setting_fields
from nasfe_cam.settings import Settings
from ui.languages import LANGUAGES
from ui.sentences import translated
from ui.setting_editors import SettingEditor

_EDITOR_WIDTH = 230

TITLES = {
    "fps": "Frame rate",
    "minimum_cutoff": "Steadiness at rest",
    "fit": "Picture shape",
    "models": "Folder of models",
    "rate": "Restored frames",
    "release_after": "Webcam pauses after",
    "stale_after": "Notice without pictures after",
    "linger": "Notice after a crash",
}
"""Names for people, of fields whose own name is none."""


class SettingsPage(QWidget):
    """Shows every setting with its description, and whether a change applies at once.

    If not, a strip says that the camera must start again, once something was changed.

    Signals:
        setting_chosen: dotted name and new value.
        restart_wanted: the camera is to be started again, for settings that need it.
        autostart_chosen: whether to start with the computer.
        language_chosen: a code of `LANGUAGES`.
    """

    setting_chosen = pyqtSignal(str, object)
    restart_wanted = pyqtSignal()
    autostart_chosen = pyqtSignal(bool)
    language_chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, SettingValue] = {}
        self.editors: dict[str, SettingEditor] = {}
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(14)
        column.addWidget(self._make_own_card())
        fields = setting_fields()
        for section, outer in Settings.model_fields.items():
            model = outer.annotation
            words = (
                translated((model.__doc__ or "").strip().rstrip(".")) if model is not None else ""
            )
            of_section = {
                name: field for name, field in fields.items() if name.startswith(f"{section}.")
            }
            column.addWidget(self._make_card(words, of_section))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._make_restart_strip())
        whole.addWidget(scroll)

    def show_values(self, values: Mapping[str, SettingValue]) -> None:
        """Show these values; fields in which the user types at the moment are left alone."""
        for name, value in values.items():
            editor = self.editors.get(name)
            if editor is not None and self._values.get(name) != value:
                self._values[name] = value
                if not editor.widget.hasFocus():
                    editor.show(value)

    def show_value_again(self, name: str) -> None:
        """Undo what was entered, after it was refused."""
        if name in self._values:
            self.editors[name].show(self._values[name])

    def show_restart_needed(self, needed: bool) -> None:
        """Say that a change waits for the next start of the camera."""
        self.restart_strip.setVisible(needed)

    def show_own(self, autostart: bool, language: str) -> None:
        """Show what belongs to the window itself."""
        self.autostart.setChecked(autostart)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))

    def _make_restart_strip(self) -> QHBoxLayout:
        self.restart_strip = QFrame()
        self.restart_strip.setProperty("role", "banner")
        row = QHBoxLayout(self.restart_strip)
        row.setContentsMargins(18, 10, 10, 10)
        row.addWidget(QLabel(self.tr("Some changes take effect when the camera starts again.")), 1)
        self.restart = QPushButton(self.tr("Start it again now"))
        self.restart.clicked.connect(self.restart_wanted)
        row.addWidget(self.restart)
        self.restart_strip.hide()
        # As wide as the cards under it, beside which is the scroll bar.
        place = QHBoxLayout()
        place.setContentsMargins(24, 0, 36, 0)
        place.addWidget(self.restart_strip)
        return place

    def _make_own_card(self) -> QFrame:
        card, grid = _card(self.tr("This window"))
        self.autostart = QCheckBox(self.tr("Start with the computer"))
        self.autostart.clicked.connect(self.autostart_chosen)
        grid.addWidget(self.autostart, 1, 0, 1, 2)
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.activated.connect(self._choose_language)
        self.language.setFixedWidth(_EDITOR_WIDTH)
        words = _words(
            self.tr("Language"), self.tr("Takes effect when the window is opened again.")
        )
        grid.addWidget(words, 2, 0)
        grid.addWidget(self.language, 2, 1)
        return card

    def _make_card(self, heading: str, fields: Mapping[str, FieldInfo]) -> QFrame:
        card, grid = _card(heading)
        for row, (name, field) in enumerate(fields.items(), start=1):
            editor = SettingEditor(field, partial(self._take, name))
            editor.widget.setFixedWidth(_EDITOR_WIDTH)
            title, description = setting_title(name), translated(field.description or "")
            editor.widget.setAccessibleName(title)
            editor.widget.setAccessibleDescription(description)
            if is_live(field):
                description += " " + self.tr("Applies at once.")
            grid.addWidget(_words(title, description), row, 0)
            grid.addWidget(editor.widget, row, 1, Qt.AlignmentFlag.AlignTop)
            self.editors[name] = editor
        return card

    def _choose_language(self, index: int) -> None:
        self.language_chosen.emit(str(self.language.itemData(index)))

    def _take(self, name: str, value: SettingValue) -> None:
        if self._values.get(name) != value:
            self._values[name] = value
            self.setting_chosen.emit(name, value)


def setting_title(name: str) -> str:
    """A short name for people, from a dotted one."""
    field = name.partition(".")[2]
    return translated(TITLES.get(field, field.replace("_", " ").capitalize()))


def _card(heading: str) -> tuple[QFrame, QGridLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    grid = QGridLayout(card)
    grid.setContentsMargins(18, 16, 18, 18)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(14)
    grid.setColumnStretch(0, 1)
    label = QLabel(heading)
    label.setProperty("role", "heading")
    grid.addWidget(label, 0, 0, 1, 2)
    return card, grid


def _words(title: str, description: str) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(QLabel(title))
    small = QLabel(description)
    small.setProperty("role", "small")
    small.setWordWrap(True)
    column.addWidget(small)
    return both
