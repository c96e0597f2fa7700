"""Anyone's own faces are measured, and bad pictures among them are named."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.frame import Image
from tests.picture_bytes import png_that_states
from tests.train.conftest import Command
from tests.train.photo_files import astronaut, cmyk, jpeg, portrait, rotated_by_exif
from train.data.crop_store import read_crop
from train.data.preparation.user_faces import (
    NoOwnFaceUsable,
    OwnFacesMissing,
    OwnFacesUnreadable,
    list_own_faces,
)


def square(image: Image, side: int = 200) -> Image:
    return np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


FACE = square(portrait())
BAD = {
    "garbage.jpg": (b"hello world" * 50, "unreadable"),
    "empty.png": (b"", "unreadable"),
    "half.jpg": (jpeg(FACE)[:5_000], "truncated"),
    "tiny.jpg": (jpeg(square(FACE, 64)), "tiny"),
    "grey.jpg": (jpeg(cv2.cvtColor(FACE, cv2.COLOR_BGR2GRAY)), "grey"),
    "grey_in_three_channels.jpg": (
        jpeg(cv2.merge([cv2.cvtColor(FACE, cv2.COLOR_BGR2GRAY)] * 3)),
        "grey",
    ),
    "for_print.jpg": (cmyk(FACE), "cmyk"),
    "wide.jpg": (jpeg(FACE[:180]), "not-square"),
    "bomb.png": (png_that_states(20_000, 20_000), "too-large"),
}


def put(folder: Path, name: str, content: bytes) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    """Two people with several photos, one with a single one."""
    folder = tmp_path / "faces"
    for number in (1, 2, 3):
        put(folder, f"made/anna/{number}.jpg", jpeg(square(portrait(number))))
    for number in (1, 2):
        put(folder, f"made/bert/{number}.jpg", jpeg(square(astronaut()[:, :: 3 - 2 * number])))
    put(folder, "made/carl/1.jpg", jpeg(square(astronaut()[::-1])))
    return folder


def archived(folder: Path, name: str = "faces.tar", mode: str = "w") -> Path:
    file = folder.parent / name
    with tarfile.open(file, mode) as archive:  # type: ignore[call-overload]
        archive.add(folder, arcname=".")
    return file


def test_a_folder_and_its_archive_hold_the_same_faces(faces: Path) -> None:
    in_folder, in_archive = list_own_faces(faces), list_own_faces(archived(faces))
    assert [crop.name for crop in in_folder.crops] == [crop.name for crop in in_archive.crops]
    assert [crop.person for crop in in_folder.crops] == ["made/anna"] * 3 + ["made/bert"] * 2 + [
        "made/carl"
    ]
    for one, other in zip(in_folder.crops, in_archive.crops, strict=True):
        assert np.array_equal(read_crop(one), read_crop(other))
        assert (one.side, one.size) == (200, other.size)


def test_a_folder_of_identities_is_a_source_of_its_own(faces: Path) -> None:
    crops = list_own_faces(faces / "made").crops
    assert {crop.person for crop in crops} == {"made/anna", "made/bert", "made/carl"}


def test_bad_pictures_are_skipped_and_named(faces: Path) -> None:
    for name, (content, _) in BAD.items():
        put(faces, f"made/bad/{name}", content)
    put(faces, "stray.jpg", jpeg(FACE))
    put(faces, "made/anna/.hidden.jpg", jpeg(FACE))
    put(faces, "made/anna/notes.txt", b"no picture, and not meant as one")
    for path in (faces, archived(faces)):
        found = list_own_faces(path)
        assert len(found.crops) == 6
        codes = {Path(entry.name).name: entry.reason.code for entry in found.skipped}
        assert codes == {name: code for name, (_, code) in BAD.items()} | {
            "stray.jpg": "outside-layout"
        }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read")
def test_a_picture_without_permission_is_skipped(faces: Path) -> None:
    (faces / "made/anna/1.jpg").chmod(0)
    assert [entry.reason.code for entry in list_own_faces(faces).skipped] == ["unreadable"]


def test_a_rotated_photo_is_read_upright(tmp_path: Path) -> None:
    put(tmp_path, "made/anna/1.jpg", rotated_by_exif(FACE))
    (crop,) = list_own_faces(tmp_path).crops
    difference = read_crop(crop)[..., ::-1].astype(int) - FACE
    assert np.abs(difference).mean() < 8


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoOwnFaceUsable, match="It is empty"):
        list_own_faces(tmp_path)


def test_only_bad_pictures_are_one_sentence_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path, "made/anna/half.jpg", BAD["half.jpg"][0])
    with pytest.raises(NoOwnFaceUsable, match=r"All 1 pictures were skipped .*half.jpg: The file"):
        list_own_faces(tmp_path)


def test_a_missing_path_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OwnFacesMissing, match="nowhere"):
        list_own_faces(tmp_path / "nowhere")


def test_an_archive_that_cannot_be_used_is_one_sentence(faces: Path) -> None:
    whole = archived(faces)
    cut = whole.with_name("cut.tar")
    cut.write_bytes(whole.read_bytes()[:20_000])
    for path in (archived(faces, "faces.tar.gz", "w:gz"), cut, faces / "made/anna/1.jpg"):
        with pytest.raises(OwnFacesUnreadable, match="uncompressed"):
            list_own_faces(path)


def test_a_fault_ends_the_command_with_its_sentence_and_code_2(
    nasfe_train: Command, tmp_path: Path
) -> None:
    put(tmp_path, "small/made/anna/1.jpg", jpeg(square(FACE, 150)))
    (tmp_path / "empty").mkdir()
    faults = {
        "nowhere": "no folder or archive",
        "empty": "It is empty",
        "small": "None of the 1 faces is stored at 176 x 176",
    }
    for folder, sentence in faults.items():
        ended = nasfe_train("evaluate", "--faces", tmp_path / folder)
        assert ended.exit_code == 2
        assert ended.stderr.startswith("nasfe-train: ") and sentence in ended.stderr
        assert ended.stderr.count("\n") == 1


@pytest.mark.shared
def test_own_faces_are_measured_and_written(
    nasfe_train: Command, faces: Path, tmp_path: Path, shared_models: Path
) -> None:
    put(faces, "made/anna/half.jpg", BAD["half.jpg"][0])
    rows_file, table_file = tmp_path / "new" / "rows.json", tmp_path / "new" / "table.md"
    ended = nasfe_train(
        *("evaluate", "--faces", faces, "--set", "Test-B", "--set", "Test-L", "--pictures", 6),
        *("--models", shared_models, "--json", rows_file, "--markdown", table_file),
        *("--threads", 1),
    )
    assert ended.exit_code == 0
    assert "skipped made/anna/half.jpg: The file ends" in ended.stderr
    assert "1 pictures skipped:" in table_file.read_text(encoding="utf-8")
    rows = json.loads(rows_file.read_text(encoding="utf-8"))
    assert {row["test_set"] for row in rows} == {"Test-B", "Test-L"}
    by_key = {(row["test_set"], row["method"], row["identity"]): row for row in rows}
    every = by_key["Test-B", "nasfe-lite", "none"]
    own = by_key["Test-B", "nasfe-lite", "own"]
    assert every["n"] == 6 and 0 <= every["top1"] <= every["top5"] <= 100
    # Carl has one photo: a distractor, who cannot be shown as himself.
    assert own["n"] == by_key["Test-B", "nasfe-lite", "stranger"]["n"] == 5
    assert own["psnr_interval"][0] <= own["psnr"] <= own["psnr_interval"][1]
