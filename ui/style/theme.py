"""Colours and shapes of the window, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication, QWidget

_ASSETS = (Path(__file__).parent.parent / "assets").as_posix()


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme; text on its background has a contrast of at least 4.5 (WCAG 2.2, AA)."""

    name: str
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    field_border: str
    accent: str
    on_accent: str
    good: str
    warning: str
    bad: str
    notice: str
    on_notice: str


LIGHT = Colours(
    name="light",
    window="#f4f5f7",
    surface="#ffffff",
    raised="#eceff3",
    text="#1a1d21",
    muted="#57606b",
    border="#dde1e6",
    field_border="#8a939e",
    accent="#2257c5",
    on_accent="#ffffff",
    good="#1a7f45",
    warning="#935d00",
    bad="#b3261e",
    notice="#fff1d6",
    on_notice="#4d3500",
)
DARK = Colours(
    name="dark",
    window="#14171b",
    surface="#1d2126",
    raised="#2a2f36",
    text="#e9ebee",
    muted="#a4adb8",
    border="#323840",
    field_border="#6f7985",
    accent="#8ab4ff",
    on_accent="#0b1a33",
    good="#5fd38d",
    warning="#f2b84b",
    bad="#ff8a80",
    notice="#3b2e14",
    on_notice="#ffe2ad",
)


class Theme(StrEnum):
    """What the user may choose."""

    DESKTOP = "desktop"
    LIGHT = "light"
    DARK = "dark"


_CHOSEN = "nasfe_theme"


def is_dark(application: QApplication) -> bool:
    """Whether the windows are to be dark: as chosen, or else as the desktop wants them."""
    chosen = application.property(_CHOSEN)
    if chosen in (Theme.LIGHT, Theme.DARK):
        return bool(chosen == Theme.DARK)
    hints = application.styleHints()
    return hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark


def current_colours() -> Colours:
    """The scheme that was applied last."""
    return (
        DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT
    )


def apply_theme(application: QApplication, dark: bool) -> None:
    """Give every window these colours, also those that are open."""
    colours = DARK if dark else LIGHT
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours))


def choose_theme(application: QApplication, theme: Theme) -> None:
    """Give every window this theme, from now on."""
    application.setProperty(_CHOSEN, theme.value)
    apply_theme(application, is_dark(application))


