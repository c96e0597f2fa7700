"""Enrolment with the webcam: shows the picture, and says what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPixmap
from PyQt6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from nasfe_cam.config.settings import Settings
from nasfe_cam.control.protocol.endpoint import default_endpoint
from nasfe_cam.core.errors import NasfeError
from ui.dialogs.text_dialog import TextDialog
from ui.i18n.translated_statements import worded
from ui.services.camera_proxy import Camera
from ui.services.enrolment_task import Enrolled, save
from ui.services.photo_examination import small_picture
from ui.services.tasks import Task, run_in_background

if TYPE_CHECKING:
    from nasfe_cam.core.frame import Frame
    from nasfe_cam.enrolment.webcam_steps import WebcamSteps

_SIDE = 560
_STEPS = 4
# Looking at one picture may take a second on a busy machine.
_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A moment in front of the webcam: the mirrored picture, the words, steps done."""

    picture: QImage
    words: str
    done: int


class WebcamEnrolment(TextDialog):
    """Leads through four pictures; the camera may be running meanwhile.

    Signals:
        enrolled: an `Enrolled`, which is saved.
        trouble: a `NasfeError`.
        cancelled: nothing was kept.

    Args:
        name: of the profile.
        camera: its pictures are used while it runs, since the webcam is taken then.
        settings: say which webcam is used otherwise.
        keep_photos: keep small copies in the profile.
    """

    enrolled = pyqtSignal(object)
    trouble = pyqtSignal(object)
    cancelled = pyqtSignal()

    def __init__(
        self,
        name: str,
        camera: Camera,
        settings: Settings,
        keep_photos: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Enrol with the webcam"))
        self._name = name
        self._camera = camera
        self._settings = settings
        self._keep_photos = keep_photos
        self._task: Task | None = None
        self._looks = False
        self.picture = QLabel(self.tr("One moment …"))
        self.picture.setFixedSize(QSize(_SIDE, _SIDE * 9 // 16))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = QLabel(self.tr("Look at the camera."))
        self.words.setProperty("role", "heading")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        # Room for the longest instruction, so that nothing moves when it changes.
        self.words.ensurePolished()
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (self.picture, self.words, self.progress):
            column.addWidget(widget)
        column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.finished.connect(self._end)

    def begin(self) -> None:
        """Begin to look."""
        self._looks = self._camera.active
        if self._looks:
            self._camera.look(True)
        name, keep_photos = self._name, self._keep_photos
        source_settings = None if self._looks else self._settings
        self._task = run_in_background(
            self,
            lambda task: _work(task, name, source_settings, keep_photos),
            self._succeed,
            self._fail,
            self._show,
        )

    def _show(self, look: _Look) -> None:
        self.picture.setPixmap(QPixmap.fromImage(look.picture))
        self.words.setText(look.words)
        self.progress.setValue(look.done)

    def _succeed(self, enrolled: Enrolled) -> None:
        self.enrolled.emit(enrolled)
        self.accept()

    def _fail(self, error: NasfeError) -> None:
        self.trouble.emit(error)
        self.accept()

    def _end(self) -> None:
        if self._task is not None and self._task.running:
            self._task.cancel()
            self._task.wait(_END_SECONDS)
            self.cancelled.emit()
        if self._looks:
            self._camera.look(False)


def _work(task: Task, name: str, settings: Settings | None, keep_photos: bool) -> Enrolled:
    """Enrol from the webcam of the settings; None for the preview of the running camera."""
    from nasfe_cam.control.client.preview_source import PreviewSource
    from nasfe_cam.enrolment.from_camera import enrol_from_camera
    from nasfe_cam.enrolment.networks import open_networks
    from nasfe_cam.pipeline.factory import make_source
    from nasfe_cam.sources.base import Source

    def show(state: WebcamSteps, frame: Frame) -> None:
        picture = small_picture(frame.image, _SIDE).flipped(Qt.Orientation.Horizontal)
        words = worded(state.instruction.statement)
        task.tell(_Look(picture, words, len(state.taken)))

    with open_networks() as networks:
        source: Source = (
            PreviewSource(default_endpoint().preview_ring)
            if settings is None
            else make_source(settings)
        )
        try:
            return save(
                enrol_from_camera(
                    name,
                    source,
                    networks,
                    show,
                    lambda: task.cancel_wanted,
                    keep_photos=keep_photos,
                )
            )
        finally:
            source.close()
