"""Writes crops into tar shards, and remembers beside each what was examined for it.

A part is a shard `faces-000.tar` and its journal `faces-000.csv`. Both are written
beside and renamed, the journal last: where there is a journal, the part is whole,
and an interrupted preparation goes on after it.
"""

from __future__ import annotations

import csv
import io
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path, PurePosixPath

from nasfe_cam.core.atomic_files import FileBeside, left_behind, write_text
from train.data.errors import FacesDamaged
from train.data.preparation.aligned_crops import AlignedCrop

LARGEST_SHARD = 60_000_000
"""Bytes of a shard, so that it can be copied and kept anywhere."""

RULES = "1"
"""Changes with what is accepted and how crops are cut; other journals are not gone on from."""

_JOURNALS = "faces-*.csv"
# A kill loses what is not in a journal yet; where all is rejected, no shard is ever full.
_MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of one file.

    Attributes:
        file, stamp: see `train.data.preparation.source_listing.Entry`.
        sha256: of the file's content.
        reason: code of the `PhotoError`, or "" for an accepted file.
        detail: the whole sentence of the error.
        path: name of the crop in the shard, or "".
        shard: name of the tar file, or "".
        side, native_side, sharpness: see `train.data.preparation.aligned_crops.AlignedCrop`.
        rules: under which it was examined.
    """

    file: str
    stamp: str
    sha256: str
    reason: str = ""
    detail: str = ""
    path: str = ""
    shard: str = ""
    side: int = 0
    native_side: int = 0
    sharpness: float = 0.0
    rules: str = RULES


class ShardWriter:
    """Adds parts to a folder, one after the other; `close` finishes the last one.

    Args:
        folder: where the parts are, those of earlier runs too.
        largest: bytes of a shard.
    """

    def __init__(self, folder: Path, largest: int = LARGEST_SHARD) -> None:
        self._folder = folder
        self._largest = largest
        self._names = {examined.path for examined in read_journals(folder)}
        self._number = 1 + max((_number(path) for path in folder.glob(_JOURNALS)), default=-1)
        self._rows: list[Examined] = []
        self._archive: tarfile.TarFile | None = None
        self._beside: FileBeside | None = None
        # Of a run that was killed.
        for file in left_behind(self._shard):
            file.unlink(missing_ok=True)

    def add(self, examined: Examined, crop: AlignedCrop, path: str) -> Examined:
        """Store an accepted crop.

        Args:
            examined: the row of the journal, without the fields that describe the crop.
            crop: it.
            path: wished name, `<source>/<identity>/<n>.jpg`; a number is added
                where it is taken.

        Returns:
            The row with the fields that describe the crop.
        """
        path = self._free(path)
        member = tarfile.TarInfo(path)
        member.size = len(crop.jpeg)
        # Header, long names and the end of the file take whole blocks of their own.
        needed = member.size + 8 * tarfile.BLOCKSIZE + tarfile.RECORDSIZE
        if self._archive is not None and self._archive.offset + needed > self._largest:
            self._finish_part()
        if self._archive is None:
            self._beside = FileBeside(self._shard)
            self._archive = tarfile.open(  # noqa: SIM115
                self._beside.temporary, "w", format=tarfile.PAX_FORMAT
            )
        self._archive.addfile(member, io.BytesIO(crop.jpeg))
        self._names.add(path)
        examined = replace(
            examined,
            path=path,
            shard=self._shard.name,
            side=crop.side,
            native_side=crop.native_side,
            sharpness=round(crop.sharpness, 1),
        )
        self._rows.append(examined)
        return examined

    def reject(self, examined: Examined) -> Examined:
        """Remember a file that cannot be used; returns its row."""
        self._rows.append(examined)
        if len(self._rows) >= _MOST_ROWS:
            self._finish_part()
        return examined

    def close(self) -> None:
        """Finish the last part."""
        if self._rows:
            self._finish_part()

    def discard(self) -> None:
        """Leave the part out that is not finished."""
        if self._archive is not None:
            self._archive.fileobj.close()
            self._archive = None
        if self._beside is not None:
            self._beside.discard()
            self._beside = None
        self._rows = []

    @property
    def _shard(self) -> Path:
        return self._folder / f"faces-{self._number:03}.tar"

    def _finish_part(self) -> None:
        if self._archive is not None and self._beside is not None:
            self._archive.close()
            self._archive = None
            self._beside.commit()
            self._beside = None
        write_text(self._shard.with_suffix(".csv"), as_csv([asdict(row) for row in self._rows]))
        self._rows = []
        self._number += 1

    def _free(self, path: str) -> str:
        wished, number = PurePosixPath(path), 2
        while path in self._names:
            path = str(wished.with_stem(f"{wished.stem}-{number}"))
            number += 1
        return path


def read_journals(folder: Path) -> Iterator[Examined]:
    """What earlier runs have examined, in their order.

    Raises:
        FacesDamaged: a journal is not one.
    """
    for path in sorted(folder.glob(_JOURNALS), key=_number):
        try:
            with path.open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    yield _examined(row)
        except (OSError, ValueError, KeyError, csv.Error) as error:
            raise FacesDamaged(path, str(error)) from None


def as_csv(rows: list[dict[str, object]], columns: tuple[str, ...] = ()) -> str:
    """A CSV file of rows; the columns of the first row where none are given."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns or tuple(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _examined(row: dict[str, str]) -> Examined:
    values: dict[str, object] = {field.name: row[field.name] for field in fields(Examined)}
    numbers = {
        "side": int(row["side"]),
        "native_side": int(row["native_side"]),
        "sharpness": float(row["sharpness"]),
    }
    return Examined(**(values | numbers))  # type: ignore[arg-type]


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])
