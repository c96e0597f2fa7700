"""No word is cut off, however long it is in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtGui import QFont, QFontMetrics
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton, QWidget

from nasfe_cam.core.errors import VirtualCameraMissing
from ui.dialogs.camera_installation import InstallDialog
from ui.dialogs.guide import GuideDialog
from ui.i18n.error_actions import problem_of
from ui.i18n.languages import LANGUAGES, install_language
from ui.window import CameraWindow


@pytest.fixture(params=list(LANGUAGES))
def language(application: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Every language in turn; English afterwards."""
    install_language(application, request.param)
    yield request.param
    install_language(application, "en")


@pytest.mark.usefixtures("language")
def test_no_button_of_the_window_is_narrower_than_its_text(
    open_window: Callable[..., CameraWindow],
) -> None:
    window = open_window()
    for number in range(window.pages.count()):
        window.rail.buttons[number].click()
        QTest.qWait(30)
        assert cut_off(window) == []


@pytest.mark.usefixtures("language")
def test_nothing_is_squeezed_in_the_smallest_window(
    open_window: Callable[..., CameraWindow],
) -> None:
    window = open_window()
    window.banner.show_problem(problem_of(VirtualCameraMissing("NASFE Camera")))
    for button in window.rail.buttons:
        button.click()
        window.resize(1, 1)
        QTest.qWait(100)
        assert squeezed(window.pages.currentWidget()) == []


@pytest.mark.usefixtures("language")
def test_no_button_of_a_dialog_is_narrower_than_its_text() -> None:
    for dialog in (GuideDialog(camera_missing=True), InstallDialog("NASFE Camera")):
        dialog.show()
        dialog.resize(1, 1)
        QTest.qWait(30)
        assert cut_off(dialog) == []
        dialog.close()


def cut_off(widget: QWidget) -> list[str]:
    """Texts of visible buttons for which there is too little room."""
    buttons = [*widget.findChildren(QPushButton), *widget.findChildren(QToolButton)]
    seen = [button for button in buttons if button.isVisible() and button.text()]
    return [button.text() for button in seen if button.width() < _needed(button)]


def squeezed(page: QWidget | None) -> list[str]:
    """Visible parts that have too little height, and lose the edge of what they show."""
    assert page is not None
    seen = [one for one in page.findChildren(QWidget) if one.isVisible()]
    return [repr(one) for one in seen if one.height() < _needed_height(one)]


def _needed_height(widget: QWidget) -> int:
    wraps = widget.hasHeightForWidth()
    needed = widget.heightForWidth(widget.width()) if wraps else widget.minimumSizeHint().height()
    return min(needed, widget.maximumHeight())


def _needed(button: QAbstractButton) -> int:
    if isinstance(button, QPushButton):
        return button.sizeHint().width()
    bold = QFont(button.font())
    bold.setBold(True)
    # Beside border and padding of the style sheet.
    return QFontMetrics(bold).horizontalAdvance(button.text()) + 12
