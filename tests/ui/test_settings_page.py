"""The settings page is made from the declarations and writes the settings file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QSpinBox

from nasfe_cam.config.names import setting_fields
from nasfe_cam.config.store import read_settings, save_settings
from nasfe_cam.core.errors import SettingsError
from tests.ui.conftest import eventually
from ui.style.theme import (
    DARK,
    LIGHT,
    Theme,
    choose_theme,
    current_colours,
    is_dark,
)
from ui.window import SETTINGS, CameraWindow


def test_every_setting_has_an_editor_with_its_words_and_bounds(window: CameraWindow) -> None:
    page = window.settings_page
    assert set(page.editors) == set(setting_fields())
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    for name, field in setting_fields().items():
        assert field.description in texts, name
        widget = page.editors[name].widget
        assert widget.accessibleName() and widget.accessibleDescription(), name
    width = page.editors["output.width"].widget
    assert isinstance(width, QSpinBox)
    assert (width.minimum(), width.maximum(), width.singleStep()) == (16, 7680, 2)


def test_a_change_is_written_to_the_file_and_the_rest_of_it_stays(
    window: CameraWindow, config: Path
) -> None:
    editor = window.settings_page.editors["tracking.maximum_faces"].widget
    assert isinstance(editor, QSpinBox)
    editor.setValue(2)
    editor.editingFinished.emit()
    assert eventually(lambda: read_settings(config).tracking.maximum_faces == 2, 60)
    assert read_settings(config).output.width == 640
    assert window.settings_page.restart_strip.isHidden(), "no camera runs"


def test_a_refused_value_is_said_and_taken_back(window: CameraWindow, config: Path) -> None:
    editor = window.settings_page.editors["output.outputs"].widget
    assert isinstance(editor, QLineEdit)
    editor.setText("cinema")
    editor.editingFinished.emit()
    assert "output.outputs" in window.banner.text.text()
    assert read_settings(config).output.outputs == ("none",)


def test_the_wheel_changes_nothing_without_focus(window: CameraWindow) -> None:
    window.rail.buttons[SETTINGS].click()
    window.settings_page.more.click()
    editor = window.settings_page.editors["source.width"].widget
    assert isinstance(editor, QSpinBox)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, turn)
    assert editor.value() == 1280


def test_only_everyday_choices_are_shown_until_more_is_wanted(window: CameraWindow) -> None:
    page = window.settings_page
    window.rail.buttons[SETTINGS].click()
    seen = [name for name, editor in page.editors.items() if editor.widget.isVisible()]
    assert seen == [] and not page.reset.isVisible()
    assert page.picture_size.isVisible() and page.language.isVisible() and page.check.isVisible()
    assert page.theme.isVisible() and page.keep.isVisible() and page.autostart.isVisible()
    page.more.click()
    assert page.editors["tracking.minimum_cutoff"].widget.isVisible() and page.reset.isVisible()
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "hertz" not in words and "One Euro" not in words


def test_a_picture_size_is_chosen_from_a_list(window: CameraWindow, config: Path) -> None:
    page = window.settings_page
    assert page.picture_size.currentText() == "640 × 360", "that of the file"
    page.picture_size.setCurrentIndex(2)
    page.picture_size.activated.emit(2)
    assert eventually(lambda: read_settings(config).output.width == 1920, 60)
    read = read_settings(config)
    assert (read.output.height, read.source.width, read.source.height) == (1080, 1920, 1080)


def test_a_reset_brings_the_defaults_back_but_keeps_camera_and_person(
    window: CameraWindow, config: Path
) -> None:
    camera = read_settings(config).source.source
    window.choose_setting("restore.retouch", 20)
    window.choose_setting("tracking.fade_seconds", 2.0)
    window.settings_page.more.click()
    window.settings_page.reset.click()
    assert eventually(lambda: read_settings(config).tracking.fade_seconds == 0.2, 60)
    read = read_settings(config)
    assert read.restore.retouch == "auto" and read.source.source == camera


def test_saving_keeps_other_values_writes_no_defaults_and_refuses_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    save_settings({"restore.retouch": 40, "output.fps": 25.0}, path)
    save_settings({"restore.retouch": "auto"}, path)
    assert path.read_text() == "[output]\nfps = 25.0\n"
    with pytest.raises(SettingsError, match="0 to 100"):
        save_settings({"restore.retouch": 101, "output.fps": 10.0}, path)
    assert path.read_text() == "[output]\nfps = 25.0\n"


def test_the_theme_is_chosen_at_once_and_remembered(
    application: QApplication, open_window: Callable[..., CameraWindow]
) -> None:
    window = open_window()
    theme = window.settings_page.theme
    assert theme.currentData() is Theme.DESKTOP
    try:
        for wanted, colours in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
            theme.setCurrentIndex(theme.findData(wanted))
            theme.activated.emit(theme.currentIndex())
            assert current_colours() is colours
            assert is_dark(application) is (wanted is Theme.DARK)
        assert open_window().settings_page.theme.currentData() is Theme.LIGHT
    finally:
        choose_theme(application, Theme.DESKTOP)


def test_whether_photos_are_kept_is_asked_once_for_all(
    open_window: Callable[..., CameraWindow],
) -> None:
    window = open_window()
    assert window.settings_page.keep.isChecked() and window.people_page.keep.isChecked()
    window.settings_page.keep.click()
    assert not window.people_page.keep.isChecked()
    other = open_window()
    assert not other.people_page.keep.isChecked()
    other.people_page.keep.click()
    assert other.settings_page.keep.isChecked()


def test_following_the_face_is_a_switch_beside_the_picture(window: CameraWindow) -> None:
    page = window.camera_page
    assert not page.framing.isChecked()
    page.framing.click()
    assert window.settings.now.output.auto_framing and page.framing.isChecked()
    window.choose_setting("output.auto_framing", False)
    assert not page.framing.isChecked(), "also when another part of the window changes it"
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "meeting can blur the background" in texts
