"""What is carried along fades out when it is old, and neither pops nor pulses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nasfe_cam.pacing.carried_share import CarriedShare


def played(share: CarriedShare, seconds: float, fps: float, run: float, rest: float) -> list[float]:
    """The shares of frames, while runs of the network take, and it rests, for so many seconds."""
    shares = []
    under_way, newest, begins = -math.inf, -math.inf, 0.0
    for number in range(round(seconds * fps)):
        now = number / fps
        if -math.inf < under_way <= now - run:
            if newest > -math.inf:
                share.replaced(now - newest)
            newest, under_way = under_way, -math.inf
        if under_way == -math.inf and now >= begins:
            under_way, begins = now, now + run + rest
        shares.append(share.at(now, now - newest))
    return shares


@pytest.mark.parametrize(
    ("fps", "run", "rest"),
    [(30, 0.1, 0.0), (30, 0.26, 0.26), (15, 0.5, 0.5), (10, 0.78, 0.22), (5, 0.78, 0.22)],
)
def test_while_results_come_as_ever_nothing_pulses(fps: float, run: float, rest: float) -> None:
    shares = played(CarriedShare(), 20, fps, run, rest)
    assert shares[round(5 * fps) :] == [1.0] * round(15 * fps)


def test_the_first_result_does_not_pop() -> None:
    shares = played(CarriedShare(), 2, 30, 0.2, 0.0)
    assert shares[0] == 0 and shares[-1] == 1
    assert np.diff(shares).min() >= 0 and np.diff(shares).max() < 0.1


@pytest.mark.parametrize("age", [0.0, 0.1], ids=["waited for", "carried"])
def test_a_network_that_hangs_fades_out_and_what_it_returns_at_last_fades_in(age: float) -> None:
    share = CarriedShare()
    shares = [share.at(n / 30, n / 30) for n in range(1, 90)]
    shares += [share.at(n / 30, age) for n in range(90, 120)]
    assert shares[:30] == [1.0] * 30 and shares[88] == 0 and shares[-1] == 1
    assert np.abs(np.diff(shares)).max() < 0.1


def test_where_every_frame_waits_each_shows_all_from_the_first_on() -> None:
    share = CarriedShare()
    assert [share.at(n / 30, 0.0) for n in range(3)] == [1.0] * 3
