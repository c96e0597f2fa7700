"""Photos become a profile; those that cannot be used are set aside in words."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest

from nasfe_cam.core import photo_errors
from nasfe_cam.core.errors import ProfileNameRefused
from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import (
    NoPhotoAccepted,
    OtherPersonInPhoto,
    PhotoError,
    PhotoUnreadable,
    SeveralPeople,
)
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.examine import examine
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.recogniser import cosine

Photos = Callable[[str, int], list[Path]]
PERSON, STRANGER, OTHER = "celeba_wild_c07234", "deepface_p4", "celeba_wild_c07270"
pytestmark = pytest.mark.shared


@pytest.fixture
def photos(photos_of: Photos) -> list[Path]:
    return photos_of(PERSON, 3)


def write(path: Path, image: Image) -> Path:
    assert cv2.imwrite(str(path), image)
    return path


def test_the_profile_holds_the_mean_of_the_normalised_features(
    photos: list[Path], networks: EnrolmentNetworks
) -> None:
    enrolment = enrol("Ada", photos, networks)

    given = cast("list[np.ndarray]", networks.extractor.given)  # type: ignore[attr-defined]
    assert len(given) == 3
    expected = np.mean(
        [
            (f - f.mean((1, 2), keepdims=True)) / np.sqrt(f.var((1, 2), keepdims=True) + 1e-5)
            for f in given
        ],
        axis=0,
    )
    assert np.allclose(enrolment.profile.identity, expected, atol=1e-4)
    assert enrolment.accepted == tuple(photos) and enrolment.rejected == ()
    assert enrolment.profile.photo_count == 3
    assert enrolment.profile.extractor_sha256 == networks.extractor_sha256


def test_the_profile_recognises_another_photo_of_the_person_and_no_stranger(
    photos: list[Path], photos_of: Photos, networks: EnrolmentNetworks
) -> None:
    embedding = enrol("Ada", photos, networks).profile.embedding
    unseen = examine(read_photo(photos_of(PERSON, 4)[3]), networks).embedding
    stranger = examine(read_photo(photos_of(STRANGER, 1)[0]), networks).embedding
    assert cosine(embedding, unseen) > 0.5 > 0.3 > cosine(embedding, stranger)


@pytest.mark.parametrize("place", [0, 2, 3])
def test_another_persons_photo_is_left_out_and_named(
    photos: list[Path], photos_of: Photos, networks: EnrolmentNetworks, place: int
) -> None:
    odd = photos_of(STRANGER, 1)[0]
    mixed = [*photos[:place], odd, *photos[place:]]

    enrolment = enrol("Ada", mixed, networks)

    assert enrolment.accepted == tuple(photos)
    [(file, reason)] = enrolment.rejected
    assert file == odd and isinstance(reason, OtherPersonInPhoto)
    alone = enrol("Ada", photos, networks)
    assert np.array_equal(enrolment.profile.identity, alone.profile.identity)


def test_as_many_photos_of_two_people_are_refused_naming_both(
    photos: list[Path], photos_of: Photos, networks: EnrolmentNetworks, tmp_path: Path
) -> None:
    stranger = write(tmp_path / "stranger.jpg", read_photo(photos_of(STRANGER, 1)[0]))
    with pytest.raises(SeveralPeople) as caught:
        enrol("Ada", [photos[0], stranger], networks)
    assert photos[0].name in str(caught.value) and "stranger.jpg" in str(caught.value)


def dark(image: Image) -> Image:
    return np.asarray(image * 0.15, np.uint8)


def tiny(image: Image) -> Image:
    return np.asarray(cv2.resize(image, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA))


def blurred(image: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 9))


def flat(image: Image) -> Image:
    return np.full_like(image, 128)


def twice(image: Image) -> Image:
    return np.asarray(np.hstack([image, image]))


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (flat, photo_errors.NoFaceInPhoto),
        (twice, photo_errors.SeveralFacesInPhoto),
        (tiny, photo_errors.FaceTooSmall),
        (dark, photo_errors.PhotoTooDark),
        (blurred, photo_errors.PhotoBlurred),
    ],
)
def test_a_photo_that_cannot_be_used_is_left_out_with_its_reason(
    photos: list[Path],
    networks: EnrolmentNetworks,
    tmp_path: Path,
    spoil: Callable[[Image], Image],
    error: type[PhotoError],
) -> None:
    bad = write(tmp_path / "bad.png", spoil(read_photo(photos[2])))

    enrolment = enrol("Ada", [bad, *photos[:2]], networks)

    assert enrolment.accepted == tuple(photos[:2])
    [(file, reason)] = enrolment.rejected
    assert file == bad and type(reason) is error
    assert str(reason).count(". ") >= 1 and "\n" not in str(reason)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut"])
def test_an_unreadable_photo_is_left_out_with_its_reason(
    photos: list[Path], networks: EnrolmentNetworks, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(content)
    enrolment = enrol("Ada", [bad, *photos[:1]], networks)
    [(_, reason)] = enrolment.rejected
    assert isinstance(reason, PhotoUnreadable) and "--source" not in str(reason)


def test_without_one_usable_photo_the_error_names_photo_and_reason(
    photos: list[Path], networks: EnrolmentNetworks, tmp_path: Path
) -> None:
    bad = write(tmp_path / "night.png", dark(read_photo(photos[0])))
    with pytest.raises(NoPhotoAccepted, match=r"night\.png.*too dark.*light"):
        enrol("Ada", [bad], networks)


def test_a_person_in_the_background_does_not_spoil_the_photo(
    photos: list[Path], photos_of: Photos, networks: EnrolmentNetworks
) -> None:
    image = read_photo(photos[0])
    large = np.asarray(cv2.resize(image, None, fx=3, fy=3), np.uint8)
    other = np.asarray(cv2.resize(read_photo(photos_of(OTHER, 1)[0]), (260, 325)), np.uint8)
    wide = cv2.copyMakeBorder(large, 0, 0, 0, 300, cv2.BORDER_REPLICATE)
    wide[100:425, -280:-20] = other
    assert len(networks.finder.find(np.asarray(wide))) == 2
    found = examine(np.asarray(wide), networks)
    assert cosine(found.embedding, examine(image, networks).embedding) > 0.8


def test_a_small_face_in_a_large_photo_is_found(
    photos: list[Path], networks: EnrolmentNetworks
) -> None:
    image = read_photo(photos[0])
    full_length = cv2.copyMakeBorder(image, 300, 2200, 1700, 1700, cv2.BORDER_REPLICATE)
    found = examine(np.asarray(full_length), networks)
    assert cosine(found.embedding, examine(image, networks).embedding) > 0.8


def test_a_photo_that_a_phone_stored_lying_is_turned_upright(
    photos: list[Path], networks: EnrolmentNetworks, tmp_path: Path
) -> None:
    upright = read_photo(photos[0])
    _, jpeg = cv2.imencode(".jpg", cv2.rotate(upright, cv2.ROTATE_90_COUNTERCLOCKWISE))
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    data = jpeg.tobytes()
    lying = tmp_path / "lying.jpg"
    lying.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])

    found = examine(read_photo(lying), networks)

    assert cosine(found.embedding, examine(upright, networks).embedding) > 0.95


def test_progress_is_told_and_can_cancel(photos: list[Path], networks: EnrolmentNetworks) -> None:
    told: list[tuple[int, int]] = []
    enrol("Ada", photos, networks, lambda done, total: told.append((done, total)))
    assert told == [(done, 6) for done in range(7)]

    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        enrol("Ada", photos, networks, cancel)


def test_a_refused_name_is_told_before_the_work(
    photos: list[Path], networks: EnrolmentNetworks
) -> None:
    told: list[int] = []
    with pytest.raises(ProfileNameRefused):
        enrol("a/b", photos, networks, lambda done, total: told.append(done))
    assert told == []
