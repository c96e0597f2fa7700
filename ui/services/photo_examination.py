"""Examines photos in the background, and reports each result as soon as it is known."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.photo_errors import PhotoError
from ui.services.tasks import Task, run_in_background
from ui.style.images import image_over

if TYPE_CHECKING:
    from nasfe_cam.enrolment.examine import ExaminedFace

THUMBNAIL = 192
"""Longest side of a small picture, in pixels."""

_CHOICE_SIDE = 1000

Box = tuple[float, float, float, float]
"""Left, top, width and height of a face, as shares of the picture's width and height."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What was found in one photo.

    Attributes:
        path: of the photo.
        thumbnail: the photo, small and upright; None if it cannot be read.
        face: what to enrol from; None if it cannot be used.
        error: why it cannot be used.
        boxes: where its faces are, if there are several to choose from.
        picture: the photo at a size to choose in, only with `boxes`.
    """

    path: Path
    thumbnail: QImage | None
    face: ExaminedFace | None
    error: PhotoError | None
    boxes: tuple[Box, ...] = ()
    picture: QImage | None = None


class PhotoExamination(QObject):
    """Examines photos one after the other; the networks are loaded only while there are any.

    Signals:
        judged: a `Verdict`.
        failed: the networks could not be loaded or run.
        idle: there is nothing left to look at.
    """

    judged = pyqtSignal(object)
    failed = pyqtSignal(object)
    idle = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Path, int | None]] = deque()
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Whether there are photos to look at."""
        return self._task is not None

    def look_at(self, path: Path, face: int | None = None) -> None:
        """Look at this photo, after those that wait.

        Args:
            path: of the photo.
            face: number of the face that is meant, where there are several.
        """
        with self._lock:
            self._waiting.append((path, face))
        if self._task is None:
            self._task = run_in_background(
                self, self._work, self._rest, self._fail, self.judged.emit, self._rest
            )

    def cancel(self) -> None:
        """Look at no further photos."""
        with self._lock:
            self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Cancel, and wait a moment for the photo that is being looked at."""
        task = self._task
        self.cancel()
        if task is not None:
            task.wait(10)

    def _work(self, task: Task) -> None:
        # Imported here: OpenCV and MediaPipe take seconds, and most starts need neither.
        from nasfe_cam.enrolment.networks import open_networks

        with open_networks() as networks:
            while True:
                with self._lock:
                    if not self._waiting:
                        return
                    path, number = self._waiting.popleft()
                task.tell(_judge(path, number, networks))

    def _rest(self, _result: object = None) -> None:
        self._task = None
        with self._lock:
            again = self._waiting.popleft() if self._waiting else None
        if again is not None:  # added while the work ended
            self.look_at(*again)
        else:
            self.idle.emit()

    def _fail(self, error: NasfeError) -> None:
        with self._lock:
            self._waiting.clear()
        self._task = None
        self.failed.emit(error)
        self.idle.emit()


def _judge(path: Path, number: int | None, networks: object) -> Verdict:
    from nasfe_cam.enrolment.examine import examine_file
    from nasfe_cam.enrolment.networks import EnrolmentNetworks
    from nasfe_cam.enrolment.photos import read_reduced_photo
    from nasfe_cam.faces.still_detector import LONGEST_SIDE

    assert isinstance(networks, EnrolmentNetworks)
    boxes: list[NDArray[np.float32]] = []

    def choose(_path: Path, faces: object) -> object:
        assert isinstance(faces, list)
        if number is not None and number < len(faces):
            return faces[number]
        boxes.extend(np.stack([face.landmarks.min(0), face.landmarks.max(0)]) for face in faces)
        return None

    thumbnail, face, error = None, None, None
    try:
        thumbnail = small_picture(read_reduced_photo(path, THUMBNAIL)[0], THUMBNAIL)
        face = examine_file(path, networks, choose)  # type: ignore[arg-type]
    except PhotoError as refusal:
        error = refusal
    if not boxes:
        return Verdict(path, thumbnail, face, error)
    image = read_reduced_photo(path, LONGEST_SIDE)[0]
    height, width = image.shape[:2]
    shares = tuple(
        (
            float(low[0] / width),
            float(low[1] / height),
            float((high[0] - low[0]) / width),
            float((high[1] - low[1]) / height),
        )
        for low, high in boxes
    )
    return Verdict(path, thumbnail, None, error, shares, small_picture(image, _CHOICE_SIDE))


def small_picture(image: NDArray[np.uint8], longest_side: int) -> QImage:
    """An H x W x 3 uint8 BGR picture for the window, with a copy of its own pixels."""
    import cv2

    height, width = image.shape[:2]
    scale = min(1.0, longest_side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.ascontiguousarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return image_over(small).copy()
