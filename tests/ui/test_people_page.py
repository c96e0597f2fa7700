"""Enrolment in the window, from files, with the real networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtTest import QTest

from nasfe_cam.control.client.camera_state import Phase
from nasfe_cam.enrolment.webcam_steps import Instruction
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from tests.ui.conftest import eventually
from ui.dialogs.face_choice import FaceChoice
from ui.dialogs.photo_effect import EffectDialog
from ui.dialogs.webcam_enrolment import WebcamEnrolment
from ui.pages.people_page import PeoplePage
from ui.widgets.photo_card import PhotoCard
from ui.window import CameraWindow

REFERENCES = [BUNDLED_CLIP.parent / f"reference_{number}.jpg" for number in (1, 2, 3)]


@pytest.fixture
def page(window: CameraWindow) -> PeoplePage:
    window.rail.buttons[1].click()
    return window.people_page


@pytest.fixture
def bad_photos(tmp_path: Path) -> list[Path]:
    """One of each: blurred, without a face, with two faces, and no picture at all."""
    face = cv2.imread(str(REFERENCES[0]))
    assert face is not None
    other = cv2.resize(cv2.imread(str(REFERENCES[1])), face.shape[1::-1])
    pictures = {
        "blurred.png": cv2.GaussianBlur(face, (0, 0), face.shape[0] / 60),
        "empty.png": np.full((400, 400, 3), 120, np.uint8),
        "two.png": np.hstack([face, other]),
    }
    paths = []
    for name, picture in pictures.items():
        paths.append(tmp_path / name)
        cv2.imwrite(str(paths[-1]), picture)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")
    return [*paths, broken]


def drop(page: PeoplePage, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.drop.dropEvent(event)


def judged(page: PeoplePage) -> bool:
    return bool(page.cards) and all(card.verdict is not None for card in page.cards)


def card_of(page: PeoplePage, name: str) -> PhotoCard:
    return next(card for card in page.cards if card.path.name == name)


def test_dropped_photos_get_verdicts_and_become_a_profile_that_is_used(
    window: CameraWindow, page: PeoplePage, bad_photos: list[Path]
) -> None:
    drop(page, [*REFERENCES, *bad_photos])
    assert not page.progress.isHidden() and not page.cancel_button.isHidden()
    assert eventually(lambda: judged(page))
    assert "blurred" in card_of(page, "blurred.png").text.text()
    assert "No face was found" in card_of(page, "empty.png").text.text()
    assert "2 faces are in it" in card_of(page, "two.png").text.text()
    assert "cannot be read" in card_of(page, "broken.jpg").text.text()
    good = [card_of(page, path.name) for path in REFERENCES]
    assert all(card.text.text() == "Good." for card in good)
    assert card_of(page, "blurred.png").accessibleDescription()

    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert page.result.isVisible() and "name first" in page.result.text()
    QTest.keyClicks(page.name, "Ada")
    assert not page.result.isVisible()
    page.keep.setChecked(True)
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert eventually(lambda: "Ada is enrolled" in page.result.text()), page.result.text()
    profile = ProfileStore(profiles_folder()).load("Ada")
    assert profile.photo_count >= 1 and profile.can_be_rebuilt
    assert window.camera_page.people.currentText() == "Ada"
    assert window.settings.now.restore.profile == "Ada"
    assert page.people.list.currentItem().text() == "Ada"  # type: ignore[union-attr]
    assert eventually(lambda: page.findChild(EffectDialog) is not None)
    dialog = page.findChild(EffectDialog)
    assert dialog is not None and dialog.isVisible()
    bad, without, with_photos = (picture.pixmap().toImage() for picture in dialog.pictures)
    assert bad != without != with_photos, "each shows something else"
    percent = [int(one.accessibleName().split()[-2]) for one in dialog.pictures]
    assert percent[0] < percent[1] and percent[0] < percent[2]
    dialog.accept()


def test_a_photo_that_is_refused_is_shown_with_its_reason(
    page: PeoplePage, bad_photos: list[Path]
) -> None:
    # The window is as low as it can be, and the list shows two photos.
    page.window().resize(1, 1)
    drop(page, [*REFERENCES, bad_photos[0]])
    assert eventually(lambda: judged(page))
    refused = card_of(page, "blurred.png")
    assert eventually(lambda: not refused.text.visibleRegion().isEmpty())
    assert refused.visibleRegion().boundingRect().height() == refused.height()


def test_of_a_dropped_folder_every_photo_is_looked_at_and_nothing_else(
    page: PeoplePage, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    for name in ("b.HEIC", "a.jpg", "notes.txt", ".a.jpg"):
        (tmp_path / "photos" / name).write_bytes(b"x")
    drop(page, [tmp_path / "photos", tmp_path / "photos" / "a.jpg"])
    assert [card.path.name for card in page.cards] == ["a.jpg", "b.HEIC"]
    assert eventually(lambda: judged(page))


@pytest.mark.shared
def test_a_strangers_photo_is_marked_before_anybody_is_enrolled(
    page: PeoplePage, shared_data: Path, tmp_path: Path
) -> None:
    stranger = shared_data / "enrol" / "clip_d9" / "00.jpg"
    same = tmp_path / "same.jpg"
    same.write_bytes(REFERENCES[0].read_bytes())
    page.name.setText("Ada")
    page.add_photos([REFERENCES[0], stranger])
    assert eventually(lambda: judged(page))
    assert eventually(lambda: not page.looking.busy)
    for card in page.cards:
        assert "different people" in card.text.text()
    assert not page.button.isEnabled(), "nobody prevails"

    page.add_photos([REFERENCES[1], same])
    assert eventually(lambda: judged(page) and not page.looking.busy)
    assert "another person" in card_of(page, stranger.name).text.text()
    assert "hardly differs from reference_1.jpg" in card_of(page, same.name).text.text()
    assert card_of(page, REFERENCES[0].name).text.text() == "Good."
    assert page.button.isEnabled()

    card_of(page, REFERENCES[0].name).removed.emit()
    card_of(page, REFERENCES[1].name).removed.emit()
    card_of(page, same.name).removed.emit()
    assert card_of(page, stranger.name).text.text() == "Good.", "alone, it is nobody's stranger"


def test_of_two_faces_the_right_one_can_be_chosen(page: PeoplePage, bad_photos: list[Path]) -> None:
    page.add_photos([path for path in bad_photos if path.name == "two.png"])
    assert eventually(lambda: judged(page))
    card = card_of(page, "two.png")
    assert not card.choose.isHidden()
    card.choose.click()
    choice = page.findChild(FaceChoice)
    assert choice is not None and len(choice.buttons) == 2
    assert choice.buttons[0].x() < choice.buttons[1].x()
    QTest.mouseClick(choice.buttons[1], Qt.MouseButton.LeftButton)
    assert eventually(lambda: card.verdict is not None)
    assert card.text.text() == "Good." and card.choose.isHidden()


def test_looking_can_be_cancelled_and_photos_left_out(page: PeoplePage) -> None:
    page.add_photos([REFERENCES[0].parent])
    assert len(page.cards) == 3, "pictures of the folder, and nothing else of it"
    QTest.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    assert eventually(lambda: not page.looking.busy)
    assert page.progress.isHidden() and not page.button.isEnabled()
    page.add_photos(REFERENCES[:1])
    assert eventually(lambda: judged(page)), "after that it goes on"
    for card in list(page.cards):
        card.removed.emit()
    assert page.cards == []


def test_a_name_that_cannot_be_is_refused_in_words(page: PeoplePage) -> None:
    page.name.setText("a/b")
    page.enrol()
    assert "cannot be called" in page.result.text()
    assert ProfileStore(profiles_folder()).names() == []


@pytest.mark.parametrize("running", [False, True], ids=["camera off", "camera on"])
def test_the_webcam_shows_the_person_and_says_what_to_do_and_cancelling_keeps_nothing(
    window: CameraWindow, page: PeoplePage, running: bool
) -> None:
    if running:
        window.start_camera()
        assert eventually(lambda: window.camera.state.phase is Phase.RUNNING)
    QTest.mouseClick(page.drop.webcam, Qt.MouseButton.LeftButton)
    assert page.result.isVisible() and "name first" in page.result.text()
    page.name.setText("Ada")
    QTest.mouseClick(page.drop.webcam, Qt.MouseButton.LeftButton)
    dialog = page.findChild(WebcamEnrolment)
    assert dialog is not None
    words = {instruction.words for instruction in Instruction}
    assert eventually(lambda: not dialog.picture.pixmap().isNull()), page.result.text()
    assert dialog.words.text() in words
    dialog.reject()
    assert eventually(lambda: "nothing was saved" in page.result.text()), page.result.text()
    assert ProfileStore(profiles_folder()).names() == []
    if running:
        assert window.camera.state.phase is Phase.RUNNING


def test_an_outdated_profile_is_made_anew_from_its_kept_photos(page: PeoplePage) -> None:
    page.add_photos(REFERENCES[:1])
    assert eventually(lambda: judged(page))
    page.name.setText("Ada")
    page.keep.setChecked(True)
    page.enrol()
    assert eventually(lambda: "Ada is enrolled" in page.result.text()), page.result.text()
    people, store = page.people, ProfileStore(profiles_folder())
    assert people.rebuild.isHidden() and "From 1 photo, " in people.about.text()
    assert "Small copies stored" in people.about.text()
    profile = store.load("Ada")
    store.save(replace(profile, extractor_sha256="0" * 64))
    people.reload("Ada")
    assert "another version" in people.about.text() and not people.rebuild.isHidden()
    people.rebuild.click()
    assert eventually(lambda: people.rebuild.isHidden())
    assert store.load("Ada").extractor_sha256 == profile.extractor_sha256
