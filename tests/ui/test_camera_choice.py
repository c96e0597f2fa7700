"""The list of cameras: all of it can be seen, and it names none that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from nasfe_cam.control.client.camera_state import CameraState, Phase
from tests.ui.conftest import eventually
from ui.i18n.status_texts import state_words
from ui.services.camera_finder import FoundCamera
from ui.widgets.camera_choice import CameraChoice


@pytest.fixture
def choice(application: QApplication) -> Iterator[CameraChoice]:
    """As wide as in the window."""
    place = QWidget()
    place.setFixedWidth(264)
    made = CameraChoice()
    QVBoxLayout(place).addWidget(made)
    place.show()
    yield made
    place.close()


@pytest.mark.parametrize("cameras", [1, 2, 4])
def test_every_entry_is_shown_whole(choice: CameraChoice, cameras: int) -> None:
    choice._show_found([FoundCamera(str(place), f"HD Webcam C{place}") for place in range(cameras)])
    choice.showPopup()
    view = choice.view()
    model = choice.model()
    assert view is not None and model is not None
    QTest.qWait(50)
    seen = view.viewport().rect()  # type: ignore[union-attr]
    last = view.visualRect(model.index(choice.count() - 1, 0))
    assert seen.contains(last), (seen, last)
    assert view.sizeHintForColumn(0) <= seen.width()
    choice.hidePopup()


def test_a_camera_that_is_not_there_is_not_named_as_if_it_were(choice: CameraChoice) -> None:
    assert choice.currentText() == "The first camera", "nobody has looked yet"
    choice._show_found([])
    assert choice.currentText() == "No camera found"
    choice._show_found([FoundCamera("2", "HD Webcam")])
    assert choice.currentText() == "Camera 0, not found"
    choice.show_source("2")
    assert choice.currentText() == "HD Webcam"
    choice.show_source("/home/ada/clip.mp4")
    assert choice.currentText() == "clip.mp4"


def test_the_end_of_a_clip_is_said() -> None:
    assert "clip has ended" in state_words(CameraState(Phase.STOPPED, finished=True), None).text
    assert "ended" not in state_words(CameraState(Phase.STOPPED), None).text


def test_the_cameras_are_looked_for_when_asked(choice: CameraChoice) -> None:
    choice.look()
    assert eventually(lambda: choice._task is None)
    assert choice.currentText() != "The first camera"
