"""The picture path with the real tracker, the real networks and real clips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.benchmarking import BUNDLED_CLIP
from nasfe_cam.demonstration import OfflineRepair, psnr, ssim
from nasfe_cam.errors import CameraNotFound
from nasfe_cam.fit import fit
from nasfe_cam.frame import Frame, Image
from nasfe_cam.live import resources
from nasfe_cam.models import find_model
from nasfe_cam.recognition import Recogniser, cosine
from nasfe_cam.settings import Fit, Settings
from nasfe_cam.sources import Source
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource
from nasfe_cam.tracking import FaceTracker

# Enough for tracking to settle and for restoration to fade in.
FRAMES = 24
CLIPS = ("aoc", "d13", "d9", "obama_speaking", "twitch1")
SETTINGS = Settings().replaced({"restore.precision": "f32"})


def no_source() -> Source:
    raise CameraNotFound("none")


@dataclass(frozen=True)
class Shown:
    """The last frame of a short run: as it was, as the bad webcam saw it, as restored."""

    clean: Image
    bad: Image
    restored: Image
    did_restore: bool


def play(clip: Path, strength: float, frames: int = FRAMES) -> Iterator[Shown]:
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    repair = OfflineRepair(SETTINGS, resources(SETTINGS, no_source))
    try:
        for _ in range(frames):
            frame = source.read()
            assert frame is not None
            clean = fit(frame.image, 960, 540, Fit.LETTERBOX)
            bad = fit(webcam.degrade(frame.image), 960, 540, Fit.LETTERBOX)
            shown, did_restore, _ = repair.restore(Frame(bad, source.position, frame.index))
            yield Shown(clean, bad, shown.image, did_restore)
    finally:
        repair.close()
        source.close()


def test_the_bundled_clip_comes_closer_to_the_clean_one() -> None:
    *_, last = play(BUNDLED_CLIP, 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 5
    assert ssim(last.clean, last.restored) > ssim(last.clean, last.bad) + 0.2


def test_a_clean_face_comes_out_as_it_went_in() -> None:
    shown = list(play(BUNDLED_CLIP, 0.0))
    difference = [np.abs(s.restored.astype(int) - s.clean).mean() for s in shown]
    assert max(difference) < 1


def test_restoration_does_not_flicker() -> None:
    """The brightness of the restored picture moves no faster than the clean clip's, but slowly."""
    shown = list(play(BUNDLED_CLIP, 0.6, frames=40))[20:]
    restored = np.array([s.restored.mean() for s in shown])
    assert np.abs(np.diff(restored)).max() < 2.0


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_every_clip_comes_closer_and_looks_more_like_the_person(
    shared_data: Path, name: str
) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 3
    assert ssim(last.clean, last.restored) > ssim(last.clean, last.bad) + 0.05
    clean, bad, restored = embeddings(last)
    assert cosine(clean, restored) > cosine(clean, bad)


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_clean_clips_are_left_alone(shared_data: Path, name: str) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.0)
    assert np.abs(last.restored.astype(int) - last.clean).mean() < 1


def embeddings(shown: Shown) -> list[np.ndarray]:
    """SFace embeddings of the same face region, with the landmarks of the clean frame."""
    tracker = FaceTracker(find_model("face_landmarker.task"))
    faces = tracker.track(Frame(shown.clean, 0.0, 0))
    tracker.close()
    recogniser = Recogniser(find_model("sface_2021dec_fp16w.onnx"))
    found = [
        recogniser.embed(image, faces[0].landmarks)
        for image in (shown.clean, shown.bad, shown.restored)
    ]
    recogniser.close()
    return found
