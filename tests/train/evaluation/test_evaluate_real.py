"""Pictures without a clean truth are measured and shown, and never land in the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.core.photo_errors import NoPhotosFound
from nasfe_cam.faces.still_detector import StillDetector
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from tests.train.conftest import Command
from tests.train.photo_files import PORTRAITS, astronaut, portrait, write
from train.data.crop_store import Crop
from train.data.enrolled_people import EnrolledPeople
from train.data.real_pictures import (
    RealPicture,
    Unused,
    aligned_face,
    clip_files,
    dark_frames,
    real_photos,
)
from train.evaluation.contact_sheets import ROWS, ContactSheets, SheetsInRepository

SIDE = 128


@pytest.fixture(scope="module")
def finder() -> Iterator[StillDetector]:
    opened = StillDetector(find_model("face_landmarker.task"))
    yield opened
    opened.close()


def test_a_dark_photo_gives_an_aligned_face_and_others_are_named(
    finder: StillDetector, tmp_path: Path
) -> None:
    dark = np.asarray(cv2.convertScaleAbs(portrait(1), alpha=0.15), np.uint8)
    meadow = np.random.default_rng(0).integers(90, 160, (300, 300, 3), np.uint8)
    files = [write(tmp_path / "dark.png", dark), write(tmp_path / "meadow.png", meadow)]
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    found = list(real_photos([*files, tmp_path / "broken.jpg"], finder, SIDE))
    assert [type(one) for one in found] == [RealPicture, Unused, Unused]
    assert [one.reason.code for one in found if isinstance(one, Unused)] == [
        "no-face",
        "unreadable",
    ]
    face = found[0]
    assert isinstance(face, RealPicture) and face.source == "dark"
    assert face.crop.shape == (SIDE, SIDE, 3) and face.crop.dtype == np.float32
    clean = aligned_face(portrait(1), finder, SIDE)
    # The face was found where it is in the clean photo.
    assert np.corrcoef(face.crop.ravel(), clean.ravel())[0, 1] > 0.97


def test_frames_of_a_clip_are_dark_and_lie_behind_the_enrolment_photos(
    finder: StillDetector,
) -> None:
    dark = [p for p in dark_frames(BUNDLED_CLIP, finder, SIDE, 0.6, 2) if not isinstance(p, Unused)]
    mild = [p for p in dark_frames(BUNDLED_CLIP, finder, SIDE, 0.1, 2) if not isinstance(p, Unused)]
    assert (
        [p.name for p in dark]
        == [p.name for p in mild]
        == ["portrait at 4.0 s", "portrait at 5.0 s"]
    )
    assert all(
        one.crop.mean() < 0.6 * other.crop.mean() for one, other in zip(dark, mild, strict=True)
    )


def test_a_folder_without_clips_is_one_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoPhotosFound):
            clip_files(folder)


@pytest.fixture
def people(finder: StillDetector, tmp_path: Path) -> EnrolledPeople:
    """Two enrolled people, of whom one gave a clip, and one known from aligned faces."""
    for number in (1, 2, 3):
        write(tmp_path / f"enrol/anna/{number}.png", portrait(number))
    write(tmp_path / "enrol/anna/blank.png", np.zeros((200, 200, 3), np.uint8))
    write(tmp_path / "enrol/clip_talk/1.png", astronaut())
    crops = []
    for number in range(4):
        file = write(tmp_path / f"c07439/{number}.png", astronaut()[:256, :256])
        name = f"celeba_wild/c07439/{number}.png"
        crops.append(Crop(name, "p", file, 0, file.stat().st_size, 256, "none"))
    return EnrolledPeople(
        tmp_path / "enrol", crops, lambda image: aligned_face(image, finder, SIDE), SIDE
    )


def test_the_name_of_a_file_says_whose_picture_it_is(people: EnrolledPeople) -> None:
    names = {
        source: None if (person := people.find(source)) is None else person.name
        for source in ("talk", "anna", "dark_anna_1", "celeba_dark_c07439_188509", "joanna", "x")
    }
    assert names == {
        "talk": "clip_talk",
        "anna": "anna",
        "dark_anna_1": "anna",
        "celeba_dark_c07439_188509": "c07439",
        "joanna": None,
        "x": None,
    }


def test_no_photo_both_judges_and_is_shown(people: EnrolledPeople) -> None:
    anna, talk = people.find("anna"), people.find("talk")
    assert anna is not None and talk is not None
    # The blank photo holds no face.
    assert (len(anna.photos), len(anna.judging), len(anna.shown)) == (3, 2, 1)
    assert not any(one is other for one in anna.judging for other in anna.shown)
    assert (len(talk.judging), len(talk.shown)) == (1, 0)


def test_a_stranger_is_somebody_else_with_photos_to_be_shown(people: EnrolledPeople) -> None:
    anna, celebrity = people.find("anna"), people.find("c07439")
    assert anna is not None and celebrity is not None
    assert people.stranger_to(anna) is celebrity
    assert people.stranger_to(celebrity) is anna


def picture(level: float) -> FloatArray:
    return np.full((32, 40, 3), level, np.float32)


def test_sheets_hold_six_rows_each(tmp_path: Path) -> None:
    sheets = ContactSheets(tmp_path / "new" / "sheets", "a set")
    for number in range(ROWS + 1):
        columns = {"input": picture(0.1), "restored": picture(0.9)}
        sheets.add(f"picture {number}", columns if number else {"input": picture(0.1)})
    sheets.close()
    files = sorted((tmp_path / "new" / "sheets").iterdir())
    assert [file.name for file in files] == ["a-set-00.jpg", "a-set-01.jpg"]
    first, second = (cv2.imread(str(file)) for file in files)
    assert first is not None and second is not None
    assert first.shape[0] == ROWS * second.shape[0] and first.shape[1] == second.shape[1]


def test_sheets_are_never_written_into_the_repository(repository: Path) -> None:
    folder = repository / "docs" / "sheets"
    with pytest.raises(SheetsInRepository, match="outside"):
        ContactSheets(folder, "a set")
    assert not folder.exists()


def test_a_fault_ends_the_command_with_its_sentence_and_code_2(
    nasfe_train: Command, tmp_path: Path, repository: Path
) -> None:
    faults = {
        "There is no photo at": ("--photos", tmp_path / "nowhere"),
        "outside of it": ("--sheets", repository / "sheets"),
        "is missing": ("--photos", PORTRAITS[0], "--frames", 0, "--models", tmp_path),
    }
    for sentence, words in faults.items():
        ended = nasfe_train("evaluate-real", *words)
        assert ended.exit_code == 2
        assert ended.stderr.startswith("nasfe-train: ") and sentence in ended.stderr
        assert ended.stderr.count("\n") == 1


@pytest.mark.shared
def test_real_pictures_are_measured_without_a_truth(
    nasfe_train: Command, tmp_path: Path, shared_models: Path
) -> None:
    photos, enrol, clips = tmp_path / "bad", tmp_path / "enrol", tmp_path / "clips"
    dark = np.asarray(cv2.convertScaleAbs(portrait(1), alpha=0.3), np.uint8)
    write(photos / "anna_dark.png", dark)
    write(photos / "nobody.png", np.asarray(cv2.GaussianBlur(astronaut(), (0, 0), 3), np.uint8))
    (photos / "broken.jpg").write_bytes(b"no picture")
    for number in (2, 3):
        write(enrol / f"anna/{number}.png", portrait(number))
        write(enrol / f"berta/{number}.png", astronaut()[:, ::-1] if number == 2 else astronaut())
    clips.mkdir()
    (clips / "portrait.mp4").write_bytes(BUNDLED_CLIP.read_bytes())
    ended = nasfe_train(
        "evaluate-real",
        *("--photos", photos, "--enrol", enrol, "--clips", clips, "--frames", 1, "--side", 128),
        *("--data", tmp_path, "--models", shared_models, "--threads", 1),
        *("--sheets", tmp_path / "sheets"),
        *("--json", tmp_path / "rows.json", "--markdown", tmp_path / "table.md"),
    )
    assert ended.exit_code == 0
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    by_key = {(row["test_set"], row["method"], row["identity"]): row for row in rows}
    every = by_key["real photos", "nasfe-lite", "none"]
    own = by_key["real photos", "nasfe-lite", "own"]
    assert (every["n"], own["n"]) == (2, 1)
    assert by_key["real photos", "nasfe-lite", "stranger"]["n"] == 1
    assert own["psnr"] is own["ssim"] is own["lpips"] is own["top1"] is None
    assert own["niqe"] > 0 and own["id_cosine"] > 0.363
    assert by_key["dark clip frames", "input", "none"]["id_cosine"] is None
    assert "1 pictures skipped.\n- broken.jpg:" in (tmp_path / "table.md").read_text()
    assert sorted(file.name for file in (tmp_path / "sheets").iterdir()) == [
        "dark-clip-frames-00.jpg",
        "real-photos-00.jpg",
    ]
