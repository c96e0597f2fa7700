"""Reads aligned face crops out of uncompressed tar shards with an index.

`../shared/data/faces` is laid out so, and so is what `nasfe-train prepare` makes.
"""

from __future__ import annotations

import csv
import tarfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.frame import Image
from train.data.errors import FacesDamaged, FacesMissing

INDEX = "index.csv"


@dataclass(frozen=True, slots=True)
class Crop:
    """Where one JPEG lies, and whom it shows.

    Attributes:
        name: `<source>/<identity>/<n>.jpg`.
        person: label shared by all photos of one person.
        shard: tar file.
        offset, size: the JPEG's bytes inside the shard.
        side: stored width and height, in pixels.
        licence: as stated by the source.
    """

    name: str
    person: str
    shard: Path
    offset: int
    size: int
    side: int
    licence: str


def describe_crops(crops: Sequence[Crop]) -> str:
    """What a training saw, for the metadata of its weights: crops, source and licence of each."""
    counts = Counter((crop.name.split("/")[0], crop.licence) for crop in crops)
    return "; ".join(
        f"{count} crops of {source} ({licence or 'no licence stated'})"
        for (source, licence), count in sorted(counts.items())
    )


def list_crops(faces: Path, split: str) -> list[Crop]:
    """All crops of a split ("train" or "test") in the order of `index.csv`.

    Raises:
        FacesMissing: the folder holds no `index.csv`.
        FacesDamaged: the index or a shard is not what it should be.
    """
    index = faces / INDEX
    if not index.is_file():
        raise FacesMissing(faces)
    try:
        with index.open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["split"] == split]
        members = _members(faces, {row["shard"] for row in rows})
        return [_crop(row, *members[row["path"]]) for row in rows]
    except KeyError as error:
        raise FacesDamaged(index, f"no {error.args[0]}") from None
    except (OSError, ValueError, tarfile.TarError, csv.Error) as error:
        raise FacesDamaged(index, str(error)) from None


def _members(faces: Path, shards: Iterable[str]) -> dict[str, tuple[Path, tarfile.TarInfo]]:
    members: dict[str, tuple[Path, tarfile.TarInfo]] = {}
    for shard in sorted(shards):
        with tarfile.open(faces / shard) as archive:
            members |= {
                member.name.removeprefix("./"): (faces / shard, member)
                for member in archive
                if member.isfile()
            }
    return members


def _crop(row: dict[str, str], shard: Path, member: tarfile.TarInfo) -> Crop:
    return Crop(
        name=row["path"],
        person=row["person"],
        shard=shard,
        offset=member.offset_data,
        size=member.size,
        side=int(row["width"]),
        licence=row["licence"],
    )


def read_crop(crop: Crop) -> Image:
    """Decode one crop: side x side x 3 uint8, RGB."""
    with crop.shard.open("rb") as file:
        file.seek(crop.offset)
        data = np.frombuffer(file.read(crop.size), np.uint8)
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)


def by_person(crops: Iterable[Crop]) -> dict[str, list[int]]:
    """Indices of the crops of every person."""
    people: dict[str, list[int]] = {}
    for index, crop in enumerate(crops):
        people.setdefault(crop.person, []).append(index)
    return people
