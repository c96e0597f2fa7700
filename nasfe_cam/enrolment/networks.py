"""The networks that look at photos."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from nasfe_cam.frame import FloatArray, Image
from nasfe_cam.models import find_model
from nasfe_cam.observation import Extractor
from nasfe_cam.photo_tracking import PhotoFaceFinder
from nasfe_cam.recognition import RECOGNISER_FILE, Recogniser


class FeatureExtractor(Protocol):
    """What enrolment needs of `nasfe_cam.observation.Extractor`."""

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

    finder: PhotoFaceFinder
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
        PhotoFaceFinder(find_model("face_landmarker.task")),
        Extractor(extractor),
        extractor.sha256,
        Recogniser(find_model(RECOGNISER_FILE)),
    )
