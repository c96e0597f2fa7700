"""A prepared folder holds what its sources hold, and says what it left out and why."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.train.photo_files import (
    PORTRAITS,
    astronaut,
    bad_photos,
    portrait,
    rotated_by_exif,
    write,
)
from train.data import shards
from train.data.crop_store import by_person, list_crops, read_crop
from train.data.errors import (
    FacesMissing,
    NoPhotoUsable,
    PhotosMissing,
    TargetBusy,
    TargetNotWritten,
    TargetRefused,
)
from train.data.preparation import prepare as preparing
from train.data.preparation.prepare import prepare
from train.data.preparation.split import split_of

Rows = list[dict[str, str]]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two people, one of them with one photo."""
    source = tmp_path / "mine"
    for number in (1, 2, 3):
        write(source / "club" / "ann" / f"{number}.png", portrait(number))
    write(source / "club" / "bob" / "1.png", astronaut())
    return source


def read(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def index_of(target: Path) -> Rows:
    return read(target / "faces" / "index.csv")


def content_of(target: Path) -> Mapping[str, tuple[str, bytes]]:
    """Person and JPEG of every crop in the index."""
    found = {}
    for row in index_of(target):
        with tarfile.open(target / "faces" / row["shard"]) as archive:
            member = archive.extractfile(row["path"])
            assert member is not None
            found[row["path"]] = (row["person"], member.read())
    return found


def test_training_reads_what_was_prepared(photos: Path, tmp_path: Path) -> None:
    prepared = prepare([photos], tmp_path / "out", test_share=0.0)
    crops = list_crops(tmp_path / "out" / "faces", "train")
    assert [crop.name for crop in crops] == [
        "club/ann/1.jpg",
        "club/ann/2.jpg",
        "club/ann/3.jpg",
        "club/bob/1.jpg",
    ]
    assert by_person(crops) == {"club/ann": [0, 1, 2], "club/bob": [3]}
    for crop in crops:
        assert read_crop(crop).shape == (crop.side, crop.side, 3)
    # RGB: the astronaut's suit is orange, and her background is bluer than the portrait's.
    assert read_crop(crops[0])[:20, :20, 0].mean() > read_crop(crops[0])[:20, :20, 2].mean()
    assert prepared.splits["train"].crops == 4
    assert (prepared.splits["train"].people, prepared.splits["train"].alone) == (2, 1)


def test_every_bad_photo_is_skipped_counted_and_listed(photos: Path, tmp_path: Path) -> None:
    bad = bad_photos()
    for name, (content, _) in bad.items():
        (photos / "club" / "ann" / name).write_bytes(content)
    (photos / "club" / "ann" / "gone.jpg").symlink_to(tmp_path / "nowhere")
    shutil.copy(photos / "club" / "ann" / "1.png", photos / "club" / "bob" / "copy.png")
    prepared = prepare([photos], tmp_path / "out", test_share=0.0)
    expected = {name: reason for name, (_, reason) in bad.items()}
    expected |= {"gone.jpg": "unreadable", "copy.png": "repeated"}
    rejected = read(tmp_path / "out" / "rejected.csv")
    assert {Path(row["file"]).name: row["reason"] for row in rejected} == expected
    assert all(row["detail"] for row in rejected)
    assert prepared.rejected == Counter(expected.values())
    assert prepared.files == 4 + len(expected)
    assert len(index_of(tmp_path / "out")) == 4


def test_a_photo_on_its_side_is_stored_upright(photos: Path, tmp_path: Path) -> None:
    (photos / "club" / "ann" / "1.jpg").write_bytes(rotated_by_exif(portrait()))
    prepare([photos], tmp_path / "out", test_share=0.0)
    on_side, upright = (
        read_crop(crop).astype(float)
        for crop in list_crops(tmp_path / "out" / "faces", "train")
        if crop.name in ("club/ann/1.jpg", "club/ann/1-2.jpg")
    )
    assert np.abs(on_side - upright).mean() < 4


def test_nothing_usable_is_one_sentence_and_leaves_no_index(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "1.jpg").write_bytes(b"no photo")
    with pytest.raises(NoPhotoUsable, match=r"Not one of 1 photos .*rejected\.csv"):
        prepare([tmp_path / "ann"], tmp_path / "out")
    assert len(read(tmp_path / "out" / "rejected.csv")) == 1
    with pytest.raises(FacesMissing):
        list_crops(tmp_path / "out" / "faces", "train")


def test_a_missing_source_makes_nothing(photos: Path, tmp_path: Path) -> None:
    with pytest.raises(PhotosMissing, match="nowhere"):
        prepare([photos, tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


class Stopped(Exception):
    pass


def stop_after(count: int) -> preparing.Progress:
    def progress(done: int, total: int) -> None:
        if done == count:
            raise Stopped

    return progress


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_a_stopped_run_goes_on_and_ends_as_if_it_had_not_stopped(
    photos: Path, tmp_path: Path, count: int, threads: int
) -> None:
    prepare([photos], tmp_path / "whole")
    with pytest.raises(Stopped):
        prepare([photos], tmp_path / "parts", threads=threads, progress=stop_after(count))
    assert not list((tmp_path / "parts").rglob("*.tmp"))
    assert not (tmp_path / "parts" / "faces" / "index.csv").exists()
    begun_with = []
    prepare([photos], tmp_path / "parts", progress=lambda done, _: begun_with.append(done))
    assert begun_with[0] == count
    assert content_of(tmp_path / "parts") == content_of(tmp_path / "whole")


def test_a_killed_run_leaves_only_whole_files_and_goes_on(photos: Path, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from train.data.preparation.prepare import prepare\n"
        "source, target = map(Path, sys.argv[1:])\n"
        "prepare([source], target, largest_shard=30_000,\n"
        "        progress=lambda done, total: done == 3 and os._exit(9))\n"
    )
    arguments = [sys.executable, "-c", program, str(photos), str(tmp_path / "out")]
    assert subprocess.run(arguments, capture_output=True, timeout=120).returncode == 9
    shards_left = sorted((tmp_path / "out" / "faces").glob("*.tar"))
    assert shards_left
    for shard in shards_left:
        with tarfile.open(shard) as archive:
            assert archive.getmembers()
        assert shard.with_suffix(".csv").exists()
    prepare([photos], tmp_path / "out", largest_shard=30_000)
    assert not list((tmp_path / "out").rglob("*.tmp"))
    prepare([photos], tmp_path / "whole")
    assert content_of(tmp_path / "out") == content_of(tmp_path / "whole")


def test_a_second_run_looks_at_no_photo_again(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "club" / "ann" / "bad.jpg").write_bytes(b"no photo")
    first = prepare([photos], tmp_path / "out")
    monkeypatch.setattr(preparing, "_examine", lambda *_: pytest.fail("it was looked at again"))
    assert prepare([photos], tmp_path / "out") == first


def test_new_changed_and_deleted_photos_are_followed(photos: Path, tmp_path: Path) -> None:
    prepare([photos], tmp_path / "out")
    before = content_of(tmp_path / "out")
    ann = photos / "club" / "ann"
    write(ann / "1.png", portrait(1)[:, ::-1].copy())
    (ann / "2.png").unlink()
    write(ann / "4.png", portrait(2)[:, ::-1].copy())
    prepare([photos], tmp_path / "out")
    after = content_of(tmp_path / "out")
    assert set(after) == {f"club/ann/{n}.jpg" for n in ("1-2", "3", "4")} | {"club/bob/1.jpg"}
    assert after["club/ann/3.jpg"] == before["club/ann/3.jpg"]
    assert after["club/ann/1-2.jpg"] != before["club/ann/1.jpg"]


def test_shards_stay_below_their_limit(photos: Path, tmp_path: Path) -> None:
    prepare([photos], tmp_path / "out", largest_shard=60_000)
    files = list((tmp_path / "out" / "faces").glob("*.tar"))
    assert len(files) > 1
    assert all(file.stat().st_size <= 60_000 for file in files)
    assert len(content_of(tmp_path / "out")) == 4


def test_a_full_disk_is_one_sentence_and_nothing_is_lost(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = tarfile.TarFile.addfile
    written: list[str] = []

    def full_at_the_third(self: tarfile.TarFile, member: tarfile.TarInfo, file: object) -> None:
        written.append(member.name)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        add(self, member, file)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(shards.tarfile.TarFile, "addfile", full_at_the_third)
        with pytest.raises(TargetNotWritten, match="No space left on device"):
            prepare([photos], tmp_path / "out", largest_shard=30_000)
    assert not list((tmp_path / "out").rglob("*.tmp"))
    prepare([photos], tmp_path / "out")
    prepare([photos], tmp_path / "whole")
    assert content_of(tmp_path / "out") == content_of(tmp_path / "whole")


def test_two_files_of_one_name_are_both_kept(photos: Path, tmp_path: Path) -> None:
    write(photos / "club" / "ann" / "1.bmp", portrait(1)[:, ::-1].copy())
    prepare([photos], tmp_path / "out")
    names = {row["path"] for row in index_of(tmp_path / "out") if "ann" in row["path"]}
    assert names == {f"club/ann/{n}.jpg" for n in ("1", "1-2", "2", "3")}


def test_a_file_name_that_is_no_text_is_kept_readable(photos: Path, tmp_path: Path) -> None:
    folder = os.fsencode(photos / "club") + b"/Zo\xeb"
    os.mkdir(folder)  # noqa: PTH102
    shutil.copy(PORTRAITS[0], os.fsdecode(folder + b"/\xff.jpg"))
    prepare([photos], tmp_path / "out", test_share=0.0)
    crops = list_crops(tmp_path / "out" / "faces", "train")
    assert crops[0].name == r"club/Zo\xeb/\xff.jpg"
    assert read_crop(crops[0]).shape[2] == 3


def test_the_target_is_left_alone_where_it_is_something_else(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare([photos], tmp_path / "out")
    with pytest.raises(TargetRefused, match="one of the sources"):
        prepare([photos, tmp_path / "out"], tmp_path / "out")
    foreign = tmp_path / "foreign" / "faces"
    foreign.mkdir(parents=True)
    (foreign / "index.csv").write_text("path\n")
    with pytest.raises(TargetRefused, match="did not make"):
        prepare([photos], tmp_path / "foreign")
    assert (foreign / "index.csv").read_text() == "path\n"
    monkeypatch.setattr(preparing, "RULES", "2")
    with pytest.raises(TargetRefused, match="another version"):
        prepare([photos], tmp_path / "out")


def test_two_runs_do_not_write_to_one_target(photos: Path, tmp_path: Path) -> None:
    inner: list[Exception] = []

    def progress(done: int, total: int) -> None:
        if done == 1:
            try:
                prepare([photos], tmp_path / "out")
            except TargetBusy as error:
                inner.append(error)

    prepare([photos], tmp_path / "out", progress=progress)
    assert len(inner) == 1


def test_an_aligned_source_keeps_bytes_labels_splits_and_licences(
    photos: Path, tmp_path: Path
) -> None:
    prepare([photos], tmp_path / "first", test_share=1.0, licence="CC0-1.0")
    prepare([tmp_path / "first"], tmp_path / "second", test_share=0.0, licence="other")
    assert content_of(tmp_path / "second") == content_of(tmp_path / "first")
    first, second = index_of(tmp_path / "first"), index_of(tmp_path / "second")
    for key in ("path", "split", "source", "identity", "person", "width", "native_side", "licence"):
        assert [row[key] for row in second] == [row[key] for row in first]
    assert {(row["split"], row["licence"]) for row in second} == {("test", "CC0-1.0")}


def test_test_people_of_one_source_are_test_people_in_all(tmp_path: Path) -> None:
    """A person of CelebA whom an aligned source tests with, there under a joined label."""
    aligned = tmp_path / "aligned" / "faces"
    write(tmp_path / "crops" / "celeba_align" / "c00012" / "000.jpg", portrait(1)[:500, :500])
    aligned.mkdir(parents=True)
    with tarfile.open(aligned / "a.tar", "w") as archive:
        archive.add(tmp_path / "crops" / "celeba_align", "celeba_align")
    (aligned / "index.csv").write_text(
        "path,split,source,identity,person,width,shard,licence\n"
        "celeba_align/c00012/000.jpg,test,celeba_align,c00012,c00007,500,a.tar,x\n"
    )
    celeba = tmp_path / "celeba"
    for name, image in {"1": portrait(2), "2": portrait(3), "3": astronaut()}.items():
        write(celeba / "img_celeba" / f"{name}.jpg", image)
    (celeba / "identity_CelebA.txt").write_text("1.jpg 12\n2.jpg 7\n3.jpg 5\n")
    prepare([celeba, tmp_path / "aligned"], tmp_path / "out", test_share=0.0)
    rows = {row["path"]: (row["person"], row["split"]) for row in index_of(tmp_path / "out")}
    assert rows == {
        "celeba_align/c00012/000.jpg": ("c00007", "test"),
        "celeba/c00012/1.jpg": ("c00007", "test"),
        "celeba/c00007/2.jpg": ("c00007", "test"),
        "celeba/c00005/3.jpg": ("c00005", "train"),
    }


def test_a_person_falls_into_the_same_split_for_ever() -> None:
    """These answers are part of what prepared folders mean: they never change."""
    people = [f"vggface2/n{number:06}" for number in range(1, 2001)]
    tested = [int(p[-6:]) for p in people[:100] if split_of(p, 0.05) == "test"]
    assert tested == [3, 20, 22, 37, 56, 85, 92]
    share = np.mean([split_of(person, 0.2) == "test" for person in people])
    assert share == pytest.approx(0.2, abs=0.03)
    assert all(split_of(p, 0.2) == "test" for p in people if split_of(p, 0.1) == "test")
    assert {split_of(p, 0.0) for p in people} == {"train"}
    assert {split_of(p, 1.0) for p in people} == {"test"}


def test_no_person_is_trained_on_and_tested_with(tmp_path: Path) -> None:
    for number in range(6):
        for photo in (1, 2):
            image = portrait(photo).copy()
            image[0, 0] = number
            write(tmp_path / "club" / f"p{number}" / f"{photo}.png", image)
    prepare([tmp_path / "club"], tmp_path / "out", test_share=0.5)
    splits = {
        split: {crop.person for crop in list_crops(tmp_path / "out" / "faces", split)}
        for split in ("train", "test")
    }
    assert splits["train"] and splits["test"]
    assert not splits["train"] & splits["test"]
    assert len(splits["train"] | splits["test"]) == 6
