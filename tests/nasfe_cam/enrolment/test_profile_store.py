"""Profiles are kept whole, private, and read with suspicion."""

from __future__ import annotations

import os
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.core.errors import (
    ProfileDamaged,
    ProfileMissing,
    ProfileNameRefused,
    ProfileNotWritten,
    ProfileOutdated,
    ProfileTooNew,
)
from nasfe_cam.profiles.codec import MAXIMUM_FILE_BYTES
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore
from tests.nasfe_cam.enrolment.rewriting import rewrite

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


def test_a_profile_comes_back_as_it_was_saved(store: ProfileStore, profile: Profile) -> None:
    store.save(profile)
    loaded = store.load(profile.name, profile.extractor_sha256)
    assert np.array_equal(loaded.identity, profile.identity)
    assert loaded.identity.dtype == np.float32
    assert np.array_equal(loaded.embedding, profile.embedding)
    assert (loaded.name, loaded.created, loaded.photo_count) == (
        profile.name,
        profile.created,
        profile.photo_count,
    )
    assert loaded.extractor_sha256 == profile.extractor_sha256


@ON_POSIX
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_only_the_owner_can_read_it(store: ProfileStore, profile: Profile, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = store.save(profile)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@ON_POSIX
def test_a_folder_that_others_could_read_is_closed_to_them(
    store: ProfileStore, profile: Profile
) -> None:
    store.folder.mkdir(parents=True)
    store.folder.chmod(0o755)
    store.save(profile)
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_saving_again_replaces_the_profile_and_leaves_nothing_beside_it(
    store: ProfileStore, profile: Profile
) -> None:
    store.save(profile)
    path = store.save(replace(profile, photo_count=9))
    assert store.load(profile.name).photo_count == 9
    assert list(store.folder.iterdir()) == [path]


def test_a_failed_save_keeps_the_old_profile(
    store: ProfileStore, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.save(profile)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nasfe_cam.core.atomic_files.os.fsync", full)
    with pytest.raises(ProfileNotWritten, match="No space left"):
        store.save(replace(profile, photo_count=9))
    assert store.load(profile.name).photo_count == profile.photo_count
    assert list(store.folder.iterdir()) == [path]


def test_profiles_are_listed_by_name_and_other_files_are_not(
    store: ProfileStore, profile: Profile
) -> None:
    assert store.names() == []
    for name in ("Bo", "Ada"):
        store.save(replace(profile, name=name))
    (store.folder / "notes.txt").write_text("x")
    assert store.names() == ["Ada", "Bo"]


def test_a_deleted_profile_is_gone_from_the_disk(store: ProfileStore, profile: Profile) -> None:
    store.save(profile)
    store.delete(profile.name)
    assert list(store.folder.iterdir()) == []
    with pytest.raises(ProfileMissing):
        store.load(profile.name)
    with pytest.raises(ProfileMissing):
        store.delete(profile.name)


def test_what_a_crash_left_of_a_profile_is_deleted_with_it(
    store: ProfileStore, profile: Profile
) -> None:
    longer = replace(profile, name=f"{profile.name}.b")
    paths = [store.save(profile), store.save(longer)]
    half_written = [path.with_name(f".{path.name}.a0_x.tmp") for path in paths]
    for file in half_written:
        file.write_bytes(b"a face")

    store.delete(profile.name)

    assert sorted(store.folder.iterdir()) == sorted([paths[1], half_written[1]])


def test_an_interrupted_save_leaves_nothing(
    store: ProfileStore, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.save(profile)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nasfe_cam.core.atomic_files.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.save(replace(profile, photo_count=9))
    assert list(store.folder.iterdir()) == [path]


def test_old_remains_of_any_profile_are_deleted_with_the_next_one(
    store: ProfileStore, profile: Profile
) -> None:
    store.save(profile)
    for name, age in ((".abcdefgh.tmp", 7200.0), (".Bo.nasfe-profile.x1.tmp", 60.0)):
        (store.folder / name).write_bytes(b"a face")
        then = time.time() - age
        os.utime(store.folder / name, (then, then))
    store.delete(profile.name)
    assert [path.name for path in store.folder.iterdir()] == [".Bo.nasfe-profile.x1.tmp"]


def test_remains_without_a_profile_can_be_deleted_but_nothing_else(
    store: ProfileStore, profile: Profile
) -> None:
    path = store.save(profile)
    path.rename(store.folder / f".{path.name}.0a_b.tmp")
    store.delete(profile.name)
    assert list(store.folder.iterdir()) == []
    with pytest.raises(ProfileMissing):
        store.delete(profile.name)


@pytest.mark.parametrize(
    "name",
    ["", "../up", "a/b", "a\\b", ".hidden", "..", " x", "x ", "con", "NUL.txt", "a" * 65, "a\0b",
     "a\nb", "C:x", "-rf", "a*"],
)  # fmt: skip
def test_a_name_that_could_leave_the_folder_or_break_it_is_refused(
    store: ProfileStore, profile: Profile, name: str
) -> None:
    for attempt in (
        lambda: store.save(replace(profile, name=name)),
        lambda: store.load(name),
        lambda: store.delete(name),
    ):
        with pytest.raises(ProfileNameRefused):
            attempt()
    assert not store.folder.exists()


def test_a_profile_of_another_extractor_is_outdated(store: ProfileStore, profile: Profile) -> None:
    store.save(profile)
    with pytest.raises(ProfileOutdated, match="enrol --replace"):
        store.load(profile.name, "f" * 64)


def test_a_profile_of_a_later_format_asks_for_the_newest_version(
    store: ProfileStore, profile: Profile
) -> None:
    rewrite(store.save(profile), header={"format": 99})
    with pytest.raises(ProfileTooNew, match="newer version"):
        store.load(profile.name)


def test_a_later_header_with_more_in_it_is_read(store: ProfileStore, profile: Profile) -> None:
    rewrite(store.save(profile), header={"mood": [1, 2, 3]})
    assert store.load(profile.name).photo_count == profile.photo_count


@pytest.mark.parametrize(
    ("header", "arrays"),
    [
        ({"photo_count": "many"}, {}),
        ({"created": "yesterday"}, {}),
        ({"name": "../up"}, {}),
        ({"name": "Somebody else"}, {}),
        ({"photo_count": -5}, {}),
        ({"photo_count": 10**12}, {}),
        (None, {"identity": np.full((256, 32, 32), 65504, np.float16)}),
        (None, {"identity": np.full((256, 32, 32), -65504, np.float16)}),
        (None, {"identity": np.zeros((256, 16, 16), np.float16)}),
        (None, {"identity": np.zeros((256, 32, 32), np.float32)}),
        (None, {"identity": np.full((256, 32, 32), np.nan, np.float16)}),
        (None, {"identity": np.full((256, 32, 32), np.inf, np.float16)}),
        (None, {"embedding": np.zeros(128, np.float32)}),
        (None, {"embedding": np.zeros(64, np.float32)}),
    ],
)
def test_a_profile_with_wrong_content_is_damaged(
    store: ProfileStore,
    profile: Profile,
    header: dict[str, object] | None,
    arrays: dict[str, np.ndarray],
) -> None:
    rewrite(store.save(profile), header, **arrays)
    with pytest.raises(ProfileDamaged) as caught:
        store.load(profile.name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        b"{'descr': '<f2', 'fortran_order': False, 'shape': (256, 32, 32",
        b"((((" * 15_000,
        b'"""',
        b"{'descr': [('a', '<f2')] * 10**8}",
    ],
)
def test_a_crafted_array_header_is_damage_and_never_parsed(
    store: ProfileStore, profile: Profile, header: bytes
) -> None:
    path = store.save(profile)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    size = len(header).to_bytes(2, "little")
    members["identity.npy"] = b"\x93NUMPY\x01\x00" + size + header
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(ProfileDamaged):
        store.load(profile.name)


def test_one_strange_file_never_ends_the_list(store: ProfileStore, profile: Profile) -> None:
    store.save(profile)
    for name in (b"M\xfcller", b"a:b", b".hidden", b"x" * 200):
        with suppress(OSError, UnicodeDecodeError):  # no system takes them all
            (store.folder / os.fsdecode(name + b".nasfe-profile")).write_bytes(b"no profile")
    assert store.names() == [profile.name]


@pytest.mark.parametrize("clock", [0.0, 200 * 365 * 86400.0])
def test_a_profile_is_saved_whatever_the_clock_says(
    store: ProfileStore, profile: Profile, monkeypatch: pytest.MonkeyPatch, clock: float
) -> None:
    monkeypatch.setattr(time, "time", lambda: clock)
    store.save(profile)
    assert store.load(profile.name).name == profile.name


def test_a_pickle_is_never_opened(store: ProfileStore, profile: Profile) -> None:
    path = store.save(profile)

    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (str(path.parent / "exploded"),)

    array = np.empty(128, object)
    array[0] = Bomb()
    rewrite(path, embedding=array)
    with pytest.raises(ProfileDamaged):
        store.load(profile.name)
    assert not (path.parent / "exploded").exists()


def test_a_file_cut_short_anywhere_is_damaged(store: ProfileStore, profile: Profile) -> None:
    path = store.save(profile)
    whole = path.read_bytes()
    for length in (0, 1, 30, 200, 2000, len(whole) // 2, len(whole) - 300, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ProfileDamaged):
            store.load(profile.name)


def test_a_changed_byte_never_raises_anything_but_a_profile_error(
    store: ProfileStore, profile: Profile
) -> None:
    path = store.save(profile)
    whole = path.read_bytes()
    random = np.random.default_rng(2)
    # The headers at both ends are where a parser can be led astray.
    places = [
        *range(400),
        *range(len(whole) - 400, len(whole)),
        *random.integers(len(whole), size=50),
    ]
    refused = 0
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << int(random.integers(8))
        path.write_bytes(changed)
        try:
            store.load(profile.name)
        except (ProfileDamaged, ProfileOutdated):
            refused += 1
    assert refused > len(places) // 2


def test_a_huge_file_is_refused_without_reading_it(store: ProfileStore, profile: Profile) -> None:
    path = store.save(profile)
    with path.open("r+b") as file:
        file.truncate(MAXIMUM_FILE_BYTES * 1000)
    with pytest.raises(ProfileDamaged, match="too large"):
        store.load(profile.name)
