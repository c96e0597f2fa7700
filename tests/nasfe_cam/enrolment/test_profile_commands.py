"""The commands `enrol` and `profiles`, with the shipped networks and the demo's photos."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.cli.main import main
from nasfe_cam.config.settings import settings_path
from nasfe_cam.config.shipped_models import MODELS, find_model
from nasfe_cam.config.store import read_settings, save_settings
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import SUFFIX, ProfileStore, profiles_folder
from tests.nasfe_cam.enrolment.commands import invoke, invoke_json, refusal

REFERENCES = sorted((MODELS.parent / "clips").glob("reference_*.jpg"))


pytestmark = pytest.mark.usefixtures("own_data_folder")


def test_enrolling_keeps_a_profile_that_the_camera_can_load(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for reference in REFERENCES:
        shutil.copy(reference, folder)
    cv2.imwrite(str(folder / "wall.png"), np.full((400, 400, 3), 120, np.uint8))

    report = invoke_json("enrol", folder, "--name", "Ada")

    assert [Path(file).name for file in report["accepted"]] == [p.name for p in REFERENCES]
    [rejected] = report["rejected"]
    assert Path(rejected["file"]).name == "wall.png" and rejected["reason"] == "no-face"
    store = ProfileStore(profiles_folder())
    assert report["file"] == str(store.path_of("Ada"))
    profile = store.load("Ada", find_model("observer.onnx").sha256)
    assert profile.photo_count == len(REFERENCES)
    # Mean of normalised features: every channel has mean 0, and no more than deviation 1.
    assert np.abs(profile.identity.mean((1, 2))).max() < 0.01
    assert 0.3 < profile.identity.std() <= 1.01


def test_photos_left_out_are_named_with_the_remedy(tmp_path: Path) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((400, 400, 3), 120, np.uint8))
    shown = invoke("enrol", REFERENCES[0], wall, "--name", "Ada")
    assert "wall.png" in shown and "No face was found" in " ".join(shown.split())
    assert "--profile" in shown


def test_an_existing_profile_is_replaced_only_when_asked(profile: Profile) -> None:
    store = ProfileStore(profiles_folder())
    store.save(profile)
    assert "--replace" in str(refusal("enrol", REFERENCES[0], "--name", profile.name))
    assert store.load(profile.name).photo_count == profile.photo_count
    invoke("enrol", REFERENCES[0], "--name", profile.name, "--replace")
    assert store.load(profile.name).photo_count == 1


def test_profiles_are_listed_with_their_state(profile: Profile) -> None:
    assert invoke_json("profiles", "list") == []
    assert "nasfe-cam enrol" in invoke("profiles", "list")
    store = ProfileStore(profiles_folder())
    store.save(profile)
    (store.folder / f"Broken{SUFFIX}").write_bytes(b"x")

    broken, outdated = invoke_json("profiles", "list")

    assert (broken["name"], broken["state"]) == ("Broken", "unreadable")
    assert (outdated["name"], outdated["state"]) == (profile.name, "outdated")
    assert outdated["photos"] == profile.photo_count
    assert "enrol --replace" in invoke("profiles", "list")


def test_one_profile_is_shown(profile: Profile) -> None:
    path = ProfileStore(profiles_folder()).save(profile)
    shown = invoke_json("profiles", "show", profile.name)
    assert shown["file"] == str(path) and shown["bytes"] == path.stat().st_size
    assert profile.name in invoke("profiles", "show", profile.name)


def test_a_deleted_profile_leaves_no_file_and_no_name(profile: Profile) -> None:
    store = ProfileStore(profiles_folder())
    store.save(profile)
    save_settings({"restore.profile": profile.name, "restore.retouch": 33})
    assert invoke_json("profiles", "delete", profile.name, "--yes") == {"deleted": profile.name}
    assert list(store.folder.iterdir()) == []
    assert profile.name not in settings_path().read_text(encoding="utf-8")
    assert read_settings().restore.retouch == 33


def test_a_deletion_is_told_though_the_settings_cannot_be_read(
    profile: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ProfileStore(profiles_folder()).save(profile)
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text("[restore", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["nasfe-cam", "profiles", "delete", profile.name, "--yes"])
    with pytest.raises(SystemExit) as caught:
        main()
    said = capsys.readouterr()
    assert caught.value.code == 2
    assert said.out == f"Deleted {profile.name}.\n" and "not valid TOML" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["profiles", "show", "nobody"],
        ["profiles", "delete", "nobody"],
        ["profiles", "delete", "../up"],
        ["enrol", "missing.jpg", "--name", "Ada"],
        ["enrol", str(MODELS), "--name", "Ada"],
        ["enrol", ".", "--name", "a/b"],
    ],
)
def test_an_error_is_one_line_on_stderr_and_exit_code_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["nasfe-cam", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("nasfe-cam: ") and printed.err.count("\n") == 1
