"""The thread that tells the enrolled person among several faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nasfe_cam.frame import FloatArray, Frame
from nasfe_cam.measure import Meter
from nasfe_cam.recognition import SAME_PERSON, Recogniser, cosine
from nasfe_cam.stage import Stage
from nasfe_cam.supervision import Supervised
from nasfe_cam.tracking import Face


@dataclass(frozen=True, slots=True, eq=False)
class _Company:
    frame: Frame
    faces: tuple[Face, ...]


class Choosing:
    """Compares the faces with a profile about once a second, while there are several.

    With one face there is nothing to choose, so nothing is computed; the
    network is not even loaded before the first frame with company.

    Args:
        make: builds the recogniser; it is made, and made again, in the background.
        embedding: 128 float32 of the enrolled person; None for nobody.
        prefer: told the centre (x, y in frame pixels) of the matching face, or
            None if none matches; called from the thread of this class, and from
            that of `look_for`.
        report: told every failure.
        meter: counts the stage "choose".
        rate: comparisons per second.
    """

    def __init__(
        self,
        make: Callable[[], Recogniser],
        embedding: FloatArray | None,
        prefer: Callable[[FloatArray | None], None],
        report: Callable[[Exception], None],
        meter: Meter,
        rate: float = 1.0,
    ) -> None:
        self._make = make
        self._embedding = embedding
        self._prefer = prefer
        self._report = report
        self._meter = meter
        self._period = 1 / rate
        self._judged_at = float("-inf")
        self._recogniser: Supervised[Recogniser] | None = None
        self._stage = Stage("choose", self._choose, report)

    def start(self) -> None:
        """Begin to work."""
        self._stage.start()

    def offer(self, frame: Frame, faces: Sequence[Face]) -> None:
        """Hand over the faces of a frame; they are compared if it is time, else forgotten."""
        if self._embedding is None or len(faces) < 2:
            return
        if self._due(frame):
            self._stage.put(_Company(frame, tuple(faces)))

    def look_for(self, embedding: FloatArray | None) -> None:
        """Find this person from now on: 128 float32; None for nobody."""
        self._embedding = embedding
        self._judged_at = float("-inf")
        if embedding is None:
            self._prefer(None)

    def close(self) -> None:
        """Stop and free the network."""
        self._stage.end(timeout=5)
        if self._recogniser is not None:
            self._recogniser.close()

    def _due(self, frame: Frame) -> bool:
        return frame.captured_at - self._judged_at >= self._period

    def _choose(self, company: _Company) -> None:
        if self._recogniser is None:
            self._recogniser = Supervised(self._make, self._report, "make-recogniser")
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
