"""What a profile knows of its photos, and how it is made anew from copies of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.errors import ProfileDamaged, ProfileOutdated, ProfileWithoutPhotos
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import PhotoUnreadable
from nasfe_cam.core.version import __version__
from nasfe_cam.enrolment.build_profile import rebuild_profile
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.image_io.crop_png import decode_copy, encode_copy
from nasfe_cam.profiles.codec import profile_from_bytes, profile_to_bytes
from nasfe_cam.profiles.photo_quality import PhotoQuality
from nasfe_cam.profiles.profile import EnrolledPhoto, Profile
from nasfe_cam.profiles.store import ProfileStore
from tests.nasfe_cam.enrolment.rewriting import rewrite
from tests.picture_bytes import png_that_states

Photos = Callable[[str, int], list[Path]]
PERSON = "celeba_wild_c07234"
QUALITY = PhotoQuality(400, 712.5, 131.0, -0.1, 3.5, -2.0, 0.25)
PATH = Path("profile")


class Brightness:
    """Another extractor: features that are the crop's grey levels, at half the contrast."""

    size = 128

    def features(self, crop: Image) -> FloatArray:
        assert crop.shape == (128, 128, 3)
        grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (32, 32)).astype(np.float32)
        return np.repeat(grey[None] / 2, 256, axis=0)

    def close(self) -> None:
        pass


def crop(seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (256, 256, 3), np.uint8)


def with_copies(profile: Profile, count: int = 2) -> Profile:
    photos = tuple(EnrolledPhoto(QUALITY, encode_copy(crop(seed))) for seed in range(count))
    return replace(profile, photos=photos, photo_count=count)


def format_1(profile: Profile) -> bytes:
    """The file as versions before format 2 wrote it."""
    header = {
        "format": 1,
        "name": profile.name,
        "created": profile.created.isoformat(),
        "extractor_sha256": profile.extractor_sha256,
        "photo_count": profile.photo_count,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("header.json", json.dumps(header))
        for name, array in (
            ("identity", profile.identity.astype(np.float16)),
            ("embedding", profile.embedding),
        ):
            with archive.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, array)
    return content.getvalue()


def test_a_profile_of_format_1_is_read_and_knows_nothing_of_its_photos(profile: Profile) -> None:
    read = profile_from_bytes(format_1(profile), PATH)
    assert np.array_equal(read.identity, profile.identity)
    assert np.array_equal(read.embedding, profile.embedding)
    assert (read.name, read.created, read.photo_count) == ("Zoë A.", profile.created, 3)
    assert read.photos == () and read.rebuilt is None and not read.can_be_rebuilt


def test_dates_version_quality_and_copies_come_back(profile: Profile) -> None:
    rebuilt = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    full = replace(with_copies(profile), rebuilt=rebuilt, extractor_version="9.8.7")
    read = profile_from_bytes(profile_to_bytes(full), PATH)
    assert (read.created, read.rebuilt) == (profile.created, rebuilt)
    assert read.extractor_version == "9.8.7"
    assert read.photos == full.photos
    assert read.can_be_rebuilt


@pytest.mark.shared
@pytest.mark.parametrize("keep_photos", [False, True])
def test_photos_are_kept_only_when_the_user_wants_it(
    photos_of: Photos, networks: EnrolmentNetworks, keep_photos: bool
) -> None:
    profile = enrol("Ada", photos_of(PERSON, 2), networks, keep_photos=keep_photos).profile
    assert [photo.copy is not None for photo in profile.photos] == [keep_photos] * 2
    assert all(photo.quality.side > 300 for photo in profile.photos)
    assert profile.extractor_version == __version__
    assert (b"PNG" in profile_to_bytes(profile)) is keep_photos


@pytest.mark.shared
def test_the_same_extractor_makes_the_same_profile_from_the_copies(
    photos_of: Photos, networks: EnrolmentNetworks
) -> None:
    profile = enrol("Ada", photos_of(PERSON, 2), networks, keep_photos=True).profile
    stored = profile_from_bytes(profile_to_bytes(profile), PATH)
    again = rebuild_profile(stored, networks.extractor, networks.extractor_sha256)
    assert np.array_equal(again.identity, profile.identity)


def test_another_extractor_makes_the_profile_anew(store: ProfileStore, profile: Profile) -> None:
    store.save(with_copies(profile))
    with pytest.raises(ProfileOutdated, match="profiles rebuild") as caught:
        store.load(profile.name, "f" * 64)
    assert caught.value.can_be_rebuilt

    old = store.load(profile.name)
    told: list[int] = []
    store.save(rebuild_profile(old, Brightness(), "f" * 64, lambda: told.append(1)))

    new = store.load(profile.name, "f" * 64)
    assert not np.allclose(new.identity, old.identity)
    assert np.abs(new.identity.mean((1, 2))).max() < 0.01
    assert np.array_equal(new.embedding, old.embedding)
    assert new.created == old.created and new.rebuilt is not None
    assert new.photos == old.photos and len(told) == 2


def test_without_copies_the_user_is_asked_for_photos_again(
    store: ProfileStore, profile: Profile
) -> None:
    store.save(profile)
    with pytest.raises(ProfileOutdated, match="choose photos again") as caught:
        store.load(profile.name, "f" * 64)
    assert not caught.value.can_be_rebuilt
    with pytest.raises(ProfileWithoutPhotos, match="choose photos again"):
        rebuild_profile(profile, Brightness(), "f" * 64)


def test_some_copies_are_not_enough_to_make_it_anew(profile: Profile) -> None:
    full = with_copies(profile)
    half = replace(full, photos=(full.photos[0], EnrolledPhoto(QUALITY)))
    assert not half.can_be_rebuilt


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        encode_copy(crop(0))[:1000],
        encode_copy(crop(0)[:, :100]),
        png_that_states(1025, 1025),
    ],
)
def test_a_copy_that_is_no_small_square_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoUnreadable, match="kept in the profile"):
        decode_copy(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"photos": None},
        {"photos": [None]},
        {"photos": [{}]},
        {"photos": [{"quality": {}, "copy": False}]},
        {"photos": [{"quality": {"side": "many"}, "copy": False}]},
        {"photos": [{"quality": {"side": 10**400}, "copy": False}]},
        {"photos": [{"quality": {}, "copy": True}] * 1000},
        {"rebuilt": 7},
        {"extractor_version": None},
        {"format": True},
        {"format": "2"},
    ],
)
def test_a_header_with_wrong_content_is_damaged(
    store: ProfileStore, profile: Profile, changes: dict[str, object]
) -> None:
    rewrite(store.save(with_copies(profile)), changes)
    with pytest.raises(ProfileDamaged) as caught:
        store.load(profile.name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_compressed_is_unpacked(
    store: ProfileStore, profile: Profile, compression: int
) -> None:
    """A few kilobytes could become gigabytes."""
    rewrite(store.save(profile), compression=compression)
    with pytest.raises(ProfileDamaged, match="compressed"):
        store.load(profile.name)


def test_an_archive_of_very_many_parts_is_refused(profile: Profile) -> None:
    content = io.BytesIO(profile_to_bytes(profile))
    with zipfile.ZipFile(content, "a") as archive:
        for number in range(100):
            archive.writestr(f"{number}", b"")
    with pytest.raises(ProfileDamaged, match="parts"):
        profile_from_bytes(content.getvalue(), PATH)
