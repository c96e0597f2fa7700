"""All pictures that training may show, real and generated, with their landmarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from train.data.crop_store import Crop, read_crop
from train.synthesis.shards import list_shards, read_picture, read_shard
from train.synthesis.subjects import Kind

_TRIES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One aligned picture of somebody.

    Attributes:
        read: decodes it: H x H x 3 uint8 RGB.
        side: H.
        landmarks: 478 x 2 float32, 0..1 from edge to edge.
    """

    read: Callable[[], Image]
    side: int
    landmarks: FloatArray

    def at(self, side: int) -> Image:
        """The picture at side x side, which must not be more than it has."""
        picture = self.read()
        if picture.shape[0] == side:
            return picture
        scaled = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
        return np.asarray(scaled, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoPool:
    """Photos, sorted by what can be shown of them.

    Attributes:
        alone: people with one photo.
        people: people with two and more photos.
        clips: moving people, frames in the order of time.
    """

    alone: Sequence[Photo]
    people: Sequence[Sequence[Photo]]
    clips: Sequence[Sequence[Photo]]

    def joined(self, other: PhotoPool) -> PhotoPool:
        """Both together; nobody is in both."""
        return PhotoPool(
            [*self.alone, *other.alone],
            [*self.people, *other.people],
            [*self.clips, *other.clips],
        )

    def any_photo(self, rng: np.random.Generator) -> Photo:
        """Anybody's photo."""
        return self._group(rng)[1]

    def stranger(self, rng: np.random.Generator, person: Photo) -> Photo | None:
        """A photo of somebody else than of whom another one is; None where hardly anybody is."""
        for _ in range(_TRIES):
            photos, photo = self._group(rng)
            if all(photo_of_group is not person for photo_of_group in photos):
                return photo
        return None

    def _group(self, rng: np.random.Generator) -> tuple[Sequence[Photo], Photo]:
        """Somebody's photos, and one of them."""
        kinds = [kind for kind in (self.people, self.clips) if kind]
        if not kinds or (self.alone and rng.random() < 0.3):
            photo = self.alone[int(rng.integers(len(self.alone)))]
            return [photo], photo
        someone = kinds[int(rng.integers(len(kinds)))]
        photos = someone[int(rng.integers(len(someone)))]
        return photos, photos[int(rng.integers(len(photos)))]


def real_photos(crops: Sequence[Crop], landmarks: FloatArray, smallest: int) -> PhotoPool:
    """The crops of a split in which a face was found.

    Args:
        crops: of the split.
        landmarks: of `landmarks_of_crops`.
        smallest: side in pixels below which a crop is left out.
    """
    of_person: dict[str, list[Photo]] = {}
    for crop, mesh in zip(crops, landmarks, strict=True):
        if crop.side >= smallest and np.isfinite(mesh).all():
            photo = Photo(lambda crop=crop: read_crop(crop), crop.side, mesh)  # type: ignore[misc]
            of_person.setdefault(crop.person, []).append(photo)
    return PhotoPool(
        [photos[0] for photos in of_person.values() if len(photos) == 1],
        [photos for photos in of_person.values() if len(photos) > 1],
        [],
    )


class GeneratedPhotos:
    """The generated shards of a folder, which may still be filling.

    Args:
        folder: of `nasfe-train synthesise`; it need not exist.
        side: which of the stored sizes is read.
    """

    def __init__(self, folder: Path, side: int = 256) -> None:
        self._folder = folder
        self._side = side
        self._read: dict[Path, PhotoPool] = {}

    def pool(self) -> PhotoPool:
        """What is there now.

        Raises:
            ShardDamaged: a shard is cut short.
        """
        pool = PhotoPool([], [], [])
        for path in list_shards(self._folder):
            if path not in self._read:
                self._read[path] = photos_of_shard(path, self._side)
            pool = pool.joined(self._read[path])
        return pool


def photos_of_shard(path: Path, side: int) -> PhotoPool:
    """The photos of one shard, of the stored crops of one size.

    Raises:
        ShardDamaged: it is cut short.
    """
    groups: dict[tuple[Kind, str], list[Photo]] = {}
    for face in read_shard(path):
        photo = Photo(
            lambda face=face: read_picture(face, side),  # type: ignore[misc]
            side,
            face.landmarks,
        )
        groups.setdefault((face.kind, face.person), []).append(photo)
    of_kind = {kind: [g for (k, _), g in groups.items() if k is kind] for kind in Kind}
    return PhotoPool(
        [photos[0] for photos in of_kind[Kind.SINGLE]],
        of_kind[Kind.PERSON],
        of_kind[Kind.CLIP],
    )
