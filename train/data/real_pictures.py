"""Bad pictures without a clean original: photos, and darkened frames of clips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import NoFaceInPhoto, NoPhotosFound, PhotoError
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.alignment import crop_transform, warp_crop
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.faces.tracker import seen_by_the_detector
from nasfe_cam.image_io.photo_files import CLIP_SUFFIXES
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.video import VideoSource

# Enrolment photos come from the first seconds of a clip: no later frame is one of them.
ENROLMENT_SECONDS = 4.0
SECONDS_BETWEEN_FRAMES = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class RealPicture:
    """One bad face.

    Attributes:
        name: of the photo's file, or of the clip and the frame's second.
        source: name of the file without its ending, by which enrolment photos are found.
        crop: S x S x 3 float32, RGB, 0..1, aligned as in the live camera.
    """

    name: str
    source: str
    crop: FloatArray


@dataclass(frozen=True, slots=True)
class Unused:
    """A picture in which nothing can be restored, and why."""

    name: str
    reason: PhotoError


def real_photos(
    paths: list[Path], finder: StillDetector, side: int
) -> Iterator[RealPicture | Unused]:
    """The largest face of every photo.

    Args:
        paths: files from `nasfe_cam.enrolment.photo_files`.
        finder: finds the faces.
        side: S.
    """
    for path in paths:
        try:
            crop = aligned_face(read_photo(path), finder, side)
        except PhotoError as reason:
            yield Unused(path.name, reason)
        else:
            yield RealPicture(path.name, path.stem, crop)


def clip_files(folder: Path) -> list[Path]:
    """The clips in a folder, in order of their names; raises NoPhotosFound if there is none."""
    found = []
    if folder.is_dir():
        found = sorted(file for file in folder.iterdir() if file.suffix.lower() in CLIP_SUFFIXES)
    if not found:
        raise NoPhotosFound(folder)
    return found


def dark_frames(
    clip: Path, finder: StillDetector, side: int, strength: float, count: int
) -> Iterator[RealPicture | Unused]:
    """Frames of a clip as a bad webcam in a dark room would show them.

    They are a second apart and begin where the enrolment photos end; the face is
    looked for in the bad frame, as at work.

    Args:
        clip: video file.
        finder: finds the faces.
        side: S.
        strength: 0..1, see `BadWebcam`.
        count: how many at most.

    Raises:
        SourceNotFound, VideoUnreadable: the clip cannot be played.
    """
    source = VideoSource(clip, paced=False)
    webcam = BadWebcam(source, strength)
    taken = 0
    try:
        while taken < count and (frame := source.read()) is not None:
            if source.position < ENROLMENT_SECONDS + taken * SECONDS_BETWEEN_FRAMES:
                continue
            name = f"{clip.stem} at {source.position:.1f} s"
            taken += 1
            try:
                crop = aligned_face(webcam.degrade(frame.image), finder, side)
            except PhotoError as reason:
                yield Unused(name, reason)
            else:
                yield RealPicture(name, clip.stem, crop)
    finally:
        webcam.close()


def aligned_face(image: Image, finder: StillDetector, side: int) -> FloatArray:
    """Cut the largest face out: H x W x 3 uint8 BGR -> S x S x 3 float32, RGB, 0..1.

    Raises:
        NoFaceInPhoto: none was found.
    """
    seen = seen_by_the_detector(image)
    faces = finder.find(seen)
    if not faces:
        raise NoFaceInPhoto()
    scale = np.array([image.shape[1] / seen.shape[1], image.shape[0] / seen.shape[0]], np.float32)
    crop = warp_crop(image, crop_transform(faces[0].landmarks * scale, side), side)
    return np.ascontiguousarray(crop[..., ::-1]).astype(np.float32) / np.float32(255)
