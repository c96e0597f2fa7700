"""Everything in the sources that may become a crop: photos, and crops that are aligned already."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from train.data.crop_store import INDEX, Crop, list_crops
from train.data.errors import FacesDamaged, PhotosMissing
from train.data.preparation.photo_layouts import Photo, list_photos
from train.data.preparation.photo_reading import read_photo_file

SPLITS = ("train", "test")


@dataclass(frozen=True, slots=True)
class Entry:
    """One photo or one aligned crop of a source.

    Attributes:
        file: where it is, for people: a path, or `<shard>:<name>`.
        stamp: size and time of the file; another stamp means another content.
        source, identity: of the data set; an empty identity names nobody.
        person: label shared by all photos of one person.
        split: "train" or "test" where the source has decided, else "".
        licence: as stated by the source, or "".
        origin: the photo file, or the aligned crop.
        native_side: side of an aligned crop in pixels of its photo; 0 for photos.
    """

    file: str
    stamp: str
    source: str
    identity: str
    person: str
    split: str
    licence: str
    origin: Path | Crop
    native_side: int = 0

    @property
    def path(self) -> str:
        """The name that the crop should have, `<source>/<identity>/<n>.jpg`."""
        if isinstance(self.origin, Crop):
            return self.origin.name
        return f"{self.source}/{self.identity}/{_printable(self.origin.stem)}.jpg"

    def read(self) -> bytes:
        """The content of the file; raises PhotoError."""
        if isinstance(self.origin, Path):
            return read_photo_file(self.origin)
        with self.origin.shard.open("rb") as file:
            file.seek(self.origin.offset)
            return file.read(self.origin.size)


def list_entries(sources: Sequence[Path]) -> list[Entry]:
    """All entries of the sources, each file once.

    People of CelebA whom an aligned source joins with another label get its label.

    Raises:
        PhotosMissing, IdentitiesUnreadable, FacesDamaged: a source cannot be used.
    """
    entries: dict[str, Entry] = {}
    for source in sources:
        found = _aligned(source) or [_of_photo(photo) for photo in list_photos(source)]
        for entry in found:
            entries.setdefault(entry.file, entry)
    joined = {
        entry.identity: entry.person
        for entry in entries.values()
        if entry.native_side and entry.source.startswith("celeba")
    }
    return [
        replace(entry, person=joined.get(entry.person, entry.person))
        if entry.source == "celeba"
        else entry
        for entry in entries.values()
    ]


def aligned_folder(source: Path) -> Path | None:
    """The folder of a source that holds aligned crops and their index, if it is such a source."""
    folders = (source, source / "faces")
    return next((folder for folder in folders if (folder / INDEX).is_file()), None)


def _aligned(source: Path) -> list[Entry]:
    folder = aligned_folder(source)
    if folder is None:
        return []
    with (folder / INDEX).open(newline="", encoding="utf-8") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    crops = [crop for split in SPLITS for crop in list_crops(folder, split)]
    found = [_of_crop(crop, rows[crop.name]) for crop in crops]
    if not found:
        raise PhotosMissing(source)
    return found


def _of_crop(crop: Crop, row: dict[str, str]) -> Entry:
    name = Path(crop.name)
    shard = crop.shard.absolute()
    status = shard.stat()
    try:
        native_side = int(row.get("native_side") or crop.side)
    except ValueError:
        raise FacesDamaged(crop.shard.parent / INDEX, f"native_side of {crop.name}") from None
    return Entry(
        file=f"{shard}:{crop.name}",
        stamp=f"{crop.size}@{crop.offset} {status.st_size} {status.st_mtime_ns}",
        source=row.get("source") or name.parts[0],
        identity=row.get("identity") or name.parent.name,
        person=crop.person,
        split=row["split"],
        licence=crop.licence,
        origin=crop,
        native_side=native_side,
    )


def _of_photo(photo: Photo) -> Entry:
    source, identity = _printable(photo.source), _printable(photo.identity or "")
    try:
        status = photo.path.stat()
        stamp = f"{status.st_size} {status.st_mtime_ns}"
    except OSError:
        # It is listed all the same: reading it says what is wrong with it.
        stamp = ""
    return Entry(
        file=_printable(str(photo.path)),
        stamp=stamp,
        source=source,
        identity=identity,
        person=identity if source == "celeba" else f"{source}/{identity}",
        split="",
        licence="",
        origin=photo.path,
    )


def _printable(name: str) -> str:
    """A file name that is no valid UTF-8 cannot be written into the index as it is."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
