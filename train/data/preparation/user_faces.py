"""The user's own faces: clean and aligned, in a folder or an uncompressed tar archive.

They are laid out like the shards of `../shared/data/faces`: `<source>/<identity>/<n>.jpg`,
one square crop of a whole head each.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2
import numpy as np

from nasfe_cam.core.photo_errors import PhotoError, PhotoUnreadable
from nasfe_cam.core.statement import Plain
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.image_io.photo_files import is_photo
from train.data.crop_store import Crop
from train.data.errors import FacesError, PhotoGrey, PhotoTooLarge
from train.data.preparation.photo_reading import decode_photo, read_photo_file

LARGEST_FILE = 512 * 1024 * 1024
# Mean difference of the colour channels, 0..255, as for training crops.
LEAST_COLOUR = 5.0


class OwnFacesMissing(FacesError):
    code = "own-faces-missing"
    text = "There is no folder or archive {path}."
    remedy = "Give --faces clean, aligned faces laid out as <source>/<identity>/<n>.jpg."

    path: Path


class OwnFacesUnreadable(FacesError):
    code = "own-faces-unreadable"
    text = "{path} cannot be read ({reason})."
    remedy = "Give --faces a folder or an uncompressed tar archive of <source>/<identity>/<n>.jpg."

    path: Path
    reason: str


class NoOwnFaceUsable(FacesError):
    code = "no-own-face-usable"
    text = "{path} holds no usable face. {why}"
    remedy = "Clean, aligned, square faces are needed, laid out as <source>/<identity>/<n>.jpg."

    path: Path
    skipped: tuple[Skipped, ...]

    @property
    def parameters(self) -> dict[str, Plain]:
        first = "; ".join(f"{entry.name}: {entry.reason}" for entry in self.skipped[:3])
        skipped = f"All {len(self.skipped)} pictures were skipped ({first})."
        return {"path": str(self.path), "why": skipped if self.skipped else "It is empty."}


class PhotoNotSquare(PhotoError):
    code = "not-square"
    text = "It has {width} x {height} pixels; an aligned face is a square."

    width: int
    height: int


class PhotoOutsideLayout(PhotoError):
    code = "outside-layout"
    text = "It lies in no folder of a person."


@dataclass(frozen=True, slots=True)
class Skipped:
    """A picture that takes no part: its name, and why."""

    name: str
    reason: PhotoError


@dataclass(frozen=True, slots=True)
class OwnFaces:
    """What a folder or archive holds: usable crops in order of their names, and the others."""

    crops: tuple[Crop, ...]
    skipped: tuple[Skipped, ...]


def list_own_faces(path: Path) -> OwnFaces:
    """Look at every picture once.

    A person is a folder `<source>/<identity>`. Pictures smaller than
    `nasfe_cam.enrolment.face_checks.SMALLEST_SIDE` are skipped; those below the side of a
    test set stand in the gallery only.

    Raises:
        OwnFacesMissing, OwnFacesUnreadable, NoOwnFaceUsable: no such path, no folder
            or uncompressed tar archive, or not one picture that can be used.
    """
    if not path.exists():
        raise OwnFacesMissing(path)
    crops, skipped = [], []
    entries = _in_folder(path) if path.is_dir() else _in_archive(path)
    for entry in sorted(entries, key=lambda found: found.name):
        try:
            crops.append(_examined(entry))
        except PhotoError as reason:
            skipped.append(Skipped(entry.name, reason))
    if not crops:
        raise NoOwnFaceUsable(path, tuple(skipped))
    return OwnFaces(tuple(crops), tuple(skipped))


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a picture's bytes lie; `inside` is its path below the folder or in the archive."""

    inside: PurePosixPath
    root: str
    file: Path
    offset: int
    size: int | None

    @property
    def name(self) -> str:
        return str(self.inside)


def _in_folder(folder: Path) -> list[_Entry]:
    found = []
    for below, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            file = Path(below, name)
            inside = PurePosixPath(file.relative_to(folder).as_posix())
            if is_photo(inside):
                found.append(_Entry(inside, folder.resolve().name, file, 0, None))
    return found


def _in_archive(file: Path) -> list[_Entry]:
    try:
        # Mode "r:" refuses compression: pictures are read at their place in the file.
        with tarfile.open(file, "r:") as archive:
            return list(_members(archive, file))
    except (OSError, tarfile.TarError) as error:
        raise OwnFacesUnreadable(file, str(error)) from None


def _members(archive: tarfile.TarFile, file: Path) -> Iterator[_Entry]:
    for member in archive:
        inside = PurePosixPath(member.name)
        if member.isreg() and not member.issparse() and is_photo(inside):
            yield _Entry(inside, file.stem, file, member.offset_data, member.size)


def _examined(entry: _Entry) -> Crop:
    """Raises PhotoError where the picture cannot be used."""
    if len(entry.inside.parts) < 2:
        raise PhotoOutsideLayout()
    content = _content(entry)
    height, width = _checked_size(content)
    source, identity, photo = (entry.root, *entry.inside.parts)[-3:]
    return Crop(
        name=f"{source}/{identity}/{photo}",
        person=f"{source}/{identity}",
        shard=entry.file,
        offset=entry.offset,
        size=len(content),
        side=min(height, width),
        licence="not stated",
    )


def _content(entry: _Entry) -> bytes:
    if entry.size is None:
        return read_photo_file(entry.file)
    if entry.size > LARGEST_FILE:
        raise PhotoTooLarge("more than 512 MB")
    try:
        with entry.file.open("rb") as file:
            file.seek(entry.offset)
            return file.read(entry.size)
    except OSError as error:
        raise PhotoUnreadable(reason_of(error)) from None


def _checked_size(content: bytes) -> tuple[int, int]:
    picture = decode_photo(content)
    height, width = picture.shape[:2]
    if height != width:
        raise PhotoNotSquare(width, height)
    channels = picture.astype(np.int16)
    if float(np.ptp(channels, axis=2).mean()) < LEAST_COLOUR:
        raise PhotoGrey()
    # Later the picture is read like those of the shards: both readers must be able to.
    if cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR_RGB) is None:
        raise PhotoUnreadable("OpenCV cannot decode it")
    return height, width
