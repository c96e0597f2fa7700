"""The live pipeline without drops and the face path called whole give the same pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.video import VideoSource

FRAMES = 36
SETTINGS = Settings().replaced(
    {"output.width": 640, "output.height": 360, "restore.device": "cpu", "restore.threads": 1}
)


class BadClip:
    """The bundled clip from a bad webcam, with the clip's own times."""

    def __init__(self) -> None:
        self._video = VideoSource(BUNDLED_CLIP, paced=False)
        self._webcam = BadWebcam(self._video, 0.6)

    def describe(self) -> SourceDescription:
        return self._video.describe()

    def read(self) -> Frame | None:
        frame = self._webcam.read()
        if frame is None or frame.index >= FRAMES:
            return None
        return replace(frame, captured_at=self._video.position)

    def close(self) -> None:
        self._video.close()


class Kept:
    """Keeps every picture that it is shown."""

    name = "kept"
    watched = True

    def __init__(self) -> None:
        self.images: list[Image] = []

    def show(self, frame: Frame) -> None:
        self.images.append(frame.image.copy())

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def whole() -> list[Image]:
    return list(_whole())


def _whole() -> Iterator[Image]:
    clip, output = BadClip(), SETTINGS.output
    faces = FaceProcessor(SETTINGS, face_networks(SETTINGS, in_background=False))
    restored = 0
    while (frame := clip.read()) is not None:
        image = fit(frame.image, output.width, output.height, output.fit)
        done = faces.process(replace(frame, image=image))
        restored += done.restored is not None
        yield done.frame.image.copy()
    faces.close()
    clip.close()
    assert restored > FRAMES / 2


def test_the_live_pipeline_without_drops_gives_the_same_pixels(whole: list[Image]) -> None:
    kept = Kept()
    errors: list[Exception] = []
    pipeline = Pipeline(
        SETTINGS,
        BadClip(),
        lambda: pytest.fail("the clip is not lost"),
        face_networks(SETTINGS, in_background=False),
        [kept],
        errors.append,
        lossless=True,
    )
    pipeline.start()
    assert pipeline.wait(240) and errors == []
    assert len(kept.images) == len(whole) == FRAMES
    for number, (live, alone) in enumerate(zip(kept.images, whole, strict=True)):
        np.testing.assert_array_equal(live, alone, err_msg=f"frame {number}")


def test_the_same_clip_gives_the_same_pictures_again(whole: list[Image]) -> None:
    for number, (once, again) in enumerate(zip(whole, _whole(), strict=True)):
        np.testing.assert_array_equal(once, again, err_msg=f"frame {number}")
