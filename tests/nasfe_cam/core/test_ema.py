"""What comes in moves the mean slowly, by its time and not by how often it comes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nasfe_cam.core.smoothing.ema import ExponentialMean

ZEROS, ONES = np.zeros(3, np.float32), np.ones(3, np.float32)


def test_it_begins_at_the_first_and_moves_slowly_to_what_lasts() -> None:
    mean = ExponentialMean(seconds=0.5)
    assert (mean.add(ZEROS, 7.0) == 0).all()
    step = mean.add(ONES, 7.0 + 1 / 30)
    assert 0 < step[0] < 0.1
    for i in range(2, 90):
        step = mean.add(ONES, 7.0 + i / 30)
    assert step[0] > 0.95 and step.dtype == np.float32


@pytest.mark.parametrize("fps", [1, 5, 30, 60])
def test_how_far_it_moves_depends_on_the_time_alone(fps: int) -> None:
    mean = ExponentialMean(seconds=0.5)
    mean.add(ZEROS, 0.0)
    for i in range(1, fps + 1):
        value = mean.add(ONES, i / fps)
    assert value[0] == pytest.approx(1 - math.exp(-1 / 0.5), abs=1e-5)


def test_time_that_stands_still_or_goes_back_changes_nothing() -> None:
    mean = ExponentialMean(seconds=0.5)
    mean.add(ZEROS, 5.0)
    assert (mean.add(ONES, 5.0) == 0).all()
    assert (mean.add(ONES, 4.0) == 0).all()


def test_after_a_reset_it_begins_anew() -> None:
    mean = ExponentialMean(seconds=0.5)
    mean.add(ZEROS, 0.0)
    mean.reset()
    assert (mean.add(ONES, 0.01) == 1).all()
