"""The page for enrolling people: checks each photo, and makes a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.core.user_files import FileKind, home_folder, kind_of
from nasfe_cam.image_io.photo_files import PHOTO_SUFFIXES, photos_in
from nasfe_cam.profiles.profile import checked_name
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from ui.dialogs.face_choice import FaceChoice
from ui.dialogs.photo_effect import EffectDialog
from ui.dialogs.webcam_enrolment import WebcamEnrolment
from ui.i18n.translated_statements import worded
from ui.services.camera_proxy import Camera
from ui.services.enrolment_task import Enrolled, enrol_work
from ui.services.photo_comparison import left_out
from ui.services.photo_effect import ShownEffect, effect_work
from ui.services.photo_examination import PhotoExamination, Verdict
from ui.services.tasks import Task, run_in_background
from ui.widgets.drop_area import DropArea
from ui.widgets.people_list import PeopleList
from ui.widgets.photo_card import PhotoCard
from ui.widgets.photo_list import PhotoList

if TYPE_CHECKING:
    from nasfe_cam.enrolment.examine import ExaminedFace

_LIST_WIDTH = 290


class PeoplePage(QWidget):
    """Enrols people and shows those who are enrolled.

    Signals:
        changed: a profile came or went.
        person_chosen: name of the person to restore from now on.
        keeping_chosen: whether profiles keep small copies of the photos.
        person_deleted: name of the person whose profile went.
        trouble: a `NasfeError`.

    Args:
        camera: whose pictures are used where it runs.
        settings: gives those of this moment.
    """

    changed = pyqtSignal()
    person_chosen = pyqtSignal(str)
    keeping_chosen = pyqtSignal(bool)
    person_deleted = pyqtSignal(str)
    trouble = pyqtSignal(object)

    def __init__(
        self, camera: Camera, settings: Callable[[], Settings], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._settings = settings
        self.photos = PhotoList()
        self.cards = self.photos.cards
        self._task: Task | None = None
        self._effect: Task | None = None
        self._compared: dict[Path, ExaminedFace] = {}
        self._left_out: dict[Path, PhotoError] = {}
        self.looking = PhotoExamination(self)
        self.looking.judged.connect(self._take_verdict)
        self.looking.failed.connect(self.trouble)
        self.looking.idle.connect(self._show_state)
        self.people = PeopleList()
        self.people.setFixedWidth(max(_LIST_WIDTH, self.people.needed_width()))
        self.people.changed.connect(self.changed)
        self.people.deleted.connect(self.person_deleted)
        self.people.chosen.connect(self.person_chosen)
        self.people.trouble.connect(self.trouble)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 20)
        row.setSpacing(20)
        row.addWidget(self.people)
        row.addLayout(self._make_enrolment(), 1)
        self._show_state()

    def add_photos(self, paths: Sequence[Path]) -> None:
        """Take these photos, and those in these folders, and begin to look at them."""
        for path in paths:
            try:
                files = photos_in(path) if kind_of(path) is FileKind.FOLDER else [path]
            except NasfeError as error:
                self._show_failure(error)
                continue
            for file in files:
                if not any(card.path == file for card in self.cards):
                    self._add_card(file)
        self._show_state()

    def enrol(self) -> None:
        """Make the profile from the photos that can be used."""
        name = self._free_name()
        if name is None:
            return
        self._say("")  # it was about the enrolment before
        verdicts = [card.verdict for card in self.cards if card.verdict is not None]
        faces = {one.path: one.face for one in verdicts if one.face is not None}
        rejected = {one.path: one.error for one in verdicts if one.error is not None}
        self.progress.setRange(0, len(faces))
        self._task = run_in_background(
            self,
            lambda task: enrol_work(task, name, faces, rejected, self.keep.isChecked()),
            self._show_enrolled,
            self._show_failure,
            self.progress.setValue,
            self._show_cancelled,
        )
        self._show_state()

    def cancel(self) -> None:
        """End what is under way; nothing is kept of it."""
        self.looking.cancel()
        if self._task is not None:
            self._task.cancel()
        for card in [card for card in self.cards if card.verdict is None]:
            self._remove(card)
        self._show_state()

    def close_work(self) -> None:
        """End everything in the background, at the end of the window."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait(10)
        if self._effect is not None:
            self._effect.cancel()
            self._effect.wait(10)
        self.looking.close()

    # Making ----------------------------------------------------------------------------

    def _make_enrolment(self) -> QVBoxLayout:
        self.drop = DropArea()
        self.drop.dropped.connect(self.add_photos)
        self.drop.files_wanted.connect(self._choose_files)
        self.drop.webcam_wanted.connect(self._use_webcam)
        self.result = QLabel()
        self.result.setWordWrap(True)
        self.result.hide()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.cancel_button)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.drop)
        column.addWidget(self.photos, 1)
        column.addWidget(self.result)
        column.addLayout(working)
        column.addWidget(self._make_end())
        return column

    def _make_end(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the person"))
        self.name.setMaxLength(64)
        self.name.textChanged.connect(lambda _: self._say(""))
        self.keep = QCheckBox(self.tr("Keep small copies of the photos"))
        self.keep.setChecked(True)
        self.keep.clicked.connect(self.keeping_chosen)
        why = QLabel(
            self.tr(
                "They keep your face yours, and never leave this computer. Only you can read them."
            )
        )
        why.setProperty("role", "small")
        why.setWordWrap(True)
        self.keep.setAccessibleDescription(why.text())
        self.button = QPushButton(self.tr("Enrol"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.enrol)
        # As high as the button beside it.
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.keep)
        column.addWidget(why)
        return frame

    # Photos ----------------------------------------------------------------------------

    def _add_card(self, path: Path) -> None:
        card = PhotoCard(path)
        card.removed.connect(lambda: self._remove(card))
        card.choice_wanted.connect(lambda: self._choose_face(card))
        self.photos.add(card)
        self._say("")
        self.looking.look_at(path)

    def _remove(self, card: PhotoCard) -> None:
        if card in self.cards:
            self.photos.remove(card)
            self._show_state()

    def _take_verdict(self, verdict: Verdict) -> None:
        for card in self.cards:
            if card.path == verdict.path:
                card.show_verdict(verdict)
        self._show_state()

    def _compare_photos(self) -> int:
        """Mark those that would be left out beside the others; returns how many remain."""
        verdicts = [card.verdict for card in self.cards if card.verdict is not None]
        faces = {one.path: one.face for one in verdicts if one.face is not None}
        if faces != self._compared:
            self._compared = faces
            self._left_out = left_out(faces)
            for card in self.cards:
                card.show_left_out(self._left_out.get(card.path))
        self.photos.reveal_refused()
        return len(faces) - len(self._left_out)

    def _choose_face(self, card: PhotoCard) -> None:
        verdict = card.verdict
        if verdict is None or verdict.picture is None:
            return
        choice = FaceChoice(verdict.picture, verdict.boxes, self)

        def take() -> None:
            if choice.chosen is not None:
                card.show_waiting()
                self.looking.look_at(card.path, choice.chosen)
                self._show_state()

        choice.accepted.connect(take)
        choice.rejected.connect(lambda: self._remove(card))
        choice.open()

    def _choose_files(self) -> None:
        suffixes = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose photos"), str(home_folder()), self.tr("Photos") + f" ({suffixes})"
        )
        self.add_photos([Path(path) for path in paths])

    def _use_webcam(self) -> None:
        name = self._free_name()
        if name is None:
            return
        dialog = WebcamEnrolment(name, self._camera, self._settings(), self.keep.isChecked(), self)
        dialog.enrolled.connect(self._show_enrolled)
        dialog.trouble.connect(self._show_failure)
        dialog.cancelled.connect(self._show_cancelled)
        dialog.finished.connect(dialog.deleteLater)
        dialog.begin()
        dialog.open()

    # The end ---------------------------------------------------------------------------

    def _free_name(self) -> str | None:
        """The name for the profile; None where there is none yet, which the user is told."""
        given = self.name.text().strip()
        try:
            name = checked_name(given)
        except NasfeError as error:
            words = worded(error) if given else self.tr("Please enter a name first.")
            self._say(words)
            self.name.setFocus()
            return None
        return name if self._is_free(name) else None

    def _is_free(self, name: str) -> bool:
        """Whether a profile may get this name; the user is asked or told."""
        try:
            taken = ProfileStore(profiles_folder()).has(name)
        except NasfeError as error:
            self._show_failure(error)
            return False
        return not taken or self._may_replace(name)

    def _may_replace(self, name: str) -> bool:
        question = self.tr("{name} is already enrolled. Replace the profile?")
        answer = QMessageBox.question(self, self.tr("Enrol"), question.format(name=name))
        return answer == QMessageBox.StandardButton.Yes

    def _show_enrolled(self, enrolled: Enrolled) -> None:
        self._task = None
        self.people.reload(enrolled.name)
        text = self.tr("{name} is enrolled from {count} photos and chosen for the camera.")
        if enrolled.count == 1:
            text = self.tr("{name} is enrolled from 1 photo and chosen for the camera.")
        words = [text.format(name=enrolled.name, count=enrolled.count)]
        if enrolled.rejected:
            left_out = ", ".join(path.name for path in enrolled.rejected)
            words.append(self.tr("Left out: {names}.").format(names=left_out))
        words += [worded(suggestion) for suggestion in enrolled.suggestions]
        self._say(" ".join(words))
        for card in self.cards:
            error = enrolled.rejected.get(card.path)
            if error is not None:
                card.show_refusal(error)
        self._show_state()
        self.changed.emit()
        self.person_chosen.emit(enrolled.name)
        self._work_out_effect(enrolled.name)

    def _work_out_effect(self, name: str) -> None:
        """Show what the photos do, as soon as that is known; enrolled is the person already."""
        settings = self._settings()
        if self._effect is not None:
            self._effect.cancel()

        def show(effect: ShownEffect | None) -> None:
            self._effect = None
            # Whoever is busy with something else, or gone, is left alone.
            if effect is not None and self.isVisible() and not QApplication.activeModalWidget():
                dialog = EffectDialog(name, effect, self)
                dialog.finished.connect(dialog.deleteLater)
                dialog.open()

        self._effect = run_in_background(
            self, lambda task: effect_work(task, name, settings), show, self.trouble.emit
        )

    def _show_failure(self, error: NasfeError) -> None:
        self._task = None
        self._say(worded(error))
        self._show_state()

    def _show_cancelled(self) -> None:
        self._task = None
        self._say(self.tr("Cancelled; nothing was saved."))
        self._show_state()

    def _show_state(self) -> None:
        waiting = sum(card.verdict is None for card in self.cards)
        usable = 0 if waiting else self._compare_photos()
        enrols = self._task is not None
        busy = enrols or waiting > 0
        self.progress.setVisible(busy)
        self.cancel_button.setVisible(busy)
        if busy and not enrols:
            self.progress.setRange(0, len(self.cards))
            self.progress.setValue(len(self.cards) - waiting)
        self.button.setEnabled(usable > 0 and not busy)

    def _say(self, words: str) -> None:
        self.result.setText(words)
        self.result.setVisible(bool(words))