def follow_desktop(application: QApplication) -> None:
    """Apply the scheme of the desktop, now and whenever it changes, unless one is chosen."""
    apply_theme(application, is_dark(application))
    hints = application.styleHints()
    if hints is not None:
        hints.colorSchemeChanged.connect(lambda: apply_theme(application, is_dark(application)))


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and have the widget drawn by it."""
    style = widget.style()
    if widget.property(name) != value and style is not None:
        widget.setProperty(name, value)
        style.unpolish(widget)
        style.polish(widget)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for one, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Accent: colours.accent,
        role.Mid: colours.border,
        role.Dark: colours.field_border,
    }.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.field_border))
    return palette


def _style_sheet(colours: Colours) -> str:
    c = colours
    return f"""
    QWidget {{ font-size: 10.5pt; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border};
        padding: 4px 6px; }}
    QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: 11.5pt; font-weight: 600; }}
    QLabel[role="muted"] {{ color: {c.muted}; }}
    QLabel[role="small"] {{ color: {c.muted}; font-size: 9.5pt; }}
    QLabel[tone="good"] {{ color: {c.good}; font-weight: 600; }}
    QLabel[tone="warning"] {{ color: {c.warning}; font-weight: 600; }}
    QLabel[tone="bad"] {{ color: {c.bad}; font-weight: 600; }}
    QLabel[tone="idle"] {{ color: {c.muted}; font-weight: 600; }}
    QFrame[role="rail"] {{ background: {c.surface}; border: none;
        border-right: 1px solid {c.border}; }}
    QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.border};
        border-radius: 10px; }}
    QFrame[role="drop"] {{ background: {c.surface}; border: 2px dashed {c.field_border};
        border-radius: 10px; }}
    QFrame[role="drop"][over="true"] {{ border-color: {c.accent}; background: {c.raised}; }}
    QFrame[role="banner"] {{ background: {c.notice}; border: none; border-radius: 8px;
        margin-bottom: 12px; }}
    QLabel[role="command"] {{ background: {c.raised}; border-radius: 7px; padding: 10px 12px;
        font-family: monospace; }}
    QFrame[role="banner"] QLabel {{ color: {c.on_notice}; }}
    QFrame[role="banner"] QPushButton {{ background: transparent; color: {c.on_notice};
        border: 1px solid {c.on_notice}; }}
    QFrame[role="status"] {{ background: {c.surface}; border: none;
        border-top: 1px solid {c.border}; }}
    QPushButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};
        border-radius: 7px; padding: 7px 14px; min-height: 18px; }}
    QPushButton:hover {{ border-color: {c.field_border}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {c.border}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 13px; }}
    QPushButton:disabled {{ color: {c.field_border}; }}
    QPushButton[role="below"] {{ margin-top: 6px; }}
    QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent};
        border: 1px solid {c.accent}; font-weight: 600; padding: 10px 18px; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; padding: 9px 17px; }}
    QPushButton[role="primary"]:disabled {{ background: {c.raised}; color: {c.field_border};
        border-color: {c.border}; }}
    QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent;
        color: {c.accent}; padding: 4px 6px; text-align: left; }}
    QPushButton[role="quiet"]:hover {{ text-decoration: underline; }}
    QPushButton[role="quiet"]:focus {{ border: 1px solid {c.accent}; }}
    QToolButton[role="page"] {{ background: transparent; border: 2px solid transparent;
        border-radius: 9px; padding: 8px 2px 6px 2px; color: {c.muted}; font-size: 9.5pt; }}
    QToolButton[role="page"]:hover {{ background: {c.raised}; }}
    QToolButton[role="page"]:checked {{ background: {c.raised}; color: {c.accent};
        font-weight: 600; }}
    QToolButton[role="page"]:focus {{ border-color: {c.accent}; }}
    QToolButton[role="close"] {{ background: transparent; border: 1px solid transparent;
        border-radius: 6px; padding: 3px; }}
    QToolButton[role="close"]:focus, QToolButton[role="close"]:hover {{
        border-color: {c.field_border}; }}
    QComboBox, QLineEdit, QSpinBox, QDoubleSpinBox {{ background: {c.surface}; color: {c.text};
        border: 1px solid {c.field_border}; border-radius: 7px; padding: 6px 10px;
        min-height: 20px; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QLineEdit, QSpinBox, QDoubleSpinBox {{ padding-left: 8px; }}
    QSpinBox, QDoubleSpinBox {{ padding-top: 5px; padding-bottom: 5px; }}
    QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
        border: 2px solid {c.accent}; padding: 5px 9px; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {{ padding-left: 7px; }}
    QSpinBox:focus, QDoubleSpinBox:focus {{ padding-top: 4px; padding-bottom: 4px; }}
    /* As a list: as a menu, it is made too low for its last entry. */
    QComboBox {{ combobox-popup: 0; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox::down-arrow {{ image: url({_ASSETS}/arrow-{c.name}.svg); width: 12px;
        height: 12px; }}
    QCheckBox {{ spacing: 8px; padding: 3px 0; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {c.field_border};
        border-radius: 4px; background: {c.surface}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
        image: url({_ASSETS}/check-{c.name}.svg); }}
    QCheckBox::indicator:focus {{ border: 2px solid {c.text}; width: 14px; height: 14px; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text};
        border: 1px solid {c.border}; selection-background-color: {c.raised};
        selection-color: {c.text}; padding: 4px; outline: none; }}
    QComboBox QAbstractItemView::item {{ min-height: 26px; padding: 0 4px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.border}; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 18px; height: 18px; margin: -8px 0;
        border-radius: 10px; background: {c.accent}; border: 1px solid {c.surface}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {c.text}; }}
    QProgressBar {{ background: {c.border}; border: none; border-radius: 4px; max-height: 8px;
        min-height: 8px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
    QListWidget {{ background: transparent; outline: none;
        border: 1px solid transparent; }}
    QListWidget:focus {{ border-color: {c.accent}; border-radius: 7px; }}
    QListWidget::item {{ padding: 8px 10px; border-radius: 6px; }}
    QListWidget::item:selected {{ background: {c.raised}; color: {c.text}; }}
    QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent;
        border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.field_border}; border-radius: 4px;
        min-height: 30px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    """
