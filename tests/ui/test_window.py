"""The window drives a real camera process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from ui.window import CameraWindow


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch) -> QApplication:
    """Qt without a screen; other tests in this process may have imported cv2 and its own Qt."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("QT_QPA_PLATFORM_PLUGIN_PATH", raising=False)
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@pytest.fixture
def window(application: QApplication, tmp_path: Path) -> Iterator[CameraWindow]:
    settings = tmp_path / "settings.toml"
    settings.write_text('[output]\noutputs = ["none"]\nwidth = 160\nheight = 90\n')
    window = CameraWindow(["--config", str(settings)])
    window.show()
    yield window
    window.close()


def wait(window: CameraWindow, text: str, seconds: float = 60) -> bool:
    for _ in range(int(seconds * 20)):
        if text in window.line.text():
            return True
        QTest.qWait(50)
    return False


def test_start_shows_pictures_per_second_and_stop_ends_the_process(
    window: CameraWindow, tmp_path: Path
) -> None:
    picture = tmp_path / "room.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), 80, np.uint8))
    window.source.setText(str(picture))
    window.button.click()
    assert wait(window, "pictures per second"), window.line.text()
    window.button.click()
    assert wait(window, "Stopped."), window.line.text()
    assert not window.camera.running


def test_an_error_appears_in_words(window: CameraWindow) -> None:
    window.source.setText("/no/such/clip.mp4")
    window.button.click()
    assert wait(window, "There is no file /no/such/clip.mp4"), window.line.text()
    assert window.button.text() == "Start" or wait(window, "There is no file")
