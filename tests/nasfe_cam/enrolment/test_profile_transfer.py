"""A profile goes out as one file and comes in again, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.core.atomic_files import OutputFolderMissing
from nasfe_cam.core.errors import (
    ProfileExists,
    ProfileFileExists,
    ProfileFileRefused,
    ProfileMissing,
    ProfileNameRefused,
    ProfileTooNew,
)
from nasfe_cam.image_io.crop_png import encode_copy
from nasfe_cam.profiles.codec import MAXIMUM_FILE_BYTES
from nasfe_cam.profiles.photo_quality import PhotoQuality
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile
from nasfe_cam.profiles.store import SUFFIX, ProfileStore
from nasfe_cam.profiles.transfer import (
    ProfileFileForeign,
    ProfileFileMissing,
    export_profile,
    import_profile,
)
from tests.nasfe_cam.enrolment.rewriting import rewrite

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


@pytest.fixture
def other_computer(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "elsewhere" / "profiles")


@pytest.fixture
def saved(store: ProfileStore, profile: Profile) -> Profile:
    copy = encode_copy(np.zeros((256, 256, 3), np.uint8))
    quality = PhotoQuality(400, 700.0, 130.0, 0.0, 0.0, 0.0, 0.0)
    full = replace(profile, photos=(EnrolledPhoto(quality, copy),) * 3)
    store.save(full)
    return full


def test_a_profile_arrives_on_another_computer_as_it_left(
    store: ProfileStore, saved: Profile, other_computer: ProfileStore, tmp_path: Path
) -> None:
    file = export_profile(store, saved.name, tmp_path / "me.backup")
    imported = import_profile(other_computer, file)
    arrived = other_computer.load(saved.name, saved.extractor_sha256)
    for one in (imported, arrived):
        assert one.name == saved.name and one.photos == saved.photos
        assert np.array_equal(one.identity, saved.identity)
    assert store.load(saved.name).name == saved.name


def test_in_a_folder_the_file_is_named_like_the_profile(
    store: ProfileStore, saved: Profile, tmp_path: Path
) -> None:
    assert export_profile(store, saved.name, tmp_path) == tmp_path / f"{saved.name}{SUFFIX}"


def test_the_photos_can_be_left_at_home(
    store: ProfileStore, saved: Profile, other_computer: ProfileStore, tmp_path: Path
) -> None:
    file = export_profile(store, saved.name, tmp_path / "x", with_photos=False)
    assert b"PNG" not in file.read_bytes()
    imported = import_profile(other_computer, file)
    assert [photo.copy for photo in imported.photos] == [None] * 3
    assert store.load(saved.name).can_be_rebuilt


@ON_POSIX
def test_only_the_owner_can_read_the_file(
    store: ProfileStore, saved: Profile, other_computer: ProfileStore, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        file = export_profile(store, saved.name, tmp_path / "x")
        import_profile(other_computer, file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert other_computer.path_of(saved.name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_unasked(
    store: ProfileStore, saved: Profile, other_computer: ProfileStore, tmp_path: Path
) -> None:
    target = tmp_path / "x"
    target.write_text("precious")
    with pytest.raises(ProfileFileExists, match="--replace"):
        export_profile(store, saved.name, target)
    assert target.read_text() == "precious"
    export_profile(store, saved.name, target, overwrite=True)

    other_computer.save(replace(saved, photo_count=9))
    with pytest.raises(ProfileExists, match="--replace"):
        import_profile(other_computer, target)
    assert other_computer.load(saved.name).photo_count == 9
    import_profile(other_computer, target, overwrite=True)
    assert other_computer.load(saved.name).photo_count == saved.photo_count


def test_a_clash_is_avoided_by_another_name(
    store: ProfileStore, saved: Profile, tmp_path: Path
) -> None:
    file = export_profile(store, saved.name, tmp_path)
    assert import_profile(store, file, name="Zoë at work").name == "Zoë at work"
    assert store.names() == [saved.name, "Zoë at work"]
    assert store.load("Zoë at work").name == "Zoë at work"


@pytest.mark.parametrize("name", ["", "../up", "a/b", "con", "."])
def test_a_name_that_cannot_be_a_file_name_is_refused(
    store: ProfileStore, saved: Profile, tmp_path: Path, name: str
) -> None:
    file = export_profile(store, saved.name, tmp_path / "x")
    with pytest.raises(ProfileNameRefused):
        import_profile(store, file, name=name)
    assert store.names() == [saved.name]


def empty(path: Path) -> None:
    path.write_bytes(b"")


def photo(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(1000))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def endless(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(MAXIMUM_FILE_BYTES * 1000)


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [empty, photo, cut, endless, missing, folder])
def test_a_file_that_is_no_whole_profile_is_refused_and_nothing_is_kept(
    store: ProfileStore,
    saved: Profile,
    other_computer: ProfileStore,
    tmp_path: Path,
    spoil: Callable[[Path], None],
) -> None:
    file = export_profile(store, saved.name, tmp_path / "x")
    spoil(file)
    with pytest.raises(ProfileFileRefused) as caught:
        import_profile(other_computer, file)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)
    assert "enrol --replace" not in str(caught.value)
    assert other_computer.names() == []


def test_a_file_of_a_later_version_asks_for_the_newest_program(
    store: ProfileStore, saved: Profile, tmp_path: Path
) -> None:
    file = export_profile(store, saved.name, tmp_path / "x")
    rewrite(file, {"format": 3})
    with pytest.raises(ProfileTooNew, match="newest version"):
        import_profile(store, file, overwrite=True)


def test_what_is_not_there_cannot_be_exported(store: ProfileStore, tmp_path: Path) -> None:
    with pytest.raises(ProfileMissing):
        export_profile(store, "nobody", tmp_path)


def test_a_place_that_cannot_be_written_is_named(
    store: ProfileStore, saved: Profile, tmp_path: Path
) -> None:
    target = tmp_path / "no" / "such" / "folder.x"
    with pytest.raises(OutputFolderMissing, match="Make its folder"):
        export_profile(store, saved.name, target)


def test_a_missing_file_and_a_file_of_another_kind_are_told_apart(
    other_computer: ProfileStore, tmp_path: Path
) -> None:
    with pytest.raises(ProfileFileMissing, match="no file"):
        import_profile(other_computer, tmp_path / "none.nasfe-profile")
    photo = tmp_path / "me.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    with pytest.raises(ProfileFileForeign, match="nasfe-cam enrol"):
        import_profile(other_computer, photo)
