"""The options of `enrol` and `profiles` beyond the plain way, and a camera with a bad profile."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import cv2
import numpy as np
import pytest

from nasfe_cam.config.settings import Settings
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.core.errors import (
    NasfeError,
    NothingToEnrol,
    ProfileDamaged,
    ProfileMissing,
    ProfileOutdated,
)
from nasfe_cam.core.frame import Image
from nasfe_cam.enrolment.examine import examine
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.recogniser import cosine
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.pipeline.factory import load_profile
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore
from tests.nasfe_cam.enrolment.commands import invoke, invoke_json, refusal

REFERENCES = sorted((MODELS.parent / "clips").glob("reference_*.jpg"))


@pytest.fixture
def store(own_data_folder: ProfileStore) -> ProfileStore:
    return own_data_folder


def test_kept_photos_rebuild_a_profile_of_another_extractor(store: ProfileStore) -> None:
    made = invoke_json("enrol", *REFERENCES[:2], "--name", "Ada", "--keep-photos")
    assert made["photos_kept"] and len(made["quality"]) == 2
    fresh = store.load("Ada")
    outdated = Profile(
        fresh.name,
        fresh.created,
        np.zeros_like(fresh.identity),
        fresh.embedding,
        "f" * 64,
        fresh.photo_count,
        photos=fresh.photos,
    )
    store.save(outdated)
    [entry] = invoke_json("profiles", "list")
    assert entry["state"] == "outdated" and "profiles rebuild" in entry["message"]

    assert invoke_json("profiles", "rebuild", "Ada")["state"] == "ready"

    rebuilt = store.load("Ada", find_model("observer.onnx").sha256)
    assert np.allclose(rebuilt.identity, fresh.identity, atol=0.01)
    assert rebuilt.rebuilt is not None
    shown = invoke_json("profiles", "show", "Ada")
    assert shown["photos_kept"] and len(shown["photo_scores"]) == 2


def test_without_kept_photos_rebuilding_asks_for_them(
    store: ProfileStore, profile: Profile
) -> None:
    store.save(profile)
    assert "choose photos again" in str(refusal("profiles", "rebuild", profile.name))


def test_a_profile_is_exported_deleted_and_imported(
    store: ProfileStore,
    profile: Profile,
    tmp_path: Path,
) -> None:
    store.save(profile)
    file = tmp_path / "me.nasfe"
    assert str(file) in invoke("profiles", "export", profile.name, file)
    assert "--replace" in str(refusal("profiles", "export", profile.name, file))
    assert "--replace" in str(refusal("profiles", "import", file))
    invoke("profiles", "delete", profile.name, "--yes")
    assert profile.name in invoke("profiles", "import", file)
    entry = invoke_json("profiles", "import", file, "--name", "Bo")
    assert entry["name"] == "Bo" and entry["state"] == "outdated"
    assert store.names() == ["Bo", profile.name]


def test_one_photo_brings_suggestions(store: ProfileStore) -> None:
    words = " ".join(invoke("enrol", REFERENCES[0], "--name", "Ada").split())
    assert "with 3 to 10 the profile is better" in words


@pytest.mark.shared
@pytest.mark.parametrize(("number", "person"), [("1", "left"), ("0", "right")])
def test_the_face_is_chosen_by_its_number(
    store: ProfileStore,
    networks: EnrolmentNetworks,
    shared_data: Path,
    tmp_path: Path,
    side_by_side: Callable[[Image, Image], Image],
    number: str,
    person: str,
) -> None:
    """1 is the leftmost, 0 the largest."""
    folder = shared_data / "enrol"
    photos = {
        "left": read_photo(folder / "celeba_wild_c07234" / "00.jpg"),
        "right": read_photo(folder / "celeba_wild_c07270" / "00.jpg"),
    }
    both = tmp_path / "both.jpg"
    cv2.imwrite(str(both), side_by_side(photos["left"], photos["right"]))

    invoke("enrol", both, "--name", "chosen", "--face", number)

    alone = examine(photos[person], networks).embedding
    assert cosine(store.load("chosen").embedding, alone) > 0.8


@pytest.mark.shared
def test_a_group_photo_says_how_to_choose(shared_data: Path, store: ProfileStore) -> None:
    group = shared_data / "real" / "codeformer_whole_06.jpg"
    shown = " ".join(invoke("enrol", REFERENCES[0], group, "--name", "Ada").split())
    assert "2 faces" in shown and "--face" in shown


def test_neither_photos_nor_camera_is_said(store: ProfileStore) -> None:
    assert isinstance(refusal("enrol", "--name", "Ada"), NothingToEnrol)


@pytest.fixture
def guided_clip(shared_data: Path, tmp_path: Path) -> Path:
    """Somebody who looks straight, then to the left, then to the right, a good second each."""
    path = tmp_path / "guided.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 5.0, (640, 480))
    folder = shared_data / "enrol" / "clip_obama_speaking"
    for name, (left, top) in {"01.jpg": (0, 150), "00.jpg": (250, 0), "02.jpg": (0, 20)}.items():
        photo = read_photo(folder / name)
        side = min(photo.shape[0] - top, photo.shape[1] - left)
        cut = photo[top : top + side * 3 // 4, left : left + side]
        for _ in range(9):
            writer.write(np.asarray(cv2.resize(cut, (640, 480)), np.uint8))
    writer.release()
    return path


@pytest.mark.shared
def test_the_camera_enrols_with_words_for_every_pose(
    store: ProfileStore, guided_clip: Path
) -> None:
    shown = " ".join(invoke("enrol", "--from-camera", guided_clip, "--name", "Ada").split())
    words = ["Look straight", "to your left", "to your right", "Enrolled"]
    places = [shown.find(word) for word in words]
    assert -1 not in places and places == sorted(places)
    assert store.load("Ada").photo_count >= 3


def test_a_damaged_profile_never_stops_the_camera(
    store: ProfileStore, profile: Profile, start: Callable[..., Popen[str]]
) -> None:
    path = store.save(profile)
    path.write_bytes(path.read_bytes()[:1000])
    process = start(
        *("-m", "nasfe_cam", "run", "--source", BUNDLED_CLIP, "--loop", "--output", "none"),
        *("--simulate-bad-webcam", "60", "--profile", profile.name, "--seconds", "60", "--json"),
    )
    assert process.stdout is not None
    shown = 0
    while shown == 0:
        shown = json.loads(process.stdout.readline())["shown"]
    process.terminate()
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 0 and "cannot be read" in complaints


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def keep(path: Path) -> None:
    """Intact, but made by another observer."""


@pytest.mark.parametrize(
    ("harm", "error"),
    [(spoil, ProfileDamaged), (Path.unlink, ProfileMissing), (keep, ProfileOutdated)],
)
def test_a_profile_that_cannot_be_used_is_reported_and_the_camera_goes_on_without(
    store: ProfileStore, profile: Profile, harm: Callable[[Path], None], error: type[NasfeError]
) -> None:
    harm(store.save(profile))
    reported: list[Exception] = []
    settings = Settings().replaced({"restore.profile": profile.name})
    assert load_profile(settings, reported.append) is None
    assert [type(one) for one in reported] == [error]
