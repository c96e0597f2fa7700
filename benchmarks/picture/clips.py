"""How much nearer every clip comes to the clean one, and what a person sees at once.

    python -m benchmarks.picture.clips --strength 60 [--every 2] [--clip aoc] [--webcam 2]

Plays each clip of shared/data/clips through the camera's picture path, made bad,
and measures every sixth of its frames 13 to 48; the test suite looks at one frame
of every clip. `--webcam` films it with `benchmarks.picture.cheap_webcam` instead. With --every the
network runs for one frame in so many, as on a busy machine, and the frames that are measured
are those that waited longest for it. Before and after:

- PSNR, SSIM, and SFace's cosine to the clean face;
- colour: mean CIEDE2000 of face and of room after matching the light, and how much lighter (L of
  CIELAB) than the clean face it is;
- ring: how much lighter than in the clean picture the rim of the face is, in percent;
- sharpness: how much of the clean face's fine detail is there, from 0 to 1;
- own change: what shimmers, the mean of the grey levels by which a pixel
  changes from frame to frame other than the clean one's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer

from benchmarks.picture.appearance import colour_error, light_error, regions, ring, sharpness
from benchmarks.picture.cheap_webcam import CheapWebcam
from engine.precision import Precision
from nasfe_cam.config.settings import Fit, Settings
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser, cosine
from nasfe_cam.faces.tracker import FaceTracker
from nasfe_cam.measurement.fidelity import psnr, ssim
from nasfe_cam.pacing.governor import Plan
from nasfe_cam.pacing.quality_ladder import LEVELS
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

# Enough for tracking to settle and for restoration to fade in.
FRAMES = 24
# Frames from one that is measured to the next, at least.
APART = 6
CLIPS = ("aoc", "d13", "d9", "obama_speaking", "twitch1")
SETTINGS = Settings().replaced({"restore.precision": "f32", "restore.device": "cpu"})


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A frame as it was, as the bad webcam saw it, and as the camera showed it; 540p BGR."""

    clean: Image
    bad: Image
    restored: Image
    did_restore: bool


Degrade = Callable[[Image], Image]


def play(
    clip: Path,
    strength: float,
    frames: int = FRAMES,
    every: int = 1,
    degrade: Degrade | None = None,
    settings: Settings = SETTINGS,
) -> Iterator[Shown]:
    """The first frames of a clip, made bad (strength 0..1); one in `every` passes the network.

    Args:
        degrade: makes them bad instead of `BadWebcam`.
        settings: of the restoration.
    """
    source = VideoSource(clip, paced=False)
    degrade = degrade or BadWebcam(source, strength).degrade
    faces = FaceProcessor(settings, face_networks(settings))
    strength_shown = LEVELS[0 if every == 1 else 1].strength
    try:
        for _ in range(frames):
            frame = source.read()
            assert frame is not None
            clean = fit(frame.image, 960, 540, Fit.LETTERBOX)
            bad = fit(degrade(frame.image), 960, 540, Fit.LETTERBOX)
            plan = Plan(run_network=frame.index % every == 0, strength=strength_shown)
            done = faces.process(Frame(bad, source.position, frame.index), plan)
            yield Shown(clean, bad, done.frame.image, done.restored is not None)
    finally:
        faces.close()
        source.close()


def landmarks_of(picture: Image) -> FloatArray:
    """478 x 2 float32 landmarks of the first face of a clean picture."""
    tracker = FaceTracker(
        find_model("face_landmarker.task"),
        find_model(LANDMARKS_FILE),
        precision=Precision.F32,
    )
    try:
        return tracker.track(Frame(picture, 0.0, 0))[0].landmarks
    finally:
        tracker.close()


def cosines(shown: Shown, landmarks: FloatArray | None = None) -> tuple[float, float]:
    """SFace's cosine of the bad and of the restored face to the clean one, at its landmarks."""
    landmarks = landmarks_of(shown.clean) if landmarks is None else landmarks
    recogniser = Recogniser(find_model(RECOGNISER_FILE))
    found: list[FloatArray] = [
        recogniser.embed(image, landmarks) for image in (shown.clean, shown.bad, shown.restored)
    ]
    recogniser.close()
    clean, bad, restored = found
    return cosine(clean, bad), cosine(clean, restored)


