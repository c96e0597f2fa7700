"""Where the landmarks by which photos and memory are warped are best known.

    python -m benchmarks.picture.crop_landmarks [--strength 60]

Plays every clip of shared/data/clips, made bad, through the camera's picture path, and compares
landmarks in the aligned crop with those that the tracker finds in the clean clip:

- followed: the tracker's, smoothed, as the crop is aligned by them and as the camera uses them;
- tracked: the tracker's of this frame alone;
- crop: found once more, on the crop after it was averaged over time;
- restored: found once more, on what the network returned.

Error: mean distance in pixels of the crop. Jitter: mean distance of the way from frame to frame to
that of the clean clip's. A look at a crop takes as long as the tracker's network, which
benchmarks/camera/parts.py measures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import typer

from benchmarks.picture.clips import CLIPS, SETTINGS
from engine.precision import Precision
from nasfe_cam.config.settings import Fit
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray, Frame
from nasfe_cam.faces.crop_landmarks import landmarks_in_crop, landmarks_of_crop
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from nasfe_cam.faces.tracker import FaceTracker
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.restoration.face_restorer import RestoredFace
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

TRUE = "clean"
# Until the filters have settled.
_FIRST = 12


def play(clip: Path, strength: float, frames: int) -> list[dict[str, FloatArray]]:
    """Of each frame, by where they were found: 478 x 2 landmarks in pixels of the crop."""
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    faces = FaceProcessor(SETTINGS, face_networks(SETTINGS))
    seeing, clean_seeing = (
        FaceTracker(find_model("face_landmarker.task"), find_model(LANDMARKS_FILE))
        for _ in range(2)
    )
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    found = []
    try:
        for number in range(frames):
            frame = source.read()
            assert frame is not None
            clean = fit(frame.image, 960, 540, Fit.LETTERBOX)
            bad = fit(webcam.degrade(frame.image), 960, 540, Fit.LETTERBOX)
            truth = clean_seeing.track(Frame(clean, source.position, number))
            tracked = seeing.track(Frame(bad, source.position, number))
            done = faces.process(Frame(bad, source.position, number)).restored
            if number >= _FIRST and truth and tracked and done is not None:
                seen = {TRUE: truth[0].landmarks, "tracked": tracked[0].landmarks}
                found.append(_in_crop(seen, done, mesh))
    finally:
        for held in (faces, seeing, clean_seeing, mesh, source):
            held.close()
    return found


def _in_crop(
    seen: Mapping[str, FloatArray], done: RestoredFace, mesh: LandmarkNetwork
) -> dict[str, FloatArray]:
    size = done.restored.shape[0]
    landmarks = {
        name: landmarks_in_crop(points, done.transform, size)
        for name, points in {**seen, "followed": done.face.landmarks}.items()
    }
    averaged = np.asarray(cv2.convertScaleAbs(done.denoised.picture), np.uint8)
    for name, picture in (("crop", averaged), ("restored", done.restored)):
        points = landmarks_of_crop(picture, mesh)
        if points is not None:
            landmarks[name] = points
    return {name: points * np.float32(size) for name, points in landmarks.items()}


def main(
    clips: Path = typer.Option(Path("../shared/data/clips"), help="Folder with the clips."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the webcam is."),
    frames: int = typer.Option(40, min=_FIRST + 2, help="Of each clip."),
) -> None:
    """Print the table."""
    errors: defaultdict[str, list[float]] = defaultdict(list)
    jitters: defaultdict[str, list[float]] = defaultdict(list)
    for name in CLIPS:
        before: dict[str, FloatArray] = {}
        for now in play(clips / f"{name}.mp4", strength / 100, frames):
            for where in now.keys() - {TRUE}:
                errors[where].append(_distance(now[where], now[TRUE]))
                if where in before:
                    way = now[where] - before[where]
                    jitters[where].append(_distance(way, now[TRUE] - before[TRUE]))
            before = now
    print("| landmarks | error, pixels | jitter, pixels |\n| --- | --- | --- |")
    for where in ("followed", "tracked", "crop", "restored"):
        print(f"| {where} | {np.mean(errors[where]):.2f} | {np.mean(jitters[where]):.2f} |")


def _distance(one: FloatArray, other: FloatArray) -> float:
    return float(np.linalg.norm(one - other, axis=1).mean())


if __name__ == "__main__":
    typer.run(main)
