"""Of the usable photos, copies are set aside, the best are taken, and others are suggested."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.core.frame import Image
from nasfe_cam.core.photo_errors import BetterPhotosTaken, DuplicatePhoto
from nasfe_cam.enrolment.advice import MOST_PHOTOS, Suggestion, suggestions
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.profiles.photo_quality import PhotoQuality

Photos = Callable[[str, int], list[Path]]
PERSON = "celeba_wild_c07234"


def quality(**changes: float) -> PhotoQuality:
    usual = {"side": 400, "sharpness": 700.0, "brightness": 130.0, "light_side": 0.0}
    pose = {"yaw": 0.0, "pitch": 0.0, "smile": 0.0}
    return PhotoQuality(**(usual | pose | changes))  # type: ignore[arg-type]


def mirrored(path: Path, folder: Path) -> Path:
    file = folder / f"mirrored-{path.name}"
    cv2.imwrite(str(file), read_photo(path)[:, ::-1])
    return file


def smaller(photo: Image) -> Image:
    return np.asarray(cv2.resize(photo, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA))


def brighter(photo: Image) -> Image:
    return np.clip(photo * 1.2, 0, 255).astype(np.uint8)


def trimmed(photo: Image) -> Image:
    return photo[20:, 15:]


@pytest.mark.shared
@pytest.mark.parametrize("change", [smaller, brighter, trimmed])
def test_the_same_photo_again_is_set_aside_and_the_other_one_named(
    photos_of: Photos, networks: EnrolmentNetworks, tmp_path: Path, change: Callable[[Image], Image]
) -> None:
    photos = photos_of(PERSON, 3)
    again = tmp_path / "again.jpg"
    cv2.imwrite(str(again), change(read_photo(photos[1])), [cv2.IMWRITE_JPEG_QUALITY, 60])

    enrolment = enrol("Ada", [*photos, again], networks)

    [(file, error)] = enrolment.rejected
    assert isinstance(error, DuplicatePhoto)
    assert {file.name, error.other} == {"again.jpg", photos[1].name}
    assert len(enrolment.accepted) == 3


@pytest.mark.shared
def test_of_a_photo_and_its_worse_copy_the_better_one_is_taken(
    photos_of: Photos, networks: EnrolmentNetworks, tmp_path: Path
) -> None:
    [photo] = photos_of(PERSON, 1)
    worse = tmp_path / "worse.png"
    cv2.imwrite(str(worse), smaller(read_photo(photo)))
    assert enrol("Ada", [worse, photo], networks).accepted == (photo,)


@pytest.mark.shared
def test_of_more_than_ten_photos_the_best_are_taken(
    photos_of: Photos, networks: EnrolmentNetworks, tmp_path: Path
) -> None:
    photos = photos_of(PERSON, 6)
    photos += [mirrored(photo, tmp_path) for photo in photos]

    enrolment = enrol("Ada", photos, networks)

    assert len(enrolment.accepted) == enrolment.profile.photo_count == MOST_PHOTOS
    left_out = [file for file, _ in enrolment.rejected]
    assert len(left_out) == 2
    assert all(isinstance(error, BetterPhotosTaken) for _, error in enrolment.rejected)
    lowest = min(photo.quality.score for photo in enrolment.profile.photos)
    alone = [enrol("Ada", [file], networks).profile.photos[0].quality.score for file in left_out]
    assert max(alone) <= lowest


@pytest.mark.parametrize(
    "worse",
    [{"sharpness": 150.0}, {"side": 140}, {"brightness": 40.0}, {"brightness": 230.0}],
)
def test_a_photo_that_is_worse_in_any_way_scores_lower(worse: dict[str, float]) -> None:
    assert quality(**worse).score < quality().score


def test_a_turned_head_scores_lower_but_is_as_clear() -> None:
    assert quality(yaw=30).score < quality().score
    assert quality(yaw=30).clarity == quality().clarity


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        ([quality()], set(Suggestion)),
        ([quality()] * 4, {Suggestion.OTHER_LIGHT, Suggestion.OTHER_EXPRESSION}),
        (
            [quality(), quality(smile=0.9), quality(brightness=80.0)],
            set(),
        ),
        (
            [quality(), quality(smile=0.9), quality(light_side=0.3)],
            set(),
        ),
        ([quality(), quality(smile=0.9)] * 2, {Suggestion.OTHER_LIGHT}),
        ([quality(), quality(brightness=60.0)] * 2, {Suggestion.OTHER_EXPRESSION}),
        ([quality()] * MOST_PHOTOS, set()),
    ],
)
def test_what_is_suggested_is_what_is_missing(
    photos: list[PhotoQuality], expected: set[Suggestion]
) -> None:
    found = suggestions(photos)
    assert set(found) == expected
    assert all(suggestion.words.endswith(".") for suggestion in found)


@pytest.mark.shared
def test_one_photo_is_taken_with_a_note(photos_of: Photos, networks: EnrolmentNetworks) -> None:
    enrolment = enrol("Ada", photos_of(PERSON, 1), networks)
    assert enrolment.profile.photo_count == 1
    assert Suggestion.MORE_PHOTOS in enrolment.suggestions