COLUMNS = (
    ("PSNR, dB", 2),
    ("SSIM", 3),
    ("cosine", 3),
    ("colour, face", 1),
    ("colour, room", 1),
    ("lighter", 1),
    ("ring, %", 1),
    ("sharpness", 2),
    ("own change", 2),
)
"""Heading and decimals of every figure."""


def main(
    clips: Path = typer.Option(Path("../shared/data/clips"), help="Folder with the clips."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the webcam is."),
    every: int = typer.Option(
        1, min=1, max=FRAMES, help="The network runs once in so many frames."
    ),
    webcam: int = typer.Option(0, min=0, max=3, help="Film with a cheap webcam of this level."),
    clip: list[str] = typer.Option(list(CLIPS), help="Name of a clip; may be repeated."),
    model: str = typer.Option(SETTINGS.restore.model, help="Network that restores."),
) -> None:
    """Print the table of the model card."""
    rows = []
    settings = SETTINGS.replaced({"restore.model": model})
    print("| clip |" + "".join(f" {heading} |" for heading, _ in COLUMNS))
    print("| --- |" + " --- |" * len(COLUMNS))
    for name in clip:
        degrade = CheapWebcam(webcam).degrade if webcam else None
        rows.append(_measure(clips / f"{name}.mp4", strength / 100, every, degrade, settings))
        _print_row(name, rows[-1])
    _print_row("mean", np.nanmean(rows, axis=0))


def _measure(
    clip: Path, strength: float, every: int, degrade: Degrade | None, settings: Settings
) -> FloatArray:
    """Means over frames: len(COLUMNS) x 2, bad and restored."""
    # Frame numbers that `every` divides are fresh: the one before such a frame is the oldest.
    apart = every * math.ceil(APART / every)
    rows, changes = [], []
    before: Shown | None = None
    shown_frames = play(clip, strength, 2 * FRAMES, every, degrade, settings)
    for number, shown in enumerate(shown_frames, start=1):
        if number > FRAMES / 2 and before is not None:
            changes.append(
                [
                    _own_change(before, before.bad, shown, shown.bad),
                    _own_change(before, before.restored, shown, shown.restored),
                ]
            )
            if number % apart == 0:
                rows.append(_figures(shown))
        before = shown
    return np.array([*np.nanmean(rows, axis=0), np.mean(changes, axis=0)], np.float32)


def _figures(now: Shown) -> list[tuple[float, float]]:
    """What can be told of one frame, bad and restored."""
    clean = now.clean
    landmarks = landmarks_of(clean)
    parts = regions(landmarks, *clean.shape[:2])

    def each(measure: Callable[[Image], float]) -> tuple[float, float]:
        return measure(now.bad), measure(now.restored)

    bad_ssim, restored_ssim = ssim(clean, now.bad, now.restored)
    return [
        each(lambda picture: psnr(clean, picture)),
        (bad_ssim, restored_ssim),
        cosines(now, landmarks),
        each(lambda picture: colour_error(clean, picture, parts.face)),
        each(lambda picture: colour_error(clean, picture, parts.room)),
        each(lambda picture: light_error(clean, picture, parts.face)),
        each(lambda picture: ring(clean, picture, parts)),
        each(lambda picture: sharpness(clean, picture, parts.face)),
    ]


def _own_change(before: Shown, first: Image, now: Shown, second: Image) -> float:
    """Mean grey levels by which a picture changed other than the clean one."""
    change = second.astype(np.float32) - first
    clean = now.clean.astype(np.float32) - before.clean
    return float(np.abs(change - clean).mean())


def _print_row(name: str, row: FloatArray) -> None:
    cells = (
        f" {bad:.{digits}f} → {restored:.{digits}f} |"
        for (bad, restored), (_, digits) in zip(row, COLUMNS, strict=True)
    )
    print(f"| {name} |" + "".join(cells), flush=True)


if __name__ == "__main__":
    typer.run(main)
