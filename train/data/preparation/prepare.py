"""Builds a folder of aligned crops, as `train/data/crop_store.py` reads it, from any photos."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.errors import OutputFileFailed
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.core.text.reasons import reason_of
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.vcam_host.file_lock import try_lock
from train.data.crop_store import INDEX
from train.data.errors import TargetBusy, TargetNotWritten, TargetRefused
from train.data.index import FACES, Prepared, write_index
from train.data.preparation.aligned_crops import AlignedCrop, align_photo, take_crop
from train.data.preparation.photo_reading import decode_photo
from train.data.preparation.source_listing import Entry, aligned_folder, list_entries
from train.data.preparation.split import TEST_SHARE
from train.data.shards import LARGEST_SHARD, RULES, Examined, ShardWriter, read_journals

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many; may raise to stop."""


def prepare(
    sources: Sequence[Path],
    target: Path,
    *,
    test_share: float = TEST_SHARE,
    licence: str = "not stated",
    threads: int = 1,
    largest_shard: int = LARGEST_SHARD,
    progress: Progress = lambda done, total: None,
) -> Prepared:
    """Align the faces of all photos, and write shards, `index.csv` and `rejected.csv`.

    What an earlier run into the same folder has examined is not examined again,
    finished or not; files that are new or changed are added, and those that are
    gone leave the index.

    Args:
        sources: see `train.data.preparation.photo_layouts`, or folders with aligned crops
            and their index, which keep their bytes, labels and splits.
        target: folder to make; `nasfe-train run --data` takes it.
        test_share: see `train.data.preparation.split.split_of`.
        licence: of photos whose source states none.
        threads: photos that are looked at at once.
        largest_shard: bytes of a shard.
        progress: told after every file.

    Raises:
        FacesError: a source cannot be read, the target cannot be written, or no
            photo can be used; which subclass says why.
        ModelFileMissing, ModelFileDamaged: the face finder's network.
    """
    entries = list_entries(sources)
    faces = target / FACES
    try:
        faces.mkdir(parents=True, exist_ok=True)
        with _alone(target):
            examined = _go_on_from(faces, sources)
            _examine_the_rest(
                entries, examined, ShardWriter(faces, largest_shard), threads, progress
            )
            return write_index(entries, examined, target, licence=licence, test_share=test_share)
    except OutputFileFailed as error:
        raise TargetNotWritten(target, str(error)) from None
    except OSError as error:
        raise TargetNotWritten(target, reason_of(error)) from None


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / ".lock").open("w") as file:
        if not try_lock(file.fileno()):
            raise TargetBusy(target)
        yield


def _go_on_from(faces: Path, sources: Sequence[Path]) -> dict[tuple[str, str], Examined]:
    """What is examined already, by file and stamp."""
    if any((found := aligned_folder(s)) and found.samefile(faces) for s in sources):
        raise TargetRefused(faces.parent, "it is one of the sources")
    examined = list(read_journals(faces))
    if not examined and (faces / INDEX).exists():
        raise TargetRefused(faces.parent, "it holds faces that this command did not make")
    if any(row.rules != RULES for row in examined):
        raise TargetRefused(faces.parent, "another version of this program made it")
    return {(row.file, row.stamp): row for row in examined}


def _examine_the_rest(
    entries: Sequence[Entry],
    examined: dict[tuple[str, str], Examined],
    writer: ShardWriter,
    threads: int,
    progress: Progress,
) -> None:
    rest = [e for e in entries if e.identity and (e.file, e.stamp) not in examined]
    done = len(entries) - len(rest)
    progress(done, len(entries))
    try:
        with closing(_in_order(rest, threads)) as results:
            for entry, found, crop in results:
                row = writer.reject(found) if crop is None else writer.add(found, crop, entry.path)
                examined[entry.file, entry.stamp] = row
                done += 1
                progress(done, len(entries))
    except OSError:
        writer.discard()
        raise
    except BaseException:
        # Stopped by the user, say: what is in the part is whole, and worth keeping.
        writer.close()
        raise
    writer.close()


def _in_order(
    entries: Sequence[Entry], threads: int
) -> Generator[tuple[Entry, Examined, AlignedCrop | None]]:
    """Examine entries on several threads; results come in the order of the entries."""
    finders = _Finders()
    pending: deque[tuple[Entry, Future[tuple[Examined, AlignedCrop | None]]]] = deque()
    try:
        with ThreadPoolExecutor(threads) as pool:
            for entry in entries:
                pending.append((entry, pool.submit(_examine, entry, finders)))
                if len(pending) > 4 * threads:
                    first, future = pending.popleft()
                    yield first, *future.result()
            for first, future in pending:
                yield first, *future.result()
    finally:
        finders.close()


def _examine(entry: Entry, finders: _Finders) -> tuple[Examined, AlignedCrop | None]:
    digest = ""
    try:
        content = entry.read()
        digest = hashlib.sha256(content).hexdigest()
        crop = (
            align_photo(decode_photo(content), finders.mine())
            if isinstance(entry.origin, Path)
            else take_crop(content, entry.native_side)
        )
    except PhotoError as error:
        refused = Examined(entry.file, entry.stamp, digest, reason=error.code, detail=str(error))
        return refused, None
    return Examined(entry.file, entry.stamp, digest), crop


class _Finders:
    """One face finder for each thread, which cannot share one; made when first needed."""

    def __init__(self) -> None:
        self._here = threading.local()
        self._all: list[StillDetector] = []

    def mine(self) -> StillDetector:
        if not hasattr(self._here, "finder"):
            self._here.finder = StillDetector(find_model("face_landmarker.task"))
            self._all.append(self._here.finder)
        finder: StillDetector = self._here.finder
        return finder

    def close(self) -> None:
        for finder in self._all:
            finder.close()
