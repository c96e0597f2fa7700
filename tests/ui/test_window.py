"""The window drives a real camera process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel

from nasfe_cam.config.store import read_settings
from nasfe_cam.control.client.camera_state import Phase
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from tests.ui.conftest import eventually
from ui.dialogs.computer_check import CheckDialog
from ui.dialogs.guide import GuideDialog
from ui.i18n.error_actions import Problem, Remedy
from ui.window import PEOPLE, CameraWindow


def start(window: CameraWindow) -> None:
    """Press Start and wait for a restored picture."""
    QTest.mouseClick(window.camera_page.button, Qt.MouseButton.LeftButton)
    assert eventually(lambda: difference(window) > 3), window.camera.state


def difference(window: CameraWindow) -> float:
    """Mean difference between both pictures on the screen, in grey levels."""
    pair = window.camera_page.preview.pair
    if pair is None:
        return 0.0
    return float(np.abs(pair.untouched.astype(int) - pair.restored.astype(int)).mean())


def process_of(window: CameraWindow) -> int:
    process = window.camera.state.process
    assert process is not None
    return process


def test_start_shows_both_pictures_the_sliders_change_them_and_stop_ends_the_camera(
    window: CameraWindow, config: Path
) -> None:
    page = window.camera_page
    assert "off" in page.condition.text() and page.button.text() == "Start"
    start(window)
    assert page.button.text() == "Stop"
    assert eventually(lambda: "per second" in page.line.text())
    assert "Preview only" in page.condition.text()
    assert eventually(lambda: "CPU" in page.line.toolTip()), "once the network is loaded"
    page.light.slider.setValue(0)
    page.retouch.slider.setValue(0)
    assert not page.retouch.auto.isChecked(), "a slider that is moved is no longer automatic"
    assert eventually(lambda: difference(window) < 0.5), "at 0 nothing is done"
    page.light.auto.click()
    page.retouch.slider.setValue(80)
    assert eventually(lambda: difference(window) > 2), "and it comes back"
    assert eventually(lambda: read_settings(config).restore.retouch == 80, 60), "it is kept"
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert eventually(lambda: page.button.text() == "Start" and page.button.isEnabled())
    assert not is_claimed(default_endpoint())
    assert page.preview.pair is None


def test_a_killed_camera_is_said_and_started_again(window: CameraWindow) -> None:
    start(window)
    killed = process_of(window)
    seen: list[str] = []
    window.camera.state_changed.connect(
        lambda state: seen.append(window.camera_page.condition.text())
    )
    psutil.Process(killed).kill()
    assert eventually(lambda: any("stopped unexpectedly" in text for text in seen))
    assert eventually(lambda: window.camera.state.phase is Phase.RUNNING)
    assert process_of(window) != killed
    assert eventually(lambda: difference(window) > 3), "pictures are back by themselves"


def test_frames_go_on_when_the_window_is_killed_and_the_next_window_attaches(
    open_window: Callable[..., CameraWindow], config: Path, tmp_path: Path
) -> None:
    options = ["--start", "--config", str(config), "--preferences", str(tmp_path / "other.ini")]
    program = subprocess.Popen([sys.executable, "-m", "ui", *options], cwd=config.parent)
    try:
        assert eventually(lambda: is_claimed(default_endpoint())), "the window started a camera"
        client = CameraClient.attach(patience=60)
        assert eventually(lambda: client.status().shown > 5 and client.status().viewers == 1)
    finally:
        program.kill()
        program.wait()
    shown = client.status().shown
    assert eventually(lambda: client.status().shown >= shown + 60), "60 more frames"
    assert eventually(lambda: client.status().viewers == 0)
    second = open_window()
    assert eventually(lambda: second.camera.state.phase is Phase.RUNNING)
    assert process_of(second) == client.process, "attached, not started anew"
    assert eventually(lambda: difference(second) > 3)
    assert second.camera_page.button.text() == "Stop"
    second.close()
    shown = client.status().shown
    assert eventually(lambda: client.status().shown > shown + 10), "closing ends nothing either"
    client.stop()
    assert client.wait_until_gone(60)
    client.close()


def test_two_windows_show_the_same_amounts(open_window: Callable[..., CameraWindow]) -> None:
    first, second = open_window(), open_window()
    start(first)
    assert eventually(lambda: second.camera.status is not None)
    first.camera_page.retouch.slider.setValue(35)
    assert eventually(lambda: second.camera_page.retouch.slider.value() == 35)
    first.camera_page.retouch.auto.click()
    assert eventually(lambda: second.camera_page.retouch.auto.isChecked())
    assert second.tray.toggle.text() == "Stop the camera"


def test_a_missing_virtual_camera_is_explained_and_the_preview_works_without(
    window: CameraWindow,
) -> None:
    window.choose_setting("output.outputs", ("camera",))
    window.choose_setting("output.label", "No Such Camera")
    QTest.mouseClick(window.camera_page.button, Qt.MouseButton.LeftButton)
    assert eventually(lambda: window.banner.isVisible())
    assert "“No Such Camera” is not installed" in window.banner.text.text()
    assert "doctor" not in window.banner.text.text(), "no command line for people with a window"
    labels = [button.text() for button in window.banner.buttons]
    assert labels == ["Install it …", "Show the preview only"]
    QTest.mouseClick(window.banner.buttons[1], Qt.MouseButton.LeftButton)
    assert eventually(lambda: window.camera.state.phase is Phase.RUNNING)
    assert not window.banner.isVisible()


def test_a_missing_clip_is_said_with_the_button_that_helps(
    open_window: Callable[..., CameraWindow],
) -> None:
    window = open_window("--source", "/no/such/clip.mp4")
    window.start_camera()
    assert eventually(lambda: window.banner.isVisible())
    assert "There is no file /no/such/clip.mp4." in window.banner.text.text()
    assert [button.text() for button in window.banner.buttons] == ["Choose another camera"]
    assert "could not start" in window.camera_page.condition.text()


def test_a_setting_that_needs_a_restart_says_so_and_restarts_on_demand(
    window: CameraWindow,
) -> None:
    start(window)
    before = process_of(window)
    window.settings_page.editors["tracking.fade_seconds"].widget.setValue(0.5)  # type: ignore[attr-defined]
    window.settings_page.editors["tracking.fade_seconds"].widget.editingFinished.emit()  # type: ignore[attr-defined]
    assert not window.settings_page.restart_strip.isHidden()
    window.settings_page.restart.click()
    assert eventually(
        lambda: window.camera.state.phase is Phase.RUNNING and process_of(window) != before
    )
    assert eventually(lambda: window.camera.status is not None)
    status = window.camera.status
    assert status is not None and status.settings["tracking.fade_seconds"] == 0.5


def test_the_first_start_is_guided_in_four_steps_and_the_second_is_not(
    open_window: Callable[..., CameraWindow],
) -> None:
    window = open_window()
    window.welcome()
    guide = window.findChild(GuideDialog)
    assert guide is not None and guide.isVisible()
    labels = guide.findChildren(QLabel)
    headings = [label.text() for label in labels if label.property("role") == "heading"]
    assert [text[:2] for text in headings] == ["1.", "2.", "3.", "4."]
    guide.photos.click()
    assert window.pages.currentIndex() == PEOPLE and not guide.isVisible()
    second = open_window()
    second.welcome()
    assert second.findChild(GuideDialog) is None


def test_hidden_the_preview_is_not_asked_for(window: CameraWindow) -> None:
    start(window)
    client = CameraClient.attach()
    assert eventually(lambda: client.status().viewers == 1, 60)
    window.rail.buttons[PEOPLE].click()
    assert eventually(lambda: client.status().viewers == 0, 60)
    window.rail.buttons[0].click()
    assert eventually(lambda: client.status().viewers == 1, 60)
    window.hide()
    assert eventually(lambda: client.status().viewers == 0, 60)
    client.close()


def test_this_computer_can_be_checked_from_the_window(window: CameraWindow) -> None:
    window.banner.chosen.emit(Remedy.CHECK)
    dialog = window.findChild(CheckDialog)
    assert dialog is not None
    found = "virtual camera"
    assert eventually(lambda: found in [label.text() for label in dialog.findChildren(QLabel)])
    assert "found" in dialog.words.text() or "in order" in dialog.words.text()
    dialog.accept()


def test_every_remedy_has_a_button(window: CameraWindow) -> None:
    window.banner.show_problem(Problem("Something is wrong.", tuple(Remedy)))
    assert all(button.text() for button in window.banner.buttons)
    assert len(window.banner.buttons) == len(Remedy)
