"""Finds the enrolled person among several faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nasfe_cam.core.frame import FloatArray, Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.stage import Stage
from nasfe_cam.core.supervised import Held
from nasfe_cam.faces.recogniser import SAME_PERSON, Recogniser, cosine
from nasfe_cam.faces.tracker import Face


@dataclass(frozen=True, slots=True, eq=False)
class _Company:
    frame: Frame
    faces: tuple[Face, ...]


class IdentitySelector:
    """Compares the faces with a profile about once a second, while there are several.

    With one face there is nothing to choose, so nothing is computed; the
    network is not even loaded before the first frame with company.

    Args:
        hold: called when the recogniser is needed for the first time; it is closed with this.
        embedding: 128 float32 of the enrolled person; None for nobody.
        prefer: told the centre (x, y in frame pixels) of the matching face, or
            None if none matches; called from the thread of this class, and from
            that of `look_for`.
        meter: counts the stage "choose".
        report: told every failure, and then faces are compared in a thread; without it, in
            that of whoever offers them.
        rate: comparisons per second.
    """

    def __init__(
        self,
        hold: Callable[[], Held[Recogniser]],
        embedding: FloatArray | None,
        prefer: Callable[[FloatArray | None], None],
        meter: Meter,
        report: Callable[[Exception], None] | None,
        rate: float = 1.0,
    ) -> None:
        self._hold = hold
        self._embedding = embedding
        self._prefer = prefer
        self._meter = meter
        self._period = 1 / rate
        self._judged_at = float("-inf")
        self._recogniser: Held[Recogniser] | None = None
        self._stage = None if report is None else Stage("choose", self._choose, report)

    def start(self) -> None:
        """Begin to work, where there is a thread."""
        if self._stage is not None:
            self._stage.start()

    def offer(self, frame: Frame, faces: Sequence[Face]) -> None:
        """Pass the faces of a frame; they are compared if it is time, otherwise ignored."""
        if self._embedding is None or len(faces) < 2:
            return
        if not self._due(frame):
            return
        company = _Company(frame, tuple(faces))
        if self._stage is not None:
            self._stage.put(company)
        else:
            self._choose(company)

    def look_for(self, embedding: FloatArray | None) -> None:
        """Find this person from now on: 128 float32; None for nobody."""
        self._embedding = embedding
        self._judged_at = float("-inf")
        if embedding is None:
            self._prefer(None)

    def close(self) -> None:
        """Stop and free the network."""
        if self._stage is not None:
            self._stage.end(timeout=5)
        if self._recogniser is not None:
            self._recogniser.close()

    def _due(self, frame: Frame) -> bool:
        return frame.captured_at - self._judged_at >= self._period

    def _choose(self, company: _Company) -> None:
        if self._recogniser is None:
            self._recogniser = self._hold()
            if self._stage is None:
                self._recogniser.wait_until_tried()
        recogniser = self._recogniser.get()
        embedding = self._embedding
        # Another frame may have been offered while the one before was taken up.
        if recogniser is None or embedding is None or not self._due(company.frame):
            return
        self._judged_at = company.frame.captured_at
        try:
            with self._meter.stage("choose"):
                match = matching_face(recogniser, embedding, company.frame, company.faces)
        except Exception as error:
            self._recogniser.failed(error)
            return
        self._recogniser.succeeded()
        if embedding is self._embedding:  # else somebody else is looked for by now
            self._prefer(None if match is None else match.centre)


def matching_face(
    recogniser: Recogniser, embedding: FloatArray, frame: Frame, faces: Sequence[Face]
) -> Face | None:
    """The face most like the embedding; None if none reaches `SAME_PERSON`.

    Raises:
        EngineRunFailed: the network could not run.
    """
    best, highest = None, SAME_PERSON
    for face in faces:
        likeness = cosine(recogniser.embed(frame.image, face.landmarks), embedding)
        if likeness >= highest:
            best, highest = face, likeness
    return best
