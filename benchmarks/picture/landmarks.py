"""How steady and how right landmarks are in a bad picture, and what they cost.

    python -m benchmarks.picture.landmarks [--write]

Plays every clip of shared/data/clips and the bundled one at 1280 x 720, made bad, through
several trackers, and each result through the One-Euro filter of the settings. Error: mean
distance of the points that the crop is aligned by to where the same tracker puts them in
the clean clip. Unrest: mean second difference of their middle. Both in percent of the
distance of the eyes, means over the clips. CPU: milliseconds per frame.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from benchmarks.page_section import write_section
from benchmarks.picture.clips import CLIPS
from engine.precision import Precision
from nasfe_cam.config.settings import Fit, TrackingSettings
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.smoothing.one_euro import OneEuroFilter
from nasfe_cam.faces.alignment import STABLE_LANDMARKS
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LEFT_EYE, RIGHT_EYE
from nasfe_cam.faces.mediapipe_runtime import BaseOptions, mediapipe, vision
from nasfe_cam.faces.tracker import FaceTracker, seen_by_the_detector
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.recording import record
from nasfe_cam.sources.video import VideoSource

SECTION = "benchmarks/picture/landmarks.py"
FPS = 30.0
Tracker = Callable[[Image, int], FloatArray | None]
"""From a picture and its number to the 478 x 2 landmarks of the one face, in its pixels."""


def mediapipes_graph(faces: int) -> Tracker:
    """FaceLandmarker in VIDEO mode, with room for so many faces."""
    landmarker = vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(find_model("face_landmarker.task").path)),
            running_mode=vision.RunningMode.VIDEO,
            num_faces=faces,
        )
    )

    def find(image: Image, number: int) -> FloatArray | None:
        rgb = cv2.cvtColor(seen_by_the_detector(image), cv2.COLOR_BGR2RGB)
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        result = landmarker.detect_for_video(picture, round(number * 1000 / FPS))
        if not result.face_landmarks:
            return None
        points = np.array([(p.x, p.y) for p in result.face_landmarks[0]], np.float32)
        return points * np.array(image.shape[1::-1], np.float32)

    return find


def ours(precision: Precision, shrink: int = 1) -> Tracker:
    """The camera's tracker, given the picture at 1 / `shrink` of its size."""
    files = (find_model("face_landmarker.task"), find_model(LANDMARKS_FILE))
    tracker = FaceTracker(*files, 4, precision)

    def find(image: Image, number: int) -> FloatArray | None:
        if shrink > 1:
            size = (image.shape[1] // shrink, image.shape[0] // shrink)
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        faces = tracker.track(Frame(image, number / FPS, number))
        if not faces:
            return None
        scale = np.float32(shrink)
        return (faces[0].landmarks + np.float32(0.5)) * scale - np.float32(0.5)

    return find


TRACKERS: dict[str, Callable[[], Tracker]] = {
    "MediaPipe's graph, limit of 4 faces (before)": partial(mediapipes_graph, 4),
    "MediaPipe's graph, limit of 1 face": partial(mediapipes_graph, 1),
    "ours, f32": partial(ours, Precision.F32),
    "ours, bf16": partial(ours, Precision.BF16),
    "ours, bf16, at half size": partial(ours, Precision.BF16, 2),
}


@dataclass(frozen=True, slots=True)
class Score:
    """Of one tracker: error and jitter in percent of the distance of the eyes."""

    error: float
    jitter: float
    milliseconds: float


def score(make: Callable[[], Tracker], clean: Sequence[Image], bad: Sequence[Image]) -> Score:
    """Play both versions of a clip through a tracker each."""
    truth = list(smoothed(make(), clean))
    find = make()
    find(bad[0], 0)
    began = time.process_time()
    found = [find(image, number) for number, image in enumerate(bad, 1)]
    taken = (time.process_time() - began) * 1000 / len(bad)
    steady = list(smoothed(lambda _image, number: found[number], bad))
    pairs = [
        (seen[STABLE_LANDMARKS], right[STABLE_LANDMARKS])
        for seen, right in zip(steady, truth, strict=True)
        if seen is not None and right is not None
    ]
    error = np.mean([np.linalg.norm(seen - right, axis=1).mean() for seen, right in pairs])
    middles = np.array([seen.mean(0) for seen, _ in pairs])
    jitter = np.linalg.norm(np.diff(middles, 2, axis=0), axis=1).mean()
    percent = 100 / np.mean([eyes_apart(right) for right in truth if right is not None])
    return Score(float(error * percent), float(jitter * percent), taken)


def smoothed(find: Tracker, images: Sequence[Image]) -> Iterator[FloatArray | None]:
    """The landmarks as the camera uses them."""
    settings = TrackingSettings()
    steady = OneEuroFilter(settings.minimum_cutoff, settings.speed_coefficient)
    for number, image in enumerate(images):
        landmarks = find(image, number)
        yield None if landmarks is None else steady.filter(landmarks, number / FPS)


def eyes_apart(landmarks: FloatArray) -> float:
    """Between the outer corners, in pixels."""
    return float(np.linalg.norm(landmarks[LEFT_EYE] - landmarks[RIGHT_EYE]))


def clip_pair(path: Path, frames: int, strength: float) -> tuple[list[Image], list[Image]]:
    """The first frames as they are, and as the bad webcam's MJPG stream shows them."""
    source = VideoSource(path, paced=False)
    webcam = BadWebcam(source, strength)
    clean, bad = [], []
    for _ in range(frames):
        frame = source.read()
        assert frame is not None
        clean.append(fit(frame.image, 1280, 720, Fit.LETTERBOX))
        bad.append(fit(webcam.degrade(frame.image), 1280, 720, Fit.LETTERBOX))
    source.close()
    decoded = [np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8) for jpeg in record(bad)]
    return clean, decoded


def main(
    clips: Path = typer.Option(Path("../shared/data/clips"), help="Folder with the clips."),
    frames: int = typer.Option(90, min=10, help="Frames of each clip."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the webcam is."),
    write: bool = typer.Option(False, help="Put the table into docs/performance.md."),
) -> None:
    """Print the table."""
    cv2.setNumThreads(1)
    paths = [BUNDLED_CLIP, *(clips / f"{name}.mp4" for name in CLIPS)]
    scores: dict[str, list[Score]] = {name: [] for name in TRACKERS}
    todo = list(itertools.product(paths, TRACKERS))
    pair: tuple[list[Image], list[Image]] = ([], [])
    for path, name in track(todo, console=Console(stderr=True), transient=True):
        if name == next(iter(TRACKERS)):
            pair = clip_pair(path, frames, strength / 100)
        scores[name].append(score(TRACKERS[name], *pair))
    lines = ["| tracker | error, % | jitter, % | CPU, ms |", "| --- | --- | --- | --- |"]
    for name, values in scores.items():
        means = [np.mean([getattr(value, field) for value in values]) for field in Score.__slots__]
        lines.append(f"| {name} | {means[0]:.2f} | {means[1]:.2f} | {means[2]:.1f} |")
    table = "\n".join(lines)
    print(table)
    if write:
        write_section(SECTION, table)


if __name__ == "__main__":
    typer.run(main)
