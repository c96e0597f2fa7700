"""The demo: a clip made bad, restored, put side by side and measured against the clean one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.atomic_files import write_bytes
from nasfe_cam.core.errors import NothingRestored
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.faces.alignment import warp_crop
from nasfe_cam.measurement.fidelity import psnr, ssim
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.restoration.face_restorer import RestoredFace
from nasfe_cam.sinks.file import VideoFile
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

# Frames compared with the clean clip: SSIM of a frame takes longer than restoring it.
COMPARED_EVERY = 15


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Mean PSNR (dB) and SSIM against the clean clip, of whole frames and of the face crop."""

    psnr_before: float
    psnr_after: float
    ssim_before: float
    ssim_after: float
    face_psnr_before: float
    face_psnr_after: float
    face_ssim_before: float
    face_ssim_after: float


def make_demo(
    clip: Path,
    folder: Path,
    settings: Settings,
    networks: FaceNetworks,
    strength: float,
    progress: Callable[[int], None],
) -> Fidelity:
    """Write `side-by-side.mp4` and `before-after.png` and measure.

    Args:
        clip: clean clip with a face.
        folder: exists; takes the files.
        settings: output size and restoration.
        networks: makes the networks.
        strength: of the simulated bad webcam, 0..1.
        progress: told the number of frames done.

    Raises:
        SourceError, EngineError, OutputError: what is wrong with clip, models or disk.
        NothingRestored: no face in the clip.
    """
    output = settings.output
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    faces = FaceProcessor(settings, networks)
    half = (output.width * 3 // 4 // 2 * 2, output.height * 3 // 4 // 2 * 2)
    video = VideoFile(
        folder / "side-by-side.mp4", 2 * half[0], half[1], source.describe().fps, replace=True
    )
    scores: list[list[float]] = []
    best: tuple[Image, Image, Image] | None = None
    try:
        while (clean := source.read()) is not None:
            picture = fit(clean.image, output.width, output.height, output.fit)
            seen = fit(webcam.degrade(clean.image), output.width, output.height, output.fit)
            bad = Frame(seen, source.position, clean.index)
            done = faces.process(bad)
            shown = done.frame.image
            pair = np.hstack([_resized(bad.image, half), _resized(shown, half)])
            video.show(Frame(pair, bad.captured_at, bad.index))
            if done.restored is not None and clean.index % COMPARED_EVERY == 0:
                scores.append(_compare(picture, bad.image, shown, done.restored))
                best = (bad.image, shown, picture)
            progress(clean.index + 1)
    finally:
        source.close()
        faces.close()
        video.close()
    if best is None:
        raise NothingRestored
    # After the fade-in the effect is full; the last compared frame shows it.
    write_bytes(folder / "before-after.png", cv2.imencode(".png", np.hstack(best[:2]))[1].tobytes())
    return Fidelity(*np.mean(scores, axis=0).tolist())


def _resized(image: Image, size: tuple[int, int]) -> Image:
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _compare(clean: Image, bad: Image, shown: Image, face: RestoredFace) -> list[float]:
    def crop_of(image: Image) -> Image:
        return warp_crop(image, face.transform, face.crop.shape[0])

    scores = []
    for truth, before, after in (
        (clean, bad, shown),
        (crop_of(clean), crop_of(bad), crop_of(shown)),
    ):
        scores += [psnr(truth, before), psnr(truth, after), *ssim(truth, before, after)]
    return scores
