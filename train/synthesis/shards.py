"""Stores generated faces as tar shards, and finds them again.

A shard `synthetic-00012.tar` holds `faces.csv` (path, kind, person, frame), `landmarks.npy`
(N x 478 x 2 float32, see `GeneratedFace.unit_landmarks`) in the same order, and of every face
`<side>/<kind>/<person>/<frame>.jpg` for each stored side. It is written beside and renamed, so
a shard that is there is whole; one that was cut short afterwards is refused by name.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.core.atomic_files import FileBeside
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray, Image
from train.synthesis.faces import GeneratedFace
from train.synthesis.subjects import Kind

SIDES = (256, 384)
"""Stored sizes of every crop. 1024 pixels hold about 900 of ours, so both are truly sharp."""

_NAME = "synthetic-{:05}.tar"
_PATTERN = "synthetic-*.tar"
_TABLE, _LANDMARKS = "faces.csv", "landmarks.npy"
_COLUMNS = ("path", "kind", "person", "frame")
# The crops are truth to learn from: what JPEG takes away is never learned.
_JPEG = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]


class ShardDamaged(NasfeError):
    code = "shard-damaged"
    text = "Shard {path} cannot be read ({reason})."
    remedy = "Delete it and repeat: nasfe-train synthesise"

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class StoredFace:
    """Where one generated face lies.

    Attributes:
        kind, person, frame: the frames of one person's clip are numbered in their order.
        landmarks: 478 x 2 float32, 0..1 from edge to edge of the crop.
        places: file, offset and size of the JPEG, by side.
    """

    kind: Kind
    person: str
    frame: int
    landmarks: FloatArray
    places: dict[int, tuple[Path, int, int]]


def shard_path(folder: Path, number: int) -> Path:
    """The file of a shard."""
    return folder / _NAME.format(number)


@dataclass(frozen=True, slots=True, eq=False)
class FaceToStore:
    """One face on its way into a shard; the attributes are those of `StoredFace`.

    Attributes:
        jpegs: the files, by side.
    """

    kind: Kind
    person: str
    frame: int
    landmarks: FloatArray
    jpegs: dict[int, bytes]


def write_shard(
    folder: Path, number: int, subjects: Sequence[tuple[Kind, Sequence[GeneratedFace]]]
) -> Path:
    """Write the faces of one shard, of each subject all."""
    path = shard_path(folder, number)
    write_faces(
        path,
        (
            FaceToStore(
                kind,
                f"{number:05}-{index:03}",
                frame,
                face.unit_landmarks(),
                {side: encode(face.crop(side)) for side in SIDES},
            )
            for index, (kind, faces) in enumerate(subjects)
            for frame, face in enumerate(faces)
        ),
    )
    return path


def write_faces(path: Path, faces: Iterable[FaceToStore]) -> None:
    """Write any faces as a shard, beside and then renamed."""
    rows, landmarks = [], []
    with FileBeside(path) as file, tarfile.open(file.temporary, "w") as archive:
        for face in faces:
            name = f"{face.kind}/{face.person}/{face.frame:02}.jpg"
            rows.append((name, str(face.kind), face.person, str(face.frame)))
            landmarks.append(face.landmarks)
            for side, jpeg in face.jpegs.items():
                _add(archive, f"{side}/{name}", jpeg)
        table = io.StringIO(newline="")
        csv.writer(table, lineterminator="\n").writerows([_COLUMNS, *rows])
        _add(archive, _TABLE, table.getvalue().encode())
        array = io.BytesIO()
        np.save(array, np.array(landmarks, np.float32).reshape(-1, 478, 2))
        _add(archive, _LANDMARKS, array.getvalue())


def encode(crop: Image, quality: int = 95) -> bytes:
    """A S x S x 3 uint8 BGR crop as JPEG without loss of colour resolution."""
    _, jpeg = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, quality, *_JPEG])
    return jpeg.tobytes()


def list_shards(folder: Path) -> list[Path]:
    """The whole shards of a folder, in their order; none where there is no folder."""
    return sorted(folder.glob(_PATTERN))


def read_shard(path: Path) -> list[StoredFace]:
    """What a shard holds.

    Raises:
        ShardDamaged: it is cut short or not a shard.
    """
    try:
        with tarfile.open(path) as archive:
            members = {member.name: member for member in archive}
            rows = list(csv.DictReader(io.StringIO(_content(archive, members[_TABLE]).decode())))
            landmarks = np.load(io.BytesIO(_content(archive, members[_LANDMARKS])))
        if landmarks.shape != (len(rows), 478, 2):
            raise ValueError(f"landmarks of the shape {landmarks.shape} for {len(rows)} faces")
        return list(_stored(path, rows, landmarks, members))
    except (OSError, tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise ShardDamaged(path, str(error) or type(error).__name__) from None


def read_picture(face: StoredFace, side: int) -> Image:
    """Decode one crop: side x side x 3 uint8 RGB.

    Raises:
        ShardDamaged: the shard has been changed since it was listed.
    """
    path, offset, size = face.places[side]
    with path.open("rb") as file:
        file.seek(offset)
        data = np.frombuffer(file.read(size), np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
    if picture is None:
        raise ShardDamaged(path, "no picture where one was")
    return np.asarray(picture, np.uint8)


def _stored(
    path: Path,
    rows: Sequence[dict[str, str]],
    landmarks: FloatArray,
    members: dict[str, tarfile.TarInfo],
) -> Iterator[StoredFace]:
    sides = {int(name.partition("/")[0]) for name in members if "/" in name}
    for row, mesh in zip(rows, landmarks, strict=True):
        names = ((side, f"{side}/{row['path']}") for side in sides)
        found = {side: members[name] for side, name in names if name in members}
        if not found:
            raise KeyError(row["path"])
        yield StoredFace(
            Kind(row["kind"]),
            row["person"],
            int(row["frame"]),
            mesh,
            {side: (path, member.offset_data, member.size) for side, member in found.items()},
        )


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    content = b"" if file is None else file.read()
    if len(content) != member.size:
        raise ValueError(f"{member.name} is cut short")
    return content


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
