"""Writes the lists of a prepared folder: `index.csv` and `rejected.csv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nasfe_cam.core.atomic_files import write_text
from nasfe_cam.core.photo_errors import PhotoError
from train.data.crop_store import INDEX
from train.data.errors import NoPhotoUsable, PhotoRepeated, PhotoWithoutIdentity
from train.data.preparation.photo_layouts import CELEBA_LIST
from train.data.preparation.source_listing import SPLITS, Entry
from train.data.preparation.split import given_splits, split_of
from train.data.shards import Examined, as_csv

REJECTED = "rejected.csv"
FACES = "faces"

_INDEX_COLUMNS = (
    "path",
    "split",
    "source",
    "identity",
    "person",
    "width",
    "height",
    "sharpness",
    "native_side",
    "shard",
    "licence",
)
_REJECTED_COLUMNS = ("file", "reason", "detail")


@dataclass(frozen=True, slots=True)
class SplitCount:
    """Of one split: crops, people, and those of them with one photo or with four and more."""

    crops: int
    people: int
    alone: int
    with_four: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of the sources.

    Attributes:
        files: photos and crops that were found.
        splits: what is in the index, for "train" and "test".
        rejected: how many files for each reason, the most frequent first.
        index, rejected_file: where it is written down.
    """

    files: int
    splits: Mapping[str, SplitCount]
    rejected: Mapping[str, int]
    index: Path
    rejected_file: Path


def write_index(
    entries: Sequence[Entry],
    examined: Mapping[tuple[str, str], Examined],
    target: Path,
    *,
    licence: str,
    test_share: float,
) -> Prepared:
    """Join what the sources hold now with what was examined.

    Args:
        entries: of the sources.
        examined: by file and stamp.
        target: the prepared folder.
        licence: of photos whose source states none.
        test_share: see `train.data.preparation.split.split_of`.

    Raises:
        NoPhotoUsable: there is nothing to put into the index.
        OutputFileFailed: see `nasfe_cam.core.atomic_files`.
    """
    given = given_splits((entry.person, entry.split) for entry in entries if entry.split)
    rows: list[dict[str, object]] = []
    rejected: list[dict[str, object]] = []
    first_with: dict[str, str] = {}
    for entry in entries:
        found = examined.get((entry.file, entry.stamp))
        reason, detail = _refusal(entry, found, first_with)
        if reason or found is None:
            rejected.append({"file": entry.file, "reason": reason, "detail": detail})
            continue
        first_with[found.sha256] = entry.file
        split = given.get(entry.person) or split_of(entry.person, test_share)
        rows.append(
            {
                "path": found.path,
                "split": split,
                "source": entry.source,
                "identity": entry.identity,
                "person": entry.person,
                "width": found.side,
                "height": found.side,
                "sharpness": found.sharpness,
                "native_side": found.native_side,
                "shard": found.shard,
                "licence": entry.licence or licence,
            }
        )
    rejected_file, index = target / REJECTED, target / FACES / INDEX
    write_text(rejected_file, as_csv(rejected, _REJECTED_COLUMNS))
    if not rows:
        raise NoPhotoUsable(len(entries), rejected_file)
    write_text(index, as_csv(rows, _INDEX_COLUMNS))
    reasons = Counter(str(row["reason"]) for row in rejected)
    return Prepared(
        files=len(entries),
        splits={split: _count(rows, split) for split in SPLITS},
        rejected=dict(reasons.most_common()),
        index=index,
        rejected_file=rejected_file,
    )


def _refusal(
    entry: Entry, found: Examined | None, first_with: Mapping[str, str]
) -> tuple[str, str]:
    """Reason and sentence, both empty for a crop that belongs into the index."""
    error: PhotoError
    if found is None:
        error = PhotoWithoutIdentity(CELEBA_LIST)
    elif found.reason:
        return found.reason, found.detail
    elif found.sha256 in first_with:
        # As a reference it would show the network the very picture that it is to restore.
        error = PhotoRepeated(first_with[found.sha256])
    else:
        return "", ""
    return error.code, str(error)


def _count(rows: Sequence[Mapping[str, object]], split: str) -> SplitCount:
    photos = Counter(row["person"] for row in rows if row["split"] == split)
    return SplitCount(
        crops=photos.total(),
        people=len(photos),
        alone=sum(count == 1 for count in photos.values()),
        with_four=sum(count >= 4 for count in photos.values()),
    )
