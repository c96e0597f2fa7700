"""The settings page is made from the declarations and writes the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QSpinBox

from nasfe_cam.errors import SettingsError
from nasfe_cam.setting_names import setting_fields
from nasfe_cam.settings_file import read_settings, save_settings
from tests.ui.conftest import eventually
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
    assert eventually(lambda: read_settings(config).tracking.maximum_faces == 2, 10)
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


def test_saving_keeps_other_values_writes_no_defaults_and_refuses_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    save_settings({"restore.strength": 40, "output.fps": 25.0}, path)
    save_settings({"restore.strength": 100}, path)
    assert path.read_text() == "[output]\nfps = 25.0\n"
    with pytest.raises(SettingsError, match="0 to 100"):
        save_settings({"restore.strength": 101, "output.fps": 10.0}, path)
    assert path.read_text() == "[output]\nfps = 25.0\n"
