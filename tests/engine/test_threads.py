"""The network leaves the meeting program its share of the CPU."""

from __future__ import annotations

import os

import pytest

from engine.threads import MOST_THREADS, threads_for, usable_cores


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (3, 3), (4, 3), (6, 5), (8, 7)])
def test_one_of_four_cores_is_left_to_the_rest(cores: int, threads: int) -> None:
    assert threads_for(cores) == threads


def test_large_machines_are_not_filled() -> None:
    assert threads_for(64) == MOST_THREADS


def test_only_cores_that_this_process_may_use_are_counted() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this platform binds no process to cores")
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
