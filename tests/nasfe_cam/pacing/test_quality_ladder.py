"""Quality gives way before smoothness, comes back, and never swings; on simulated clocks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.pacing.quality_ladder import (
    LEVELS,
    LONGEST_PATIENCE,
    ON_BATTERY,
    OVERLOADED_SECONDS,
    PATIENCE,
    ROOM,
    TOO_MUCH,
    Effort,
    Load,
    QualityLadder,
)

PERIOD = 1 / 30
STEP = 0.25

Machine = Callable[[Effort, float], Load]


def load(restore: float, carry: float = 0.002, other: float = 0.01) -> Load:
    return Load(restore, carry, other, PERIOD)


def run(
    machine: Machine, seconds: float, pace: QualityLadder | None = None, on_battery: bool = False
) -> list[int]:
    """The level after every quarter of a second."""
    pace = pace or QualityLadder()
    levels = []
    for number in range(round(seconds / STEP)):
        now = number * STEP
        pace.decide(now, machine(pace.effort, now), on_battery)
        levels.append(pace.level)
    return levels


def tries(seconds: float) -> float:
    """How often a better level may be tried: twice as seldom each time, down to the seldomest."""
    return math.log2(LONGEST_PATIENCE / PATIENCE) + 1 + seconds / LONGEST_PATIENCE


def changes(levels: list[int]) -> int:
    return sum(a != b for a, b in itertools.pairwise(levels))


def test_a_quick_machine_restores_every_frame() -> None:
    assert set(run(lambda _effort, _now: load(0.02), 60)) == {0}


@pytest.mark.parametrize(
    ("restore", "level"), [(0.06, 1), (0.2, 2), (0.5, 3)], ids=["slower", "slow", "hopeless"]
)
def test_a_slow_machine_comes_to_the_level_that_it_can_keep(restore: float, level: int) -> None:
    levels = run(lambda _effort, _now: load(restore), 4)
    assert levels[-1] == level
    assert levels == sorted(levels)


def test_with_a_slow_camera_too_nothing_is_shown_that_is_of_another_moment() -> None:
    """Of five frames per second, eight are a second and a half."""
    levels = run(lambda _effort, _now: Load(1.2, 0.002, 0.01, 0.2), 4)
    assert levels[-1] == len(LEVELS) - 1


def test_one_slow_moment_changes_nothing() -> None:
    def hiccup(_effort: Effort, now: float) -> Load:
        return load(0.2 if 5 <= now < 5 + OVERLOADED_SECONDS / 2 else 0.02)

    assert set(run(hiccup, 30)) == {0}


def test_full_quality_returns_after_recovery() -> None:
    def busy_for_a_while(_effort: Effort, now: float) -> Load:
        return load(0.5 if now < 10 else 0.015)

    levels = run(busy_for_a_while, 60)
    assert max(levels) == len(LEVELS) - 1
    assert levels[-1] == 0
    # Not before there was room for a while, at each of the two last levels.
    assert levels.index(0, round(10 / STEP)) * STEP >= 10 + 2 * PATIENCE


@pytest.mark.parametrize("other", [0.01, 0.03, 0.2])
def test_a_load_that_goes_is_noticed_within_a_minute_whatever_other_stages_take(
    other: float,
) -> None:
    """Once restoration did not come back for five minutes on a machine that had long been free."""
    gone = 400.0

    def busy(effort: Effort, now: float) -> Load:
        if now < gone:
            return load(0.5, other=other)
        # The other stages are still measured while nothing else is.
        return load(0.015, other=0.03 if effort.every == 0 else 0.02)

    levels = run(busy, gone + 130)
    before = levels[round(30 / STEP) : round(gone / STEP)]
    assert before.count(len(LEVELS) - 1) > 0.9 * len(before), "tries are short"
    assert changes(before) >= 10, "and are made all the time"
    after = levels[round(gone / STEP) :]
    assert min(after[: round((LONGEST_PATIENCE + 1) / STEP)]) < len(LEVELS) - 1
    assert after[-1] == 0


def test_the_battery_is_spared_at_once_and_quality_returns_on_mains() -> None:
    pace = QualityLadder()
    assert set(run(lambda _effort, _now: load(0.01), 5, pace, on_battery=True)) == {ON_BATTERY}
    assert pace.reason == "battery"
    levels = run(lambda _effort, _now: load(0.01), 3 * PATIENCE, pace)
    assert levels[-1] == 0 and pace.reason is None


def test_on_battery_a_busy_machine_goes_further_down() -> None:
    pace = QualityLadder()
    assert run(lambda _effort, _now: load(0.5), 10, pace, on_battery=True)[-1] == len(LEVELS) - 1
    assert pace.reason == "busy"


@given(st.floats(0.001, 1.0), st.floats(0.0, 0.02), st.floats(0.0, 0.1))
def test_on_a_steady_machine_it_settles(restore: float, carry: float, other: float) -> None:
    """Ten minutes later nothing has changed but a try now and then at what was never measured."""
    levels = run(lambda _effort, _now: load(restore, carry, other), 900)
    settled = levels[round(30 / STEP) :]
    if max(settled) < len(LEVELS) - 1:
        assert set(settled) == {levels[-1]}
        assert Load(restore, carry, other, PERIOD).share(LEVELS[levels[-1]]) <= TOO_MUCH
    assert changes(settled) <= 2 * tries(900)


@given(st.floats(0.02, 0.2), st.floats(1.0, 4.0))
def test_it_does_not_swing_where_less_work_makes_the_network_quicker(
    restore: float, contention: float
) -> None:
    """A better level looks possible, as long as it is not taken: each relapse doubles the wait."""

    def crowded(effort: Effort, _now: float) -> Load:
        share = 1 / effort.every if effort.every else 0.0
        return load(restore * (1 + (contention - 1) * share))

    levels = run(crowded, 1800)
    assert changes(levels) <= len(LEVELS) + 2 * tries(1800)


@given(
    st.lists(
        st.tuples(st.floats(0.001, 0.5), st.floats(0.001, 0.1), st.booleans()),
        min_size=1,
        max_size=400,
    )
)
def test_whatever_is_measured_levels_change_one_by_one_and_not_too_often(
    measured: list[tuple[float, float, bool]],
) -> None:
    pace, before, changed_at = QualityLadder(), 0, -math.inf
    for number, (restore, other, on_battery) in enumerate(measured):
        now = number * STEP
        pace.decide(now, load(restore, other=other), on_battery)
        assert 0 <= pace.level < len(LEVELS)
        assert not on_battery or pace.level >= ON_BATTERY
        if pace.level > before and pace.level != ON_BATTERY:
            assert pace.level == before + 1 and now - changed_at >= OVERLOADED_SECONDS
        if pace.level < before:
            assert pace.level == before - 1 and now - changed_at >= PATIENCE
        if pace.level != before:
            before, changed_at = pace.level, now


@given(st.floats(0.0, 0.5), st.floats(0.0, 0.1), st.floats(0.0, 0.1))
def test_every_level_asks_less_than_the_one_before(
    restore: float, carry: float, other: float
) -> None:
    measured = Load(restore, min(carry, restore), other, PERIOD)
    shares = [measured.share(effort) for effort in LEVELS]
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(shares))


@given(st.floats(ROOM + 0.01, TOO_MUCH - 0.01))
def test_what_is_neither_too_much_nor_ample_room_changes_no_level(share: float) -> None:
    def between(_effort: Effort, _now: float) -> Load:
        return load(share * PERIOD)

    ladder = QualityLadder()
    assert set(run(between, 60, ladder)) == {0}
    run(lambda _effort, _now: load(0.04), 4, ladder)
    assert set(run(between, 60, ladder)) == {1}
