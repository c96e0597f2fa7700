"""How much nearer every clip comes to the clean one: PSNR, SSIM and SFace's cosine.

    python benchmarks/clips.py --strength 60 [--every 2]

Plays each clip of shared/data/clips through the camera's picture path, made bad,
and measures every sixth of its frames 13 to 48; the test suite looks at one frame
of every clip. With --every the network runs for one frame in so many, as on a busy
machine, and the frames that are measured are those that waited longest for it. What
shimmers shows in the last column: the mean of the grey levels by which a pixel
changes from frame to frame other than the clean one's.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine import Precision
from nasfe_cam.demonstration import OfflineRepair, psnr, ssim
from nasfe_cam.errors import CameraNotFound
from nasfe_cam.fit import fit
from nasfe_cam.frame import FloatArray, Frame, Image
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


def play(clip: Path, strength: float, frames: int = FRAMES, every: int = 1) -> Iterator[Shown]:
    """The first frames of a clip, made bad (strength 0..1); one in `every` passes the network."""
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    repair = OfflineRepair(SETTINGS, resources(SETTINGS, _no_source), restore_every=every)
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


def cosines(shown: Shown) -> tuple[float, float]:
    """SFace's cosine of the bad and of the restored face to the clean one, at its landmarks."""
    tracker = FaceTracker(
        find_model("face_landmarker.task"),
        find_model("face_landmarks.onnx"),
        precision=Precision.F32,
    )
    faces = tracker.track(Frame(shown.clean, 0.0, 0))
    tracker.close()
    recogniser = Recogniser(find_model("sface_2021dec_fp16w.onnx"))
    found: list[FloatArray] = [
        recogniser.embed(image, faces[0].landmarks)
        for image in (shown.clean, shown.bad, shown.restored)
    ]
    recogniser.close()
    clean, bad, restored = found
    return cosine(clean, bad), cosine(clean, restored)


def _no_source() -> Source:
    raise CameraNotFound("none")


def main(
    clips: Path = typer.Option(Path("../shared/data/clips"), help="Folder with the clips."),
    strength: int = typer.Option(60, min=0, max=100, help="How bad the webcam is."),
    every: int = typer.Option(
        1, min=1, max=FRAMES, help="The network runs once in so many frames."
    ),
) -> None:
    """Print the table of the model card."""
    rows = []
    print("| clip | PSNR, dB | SSIM | cosine of SFace to the clean face | own change |")
    print("| --- | --- | --- | --- | --- |")
    for name in CLIPS:
        rows.append(_measure(clips / f"{name}.mp4", strength / 100, every))
        _print_row(name, rows[-1])
    _print_row("mean", np.mean(rows, axis=0).tolist())


def _measure(clip: Path, strength: float, every: int) -> FloatArray:
    """Means over frames: bad and restored PSNR, SSIM and cosine; and the change of the restored."""
    # Frame numbers that `every` divides are fresh: the one before such a frame is the oldest.
    apart = every * math.ceil(APART / every)
    rows, changes = [], []
    before: Shown | None = None
    for number, shown in enumerate(play(clip, strength, 2 * FRAMES, every), start=1):
        if number > FRAMES / 2 and before is not None:
            changes.append(_own_change(before, shown))
        before = shown
        if number > FRAMES / 2 and number % apart == 0:
            pictures = (shown.bad, shown.restored)
            fidelity = [psnr(shown.clean, one) for one in pictures]
            rows.append([*fidelity, *ssim(shown.clean, *pictures), *cosines(shown)])
    return np.array([*np.mean(rows, axis=0), np.mean(changes)], np.float32)


def _own_change(before: Shown, now: Shown) -> float:
    """Mean grey levels by which the restored picture changed other than the clean one."""
    restored = now.restored.astype(np.float32) - before.restored
    clean = now.clean.astype(np.float32) - before.clean
    return float(np.abs(restored - clean).mean())


def _print_row(name: str, row: Sequence[float]) -> None:
    psnr_bad, psnr_restored, ssim_bad, ssim_restored, cosine_bad, cosine_restored, change = row
    print(
        f"| {name} | {psnr_bad:.2f} → {psnr_restored:.2f} | {ssim_bad:.3f} → {ssim_restored:.3f} "
        f"| {cosine_bad:.3f} → {cosine_restored:.3f} | {change:.2f} |"
    )


if __name__ == "__main__":
    typer.run(main)
