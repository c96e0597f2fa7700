"""People to measure profiles with: photos to enrol each from, and other pictures of them, moving.

Of the twelve folders of shared/data/enrol, five belong to a clip. The people of the
others, and of the test crops, are shown by photos that their profile has not seen: laid
into a picture of 640 x 480 so that the head's square has 256 pixels (a smaller head is
not enlarged), which sways and nods a little from frame to frame.
"""

from __future__ import annotations

import csv
import math
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.alignment import crop_transform, scale_of
from nasfe_cam.faces.still_detector import PhotoFace, StillDetector
from nasfe_cam.sources.base import SourceDescription
from nasfe_cam.sources.video import VideoSource

FRAMES = 8
FRAMES_PER_SECOND = 15
ENROLLED_CROPS = 5

# The photos of four of these people are frames of the first four seconds of their clip.
_CLIP_STARTS = (5.0, 7.0)
_HELD_OUT = 2
_WIDTH, _HEIGHT, _HEAD = 640, 480, 256
_SWAY, _NOD, _ROLL = 12.0, 5.0, 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to enrol and to show.

    Attributes:
        name: of the folder, or of the person in `index.csv`.
        enrolled: photos to enrol from.
        shown: photos, or one clip, that the profile has not seen.
    """

    name: str
    enrolled: tuple[Path, ...]
    shown: tuple[Path, ...]


class Scene:
    """A `Source` of a few pictures of one person, `FRAMES_PER_SECOND` apart.

    Args:
        images: H x W x 3 uint8 BGR each, at least one.
    """

    def __init__(self, images: Iterable[Image]) -> None:
        self.frames = tuple(
            Frame(image, number / FRAMES_PER_SECOND, number) for number, image in enumerate(images)
        )
        self._left = iter(self.frames)

    def describe(self) -> SourceDescription:
        height, width = self.frames[0].image.shape[:2]
        return SourceDescription("scene", width, height, FRAMES_PER_SECOND, live=False)

    def read(self) -> Frame | None:
        return next(self._left, None)

    def close(self) -> None:
        """Nothing is held."""


def people_of_folders(data: Path) -> list[Person]:
    """Those of shared/data/enrol."""
    people = []
    for folder in sorted((data / "enrol").iterdir()):
        photos = tuple(sorted(folder.glob("*.jpg")))
        clip = data / "clips" / f"{folder.name.removeprefix('clip_')}.mp4"
        if clip.exists():
            people.append(Person(folder.name, photos, (clip,)))
        else:
            people.append(Person(folder.name, photos[:-_HELD_OUT], photos[-_HELD_OUT:]))
    return people


def people_of_test_crops(data: Path, count: int, folder: Path) -> list[Person]:
    """Those of the test crops with the most photos of 256 pixels, written into a folder."""
    crops: dict[str, list[str]] = {}
    with (data / "faces" / "index.csv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index):
            if row["split"] == "test" and row["width"] == "256" and not row["enrol"]:
                crops.setdefault(row["person"], []).append(row["path"])
    most = sorted(crops, key=lambda person: (-len(crops[person]), person))[:count]
    people = []
    with tarfile.open(data / "faces" / "faces-test-000.tar") as archive:
        for person in most:
            files = []
            for crop in sorted(crops[person])[: ENROLLED_CROPS + 1]:
                content = archive.extractfile(crop)
                assert content is not None
                files.append(folder / crop.replace("/", "-"))
                files[-1].write_bytes(content.read())
            people.append(Person(person, tuple(files[:-1]), (files[-1],)))
    return people


def scenes(person: Person, finder: StillDetector) -> Iterator[Scene]:
    """Two parts of the person's clip, or one scene for each photo; `FRAMES` pictures each."""
    for file in person.shown:
        if file.suffix == ".mp4":
            for start in _CLIP_STARTS:
                yield Scene(_part_of(file, start))
        else:
            photo = read_photo(file)
            yield Scene(_moving(photo, finder.find(photo)[0]))


def _part_of(clip: Path, start: float) -> list[Image]:
    source = VideoSource(clip, paced=False)
    try:
        step = max(1, round(source.describe().fps / FRAMES_PER_SECOND))
        images = iter(lambda: source.read(), None)
        first = round(start * source.describe().fps)
        return [frame.image for frame in islice(images, first, first + FRAMES * step, step)]
    finally:
        source.close()


def _moving(photo: Image, face: PhotoFace) -> list[Image]:
    scale = min(1.0, _HEAD * scale_of(crop_transform(face.landmarks, 1)))
    small = photo
    if scale < 1:
        small = np.asarray(
            cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    x, y = (face.centre * scale).tolist()
    frames = []
    for phase in np.linspace(0, math.pi, FRAMES):
        turn = cv2.getRotationMatrix2D((x, y), _ROLL * math.sin(phase), 1.0)
        turn[:, 2] += (
            _WIDTH / 2 - x + _SWAY * math.sin(phase),
            _HEIGHT / 2 - y + _NOD * math.sin(2 * phase),
        )
        frame = cv2.warpAffine(
            small,
            turn,
            (_WIDTH, _HEIGHT),
            flags=cv2.INTER_CUBIC,
            # A mirrored surrounding would hold more faces.
            borderMode=cv2.BORDER_REPLICATE,
        )
        frames.append(np.asarray(frame, np.uint8))
    return frames
