"""The test sets are built the same way every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from train.data.crop_store import Crop, list_crops
from train.data.test_sets import (
    NoPictureLargeEnough,
    count_pictures,
    degradations,
    degraded_pictures,
)

SIZES = {"Test-B": 5200, "Test-N": 600, "Test-L": 2400, "Test-BN": 5200, "Test-BNL": 10400}


@pytest.mark.parametrize("name", SIZES)
def test_every_set_has_the_combinations_of_table_4(name: str) -> None:
    assert len(degradations(name)) * 100 == SIZES[name]


@pytest.mark.shared
def test_two_runs_give_the_same_pictures_of_the_papers_size(shared_data: Path) -> None:
    crops = list_crops(shared_data / "faces", "test")
    first = list(degraded_pictures("Test-BNL", crops, 6))
    again = list(degraded_pictures("Test-BNL", crops, 6))
    for one, other in zip(first, again, strict=True):
        assert one.clean.shape == (176, 144, 3)
        assert np.array_equal(one.degraded, other.degraded)
        assert one.crop == other.crop


@pytest.mark.shared
def test_references_show_the_same_person_but_not_the_same_photo(shared_data: Path) -> None:
    crops = list_crops(shared_data / "faces", "test")
    pictures = list(degraded_pictures("Test-B", crops, 60))
    assert any(picture.references for picture in pictures)
    for picture in pictures:
        assert all(crop.person == picture.crop.person for crop in picture.references)
        assert picture.crop not in picture.references


@pytest.mark.shared
def test_no_person_is_in_training_and_test(shared_data: Path) -> None:
    train, test = (
        {crop.person for crop in list_crops(shared_data / "faces", split)}
        for split in ("train", "test")
    )
    assert not train & test


@pytest.fixture
def crops(tmp_path: Path) -> list[Crop]:
    """Person "many" has four photos, "two" has two, "one" has one; the first is small."""
    made = []
    for person, count in (("many", 4), ("two", 2), ("one", 1)):
        for number in range(count):
            side = 160 if (person, number) == ("many", 0) else 256
            name = f"{person}/{number}.png"
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            cv2.imwrite(str(file), np.full((side, side, 3), 40 + 20 * number, np.uint8))
            made.append(Crop(name, person, file, 0, file.stat().st_size, side, "CC0"))
    return made


def test_the_gallerys_photo_is_not_shown_to_the_network_where_there_is_another(
    crops: list[Crop],
) -> None:
    for picture in degraded_pictures("Test-B", crops, 100):
        if picture.crop.person == "many":
            assert picture.mate is not None and picture.mate.name == "many/0.png"
            assert len(picture.references) == 2 and picture.mate not in picture.references
            assert picture.crop not in picture.references
            assert [crop.name for crop in picture.stranger] == ["two/1.png"]
        elif picture.crop.person == "two":
            assert picture.references == (picture.mate,)
        else:
            assert picture.mate is None and picture.references == ()


def test_enlarged_pictures_are_no_truth(crops: list[Crop]) -> None:
    shown = {picture.crop.name for picture in degraded_pictures("Test-B", crops, 100)}
    assert "many/0.png" not in shown and len(shown) == 6
    larger = [*crops[:4], *(replace(crop, side=200) for crop in crops[4:])]
    shown = {picture.crop.person for picture in degraded_pictures("Test-B", larger, 100, 256)}
    assert shown == {"many"}


def test_too_small_faces_are_one_sentence(crops: list[Crop]) -> None:
    small = [replace(crop, side=150) for crop in crops]
    with pytest.raises(NoPictureLargeEnough, match=r"None of the 7 faces .* 176 x 176"):
        list(degraded_pictures("Test-B", small, 10))


def test_the_stranger_is_never_the_person(crops: list[Crop]) -> None:
    alone = [crop for crop in crops if crop.person == "many"]
    assert all(picture.stranger == () for picture in degraded_pictures("Test-B", alone, 10))


def test_the_count_is_that_of_the_pictures(crops: list[Crop]) -> None:
    for wanted in (5, 10_000):
        assert count_pictures("Test-N", crops, wanted) == len(
            list(degraded_pictures("Test-N", crops, wanted))
        )
