"""The demo: a clip made bad, restored, put side by side and measured against the clean one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.adjustments import Adjustments
from nasfe_cam.errors import NothingRestored
from nasfe_cam.face_repair import FaceBlending, FaceRestoration
from nasfe_cam.files import write_bytes
from nasfe_cam.fit import fit
from nasfe_cam.following import FaceFollower
from nasfe_cam.frame import Frame, Image
from nasfe_cam.observation import ObservationSmoother, Observer
from nasfe_cam.outputs.video_file import VideoFile
from nasfe_cam.resources import Resources
from nasfe_cam.settings import Settings
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


class OfflineRepair:
    """Restores frame after frame with no threads and no drops, as fast as it can.

    Everything is judged in every `observe_every`-th frame, in the order of the
    frames, so that the same clip gives the same pictures again. The network runs
    for every `restore_every`-th frame, and the others get its last correction.
    """

    def __init__(
        self,
        settings: Settings,
        resources: Resources,
        observe_every: int = 10,
        restore_every: int = 1,
    ) -> None:
        self._tracker = resources.tracker()
        self._follower = FaceFollower(settings.tracking)
        self._observer: Observer = resources.observer()
        adjustments = Adjustments(settings.restore, resources.profile)
        self._restoration = FaceRestoration(resources.restorer(), adjustments)
        self._blending = FaceBlending(adjustments)
        self._smoother = ObservationSmoother()
        self._observe_every = observe_every
        self._restore_every = restore_every
        self._person = -1
        self._observed: int | None = None

    def restore(self, frame: Frame) -> tuple[Frame, bool, Callable[[Image], Image] | None]:
        """Restore one frame.

        Returns:
            The frame to show, whether it is restored, and a function that cuts
            the same aligned crop out of any picture of that size (None: no face).
        """
        face = self._follower.follow(frame, self._tracker.track(frame))
        if face is None:
            return frame, False, None
        crop = self._restoration.crop(frame, face)
        if face.person != self._person:
            self._smoother.reset()
            self._person, self._observed = face.person, None
        if self._observed is None or frame.index - self._observed >= self._observe_every:
            self._observed = frame.index
            self._observation = self._smoother.smooth(
                self._observer.observe(crop), frame.captured_at
            )
        carry = frame.index % self._restore_every and self._restoration.can_carry(face)
        repair = self._restoration.carry if carry else self._restoration.restore
        done = repair(face, crop, self._observation)
        return (
            frame if done is None else self._blending.blend(frame, done),
            done is not None,
            lambda image: self._restoration.crop(replace(frame, image=image), face),
        )

    def close(self) -> None:
        """Free the networks."""
        self._tracker.close()
        self._observer.close()
        self._restoration.close()


def make_demo(
    clip: Path,
    folder: Path,
    settings: Settings,
    resources: Resources,
    strength: float,
    progress: Callable[[int], None],
) -> Fidelity:
    """Write `side-by-side.mp4` and `before-after.png` and measure.

    Args:
        clip: clean clip with a face.
        folder: exists; takes the files.
        settings: output size and restoration.
        resources: makes the networks.
        strength: of the simulated bad webcam, 0..1.
        progress: told the number of frames done.

    Raises:
        SourceError, EngineError, OutputError: what is wrong with clip, models or disk.
        NothingRestored: no face in the clip.
    """
    output = settings.output
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    repair = OfflineRepair(settings, resources)
    half = (output.width * 3 // 4 // 2 * 2, output.height * 3 // 4 // 2 * 2)
    video = VideoFile(folder / "side-by-side.mp4", 2 * half[0], half[1], source.describe().fps)
    scores: list[list[float]] = []
    best: tuple[Image, Image, Image] | None = None
    try:
        while (clean := source.read()) is not None:
            picture = fit(clean.image, output.width, output.height, output.fit)
            seen = fit(webcam.degrade(clean.image), output.width, output.height, output.fit)
            bad = Frame(seen, source.position, clean.index)
            shown, restored, crop_of = repair.restore(bad)
            pair = np.hstack([_resized(bad.image, half), _resized(shown.image, half)])
            video.show(Frame(pair, bad.captured_at, bad.index))
            if restored and crop_of is not None and clean.index % COMPARED_EVERY == 0:
                scores.append(_compare(picture, bad.image, shown.image, crop_of))
                best = (bad.image, shown.image, picture)
            progress(clean.index + 1)
    finally:
        source.close()
        repair.close()
        video.close()
    if best is None:
        raise NothingRestored
    # After the fade-in the effect is full; the last compared frame shows it.
    write_bytes(folder / "before-after.png", cv2.imencode(".png", np.hstack(best[:2]))[1].tobytes())
    return Fidelity(*np.mean(scores, axis=0).tolist())


def _resized(image: Image, size: tuple[int, int]) -> Image:
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _compare(
    clean: Image, bad: Image, shown: Image, crop_of: Callable[[Image], Image]
) -> list[float]:
    scores = []
    for truth, before, after in (
        (clean, bad, shown),
        (crop_of(clean), crop_of(bad), crop_of(shown)),
    ):
        scores += [psnr(truth, before), psnr(truth, after), *ssim(truth, before, after)]
    return scores


def psnr(truth: Image, picture: Image) -> float:
    """Peak signal-to-noise ratio in dB of two uint8 pictures, over all pixels and channels."""
    return float(cv2.PSNR(truth, picture))


def ssim(truth: Image, *pictures: Image) -> list[float]:
    """Structural similarity of each picture, mean over the channels, Gaussian window 11 x 11."""
    # What is about the truth alone is computed once.
    similarity = cv2.quality.QualitySSIM.create(truth)
    return [float(np.mean(similarity.compute(picture)[:3])) for picture in pictures]
