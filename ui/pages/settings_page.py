"""The page of settings: the everyday ones, and all others on demand, from their declarations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from pydantic.fields import FieldInfo
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.config.names import SettingValue, is_live, setting_fields
from nasfe_cam.config.settings import Settings
from ui.i18n.languages import LANGUAGES
from ui.i18n.translated_statements import setting_words
from ui.style.theme import Theme
from ui.widgets.setting_editors import ChoiceEdit, SettingEditor

_EDITOR_WIDTH = 230

PICTURE_SIZES = ((640, 360), (1280, 720), (1920, 1080))
"""Offered in the list; pixels, width by height."""

TITLES = {
    "fps": "Frame rate",
    "minimum_cutoff": "Steadiness at rest",
    "speed_coefficient": "Following of movement",
    "fit": "Aspect ratio",
    "models": "Model folder",
    "rate": "Restored frames",
    "observe_rate": "Observation rate",
    "release_after": "Webcam pauses after",
    "stale_after": "Notice without a picture after",
    "linger": "Notice after a crash",
}
"""Titles of settings whose field name would make a poor one."""


class SettingsPage(QWidget):
    """Shows what people change, and under "Advanced" every setting with its description.

    Once something was changed that does not apply at once, a strip says that the camera must
    start again.

    Signals:
        setting_chosen: dotted name and new value.
        restart_wanted: the camera is to be started again, for settings that need it.
        autostart_chosen: whether to start with the computer.
        language_chosen: a code of `LANGUAGES`.
        theme_chosen: a `Theme`.
        keeping_chosen: whether profiles keep small copies of the photos.
        reset_wanted: all settings are to have their defaults again.
        check_wanted: the computer is to be checked.
    """

    setting_chosen = pyqtSignal(str, object)
    restart_wanted = pyqtSignal()
    autostart_chosen = pyqtSignal(bool)
    language_chosen = pyqtSignal(str)
    theme_chosen = pyqtSignal(object)
    keeping_chosen = pyqtSignal(bool)
    reset_wanted = pyqtSignal()
    check_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, SettingValue] = {}
        self.editors: dict[str, SettingEditor] = {}
        inside = QWidget()
        inside.setProperty("role", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(14)
        column.addWidget(self._make_everyday_card())
        column.addLayout(self._make_more())
        self.advanced = QWidget()
        self.advanced.setProperty("role", "page")
        cards = QVBoxLayout(self.advanced)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(14)
        column.addWidget(self.advanced)
        self.advanced.hide()
        fields = setting_fields()
        for section, outer in Settings.model_fields.items():
            model = outer.annotation
            words = (
                setting_words((model.__doc__ or "").strip().rstrip("."))
                if model is not None
                else ""
            )
            of_section = {
                name: field for name, field in fields.items() if name.startswith(f"{section}.")
            }
            cards.addWidget(self._make_card(words, of_section))
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
        wanted = (self._values.get("output.width"), self._values.get("output.height"))
        places = [place for place, size in enumerate(PICTURE_SIZES) if size == wanted]
        self.picture_size.setCurrentIndex(places[0] if places else -1)

    def show_value_again(self, name: str) -> None:
        """Undo what was entered, after it was refused."""
        if name in self._values:
            self.editors[name].show(self._values[name])

    def show_restart_needed(self, needed: bool) -> None:
        """Say that a change waits for the next start of the camera."""
        self.restart_strip.setVisible(needed)

    def show_own(self, autostart: bool, language: str, theme: Theme, keeps_photos: bool) -> None:
        """Show what belongs to the window itself."""
        self.autostart.setChecked(autostart)
        self.theme.setCurrentIndex(self.theme.findData(theme))
        self.keep.setChecked(keeps_photos)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))

    def _make_restart_strip(self) -> QHBoxLayout:
        self.restart_strip = QFrame()
        self.restart_strip.setProperty("role", "banner")
        row = QHBoxLayout(self.restart_strip)
        row.setContentsMargins(18, 10, 10, 10)
        row.addWidget(QLabel(self.tr("Some changes take effect when the camera restarts.")), 1)
        self.restart = QPushButton(self.tr("Restart now"))
        self.restart.clicked.connect(self.restart_wanted)
        row.addWidget(self.restart)
        self.restart_strip.hide()
        # As wide as the cards under it, beside which is the scroll bar.
        place = QHBoxLayout()
        place.setContentsMargins(24, 0, 36, 0)
        place.addWidget(self.restart_strip)
        return place

    def _make_everyday_card(self) -> QFrame:
        card, grid = _card(self.tr("Everyday"))
        self.picture_size = _choice(self.tr("Picture size"))
        self.picture_size.addItems([f"{width} × {height}" for width, height in PICTURE_SIZES])
        self.picture_size.activated.connect(self._choose_size)
        self.theme = _choice(self.tr("Theme"))
        for theme, name in (
            (Theme.DESKTOP, self.tr("As the desktop")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        ):
            self.theme.addItem(name, theme)
        self.theme.activated.connect(lambda: self.theme_chosen.emit(self.theme.currentData()))
        self.language = _choice(self.tr("Language"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.activated.connect(self._choose_language)
        for row, (choice, why) in enumerate(
            (
                (self.picture_size, self.tr("Larger is sharper, and more work for the computer.")),
                (self.theme, self.tr("Colours of this window.")),
                (self.language, self.tr("Takes effect when the window is opened again.")),
            ),
            start=1,
        ):
            grid.addWidget(_words(choice.accessibleName(), why), row, 0)
            grid.addWidget(choice, row, 1)
        self.keep = QCheckBox(self.tr("Keep small copies of the photos when somebody is enrolled"))
        self.keep.clicked.connect(self.keeping_chosen)
        self.autostart = QCheckBox(self.tr("Start with the computer"))
        self.autostart.clicked.connect(self.autostart_chosen)
        for row, box in enumerate((self.keep, self.autostart), start=4):
            grid.addWidget(box, row, 0, 1, 2)
        return card

    def _make_more(self) -> QHBoxLayout:
        self.more = QPushButton(self.tr("Advanced"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_advanced)
        self.reset = QPushButton(self.tr("Reset all settings"))
        self.reset.clicked.connect(self.reset_wanted)
        self.reset.hide()
        self.check = QPushButton(self.tr("Check this computer …"))
        self.check.clicked.connect(self.check_wanted)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addWidget(self.reset)
        row.addStretch(1)
        row.addWidget(self.check)
        return row

    def _show_advanced(self, on: bool) -> None:
        self.advanced.setVisible(on)
        self.reset.setVisible(on)

    def _choose_size(self, index: int) -> None:
        for section in ("source", "output"):
            for side, pixels in zip(("width", "height"), PICTURE_SIZES[index], strict=True):
                self._take(f"{section}.{side}", pixels)

    def _make_card(self, heading: str, fields: Mapping[str, FieldInfo]) -> QFrame:
        card, grid = _card(heading)
        for row, (name, field) in enumerate(fields.items(), start=1):
            editor = SettingEditor(field, partial(self._take, name))
            editor.widget.setFixedWidth(_EDITOR_WIDTH)
            title, description = setting_title(name), setting_words(field.description or "")
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
    return setting_words(TITLES.get(field, field.replace("_", " ").capitalize()))


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


def _choice(name: str) -> ChoiceEdit:
    choice = ChoiceEdit()
    choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    choice.setAccessibleName(name)
    choice.setFixedWidth(_EDITOR_WIDTH)
    return choice


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
