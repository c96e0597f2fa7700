"""The test sets are built the same way every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from train.data.archives import list_crops
from train.data.test_sets import degradations, degraded_pictures

pytestmark = pytest.mark.shared

SIZES = {"Test-B": 5200, "Test-N": 600, "Test-L": 2400, "Test-BN": 5200, "Test-BNL": 10400}


@pytest.mark.parametrize("name", SIZES)
def test_every_set_has_the_combinations_of_table_4(name: str) -> None:
    assert len(degradations(name)) * 100 == SIZES[name]


def test_two_runs_give_the_same_pictures_of_the_papers_size(shared_data: Path) -> None:
    crops = list_crops(shared_data / "faces", "test")
    first = list(degraded_pictures("Test-BNL", crops, 6))
    again = list(degraded_pictures("Test-BNL", crops, 6))
    for one, other in zip(first, again, strict=True):
        assert one.clean.shape == (176, 144, 3)
        assert np.array_equal(one.degraded, other.degraded)
        assert one.crop == other.crop


def test_references_show_the_same_person_but_not_the_same_photo(shared_data: Path) -> None:
    crops = list_crops(shared_data / "faces", "test")
    pictures = list(degraded_pictures("Test-B", crops, 60))
    assert any(picture.references for picture in pictures)
    for picture in pictures:
        assert all(crop.person == picture.crop.person for crop in picture.references)
        assert picture.crop not in picture.references


def test_no_person_is_in_training_and_test(shared_data: Path) -> None:
    train, test = (
        {crop.person for crop in list_crops(shared_data / "faces", split)}
        for split in ("train", "test")
    )
    assert not train & test
