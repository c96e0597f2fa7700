"""Clean photos of the people in bad pictures, found by the names of the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.enrolment.photos import photo_files, read_photo
from train.data.crop_store import Crop, read_crop

MOST_PHOTOS = 8
_WORD = re.compile(r"[^\W_]+")
_CLIP = "clip_"


@dataclass(frozen=True)
class EnrolledPerson:
    """A person with clean photos. They are loaded when first asked for.

    Every second photo judges and is never shown to the network; the others make
    the features N. One photo alone judges.

    Attributes:
        name: of the folder.
        load: returns S x S x 3 float32 RGB 0..1 crops.
    """

    name: str
    load: Callable[[], Sequence[FloatArray]]

    @cached_property
    def photos(self) -> Sequence[FloatArray]:
        """All usable photos."""
        return self.load()

    @property
    def judging(self) -> Sequence[FloatArray]:
        """What the recogniser compares with."""
        return self.photos[::2]

    @property
    def shown(self) -> Sequence[FloatArray]:
        """What the features are made of."""
        return self.photos[1::2]


class EnrolledPeople:
    """All people with clean photos.

    Args:
        folder: holds a folder of whole photos for each person; None if there is none.
        crops: aligned faces whose `<identity>` may be named by a picture's file.
        align: cuts the face out of a photo (H x W x 3 uint8 BGR), may raise PhotoError.
        side: S of all crops.
    """

    def __init__(
        self,
        folder: Path | None,
        crops: Sequence[Crop],
        align: Callable[[Image], FloatArray],
        side: int,
    ) -> None:
        self._align = align
        self._side = side
        self._people: dict[str, EnrolledPerson] = {}
        of_identity: dict[str, list[Crop]] = {}
        for crop in crops:
            of_identity.setdefault(crop.name.split("/")[-2], []).append(crop)
        for identity, own in of_identity.items():
            self._people[identity] = EnrolledPerson(identity, partial(self._scaled, own))
        for person in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else ():
            if person.is_dir():
                load = partial(self._aligned, person)
                self._people[person.name] = EnrolledPerson(person.name, load)

    def find(self, source: str) -> EnrolledPerson | None:
        """Whose picture this is.

        Args:
            source: name of a file without its ending. It belongs to the folder
                `clip_<source>` or to a folder whose name is one of its words, as
                c07439 in celeba_dark_c07439_188509.
        """
        names = (f"{_CLIP}{source}", source, *_WORD.findall(source))
        person = next((self._people[name] for name in names if name in self._people), None)
        return person if person is not None and person.photos else None

    def stranger_to(self, person: EnrolledPerson) -> EnrolledPerson | None:
        """The next person, in order of the names, who has photos to be shown."""
        names = sorted(self._people)
        after = names.index(person.name) + 1
        others = (self._people[name] for name in (*names[after:], *names[: after - 1]))
        return next((other for other in others if other.shown), None)

    def _scaled(self, crops: Sequence[Crop]) -> list[FloatArray]:
        side = (self._side, self._side)
        return [
            _floats(cv2.resize(read_crop(crop), side, interpolation=cv2.INTER_AREA))
            for crop in crops[:MOST_PHOTOS]
        ]

    def _aligned(self, folder: Path) -> list[FloatArray]:
        usable = []
        try:
            files = photo_files([folder])
        except PhotoError:
            return []
        for file in files[:MOST_PHOTOS]:
            try:
                usable.append(self._align(read_photo(file)))
            except PhotoError:
                continue
        return usable


def _floats(image: cv2.typing.MatLike) -> FloatArray:
    return np.asarray(image, np.float32) / np.float32(255)
