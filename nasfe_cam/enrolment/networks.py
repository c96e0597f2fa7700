"""The networks that examine photos."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.restoration.observer import Extractor


class FeatureExtractor(Protocol):
    """What enrolment needs of `nasfe_cam.restoration.observer.Extractor`."""

    size: int

    def features(self, crop: Image) -> FloatArray: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class EnrolmentNetworks:
    """What looks at the photos.

    Attributes:
        finder: finds the faces.
        extractor: pool3 features of a crop.
        extractor_sha256: which extractor it is.
        recogniser: tells people apart.
    """

    finder: StillDetector
    extractor: FeatureExtractor
    extractor_sha256: str
    recogniser: Recogniser

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.finder.close()
        self.extractor.close()
        self.recogniser.close()


def open_networks() -> EnrolmentNetworks:
    """Load the shipped networks, which takes about a second; raises EngineError."""
    extractor = find_model("observer.onnx")
    return EnrolmentNetworks(
        StillDetector(find_model("face_landmarker.task")),
        Extractor(extractor),
        extractor.sha256,
        Recogniser(find_model(RECOGNISER_FILE)),
    )
