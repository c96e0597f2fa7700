"""The tables of the benchmarks say what was measured, and of what."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.camera.end_to_end import Company
from benchmarks.camera.parts import Row, rows_of, table_of
from nasfe_cam.core.frame import Frame
from nasfe_cam.sources.base import SourceDescription


def test_ratios_are_of_rounds_that_belong_together() -> None:
    """A machine that gets slower from round to round does not count."""
    there = [{"blend": 10.0}, {"blend": 20.0}, {"blend": 40.0}]
    here = [{"blend": 5.0}, {"blend": 10.0}, {"blend": 20.0}]
    assert rows_of(there, here) == [Row("blend", 20.0, 10.0, 0.5)]


def test_a_part_that_one_side_lacks_has_no_ratio() -> None:
    rows = rows_of([{"old": 1.0}], [{"new": 2.0}])
    assert rows == [Row("old", 1.0, None, None), Row("new", None, 2.0, None)]
    assert table_of(rows, "main").splitlines()[2:] == [
        "| old | 1.00 | - | - |",
        "| new | - | 2.00 | - |",
    ]


def test_alone_there_is_one_column() -> None:
    assert table_of(rows_of([], [{"blend": 5.0}]), "").endswith("| blend | 5.00 |")


class Stripes:
    """Three frames whose columns are numbered."""

    def __init__(self) -> None:
        self.left = 3

    def describe(self) -> SourceDescription:
        return SourceDescription("stripes", 8, 2, 30, live=False)

    def read(self) -> Frame | None:
        self.left -= 1
        image = np.tile(np.arange(8, dtype=np.uint8)[:, None], (2, 1, 3))
        return Frame(image, 0.0, 0) if self.left >= 0 else None

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("people", "columns"), [(1, [0, 1, 2, 3, 4, 5, 6, 7]), (2, [2, 3, 4, 5, 5, 4, 3, 2])]
)
def test_company_is_the_middle_of_the_picture_and_its_mirror_image(
    people: int, columns: list[int]
) -> None:
    source = Company(Stripes(), people, pictures=2)
    frames = [source.read() for _ in range(3)]
    assert frames[0] is not None and frames[0].image[0, :, 0].tolist() == columns
    assert frames[1] is not None and frames[2] is None
