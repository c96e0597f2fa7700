"""The preview shows the untouched picture before the divider and the restored one after it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtTest import QTest

from nasfe_cam.control.client.preview_reader import PreviewPair
from tests.ui.conftest import eventually
from ui.widgets.preview import Preview

RED, BLUE, GREEN = "#c81414", "#1414c8", "#14c814"


def filled(bgr: tuple[int, int, int]) -> np.ndarray:
    image = np.empty((90, 160, 3), np.uint8)
    image[:] = bgr
    return image


@pytest.fixture
def preview() -> Iterator[Preview]:
    """Untouched is red; restored is blue, with a green strip at its right edge."""
    restored = filled((200, 20, 20))
    restored[:, 120:] = (20, 200, 20)
    pairs = iter([PreviewPair(filled((20, 20, 200)), restored, 0.0, 0)])
    widget = Preview(lambda: next(pairs, None))
    widget.resize(642, 362)
    widget.set_mirrored(False)
    widget.set_live(True)
    widget.show()
    assert eventually(lambda: widget.pair is not None, 60)
    yield widget
    widget.close()


def colour_at(preview: Preview, share: float) -> str:
    image: QImage = preview.grab().toImage()
    return QColor(image.pixel(round(share * image.width()), image.height() * 3 // 4)).name()


def test_left_of_the_divider_is_before_and_right_of_it_after(preview: Preview) -> None:
    assert (colour_at(preview, 0.25), colour_at(preview, 0.6)) == (RED, BLUE)
    assert colour_at(preview, 0.9) == GREEN


def test_the_divider_follows_the_mouse_and_the_arrow_keys(preview: Preview) -> None:
    QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(65, 100))
    assert preview.divider == pytest.approx(0.1, abs=0.01)
    assert colour_at(preview, 0.25) == BLUE
    preview.setFocus()
    for _ in range(4):
        QTest.keyClick(preview, Qt.Key.Key_Right)
    assert preview.divider == pytest.approx(0.3, abs=0.01)
    assert colour_at(preview, 0.25) == RED
    for _ in range(20):
        QTest.keyClick(preview, Qt.Key.Key_Left)
    assert preview.divider == 0


def test_holding_the_space_bar_shows_the_original_only_meanwhile(preview: Preview) -> None:
    QTest.keyPress(preview, Qt.Key.Key_Space)
    assert (colour_at(preview, 0.25), colour_at(preview, 0.9)) == (RED, RED)
    QTest.keyRelease(preview, Qt.Key.Key_Space)
    assert (colour_at(preview, 0.25), colour_at(preview, 0.9)) == (RED, GREEN)


def test_without_comparison_only_the_restored_picture_is_shown(preview: Preview) -> None:
    preview.set_compares(False)
    assert (colour_at(preview, 0.25), colour_at(preview, 0.9)) == (BLUE, GREEN)


def test_mirrored_the_picture_turns_and_before_stays_left(preview: Preview) -> None:
    preview.set_mirrored(True)
    assert (colour_at(preview, 0.25), colour_at(preview, 0.9)) == (RED, BLUE)
    preview.set_divider(0)
    assert colour_at(preview, 0.1) == GREEN


def test_the_picture_keeps_its_proportions(preview: Preview) -> None:
    assert preview.heightForWidth(640) == 360


def test_what_is_left_of_a_camera_that_has_ended_is_not_shown() -> None:
    reads: list[bool] = []

    def newest() -> PreviewPair:
        reads.append(True)
        return PreviewPair(filled((0, 0, 0)), filled((9, 9, 9)), 0.0, 0)

    widget = Preview(newest)
    widget.show()
    assert eventually(lambda: len(reads) > 3, 60)
    assert widget.pair is None
    widget.set_live(True)
    assert eventually(lambda: widget.pair is not None, 60)
    widget.close()


def test_it_asks_for_pictures_only_while_it_is_visible(preview: Preview) -> None:
    wanted: list[bool] = []
    preview.wanted.connect(wanted.append)
    preview.hide()
    preview.show()
    assert wanted == [False, True]
