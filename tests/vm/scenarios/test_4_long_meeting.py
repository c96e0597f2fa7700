"""Readers come and go for minutes: no frozen picture, and no growth."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from tests.vm.scenarios.conftest import Record
from tests.vm.scenarios.program import Program
from tests.vm.scenarios.watcher import Watcher

GROWTH_BYTES = 16_000_000
"""More than the measurements that the program keeps of its last two minutes."""


def test_readers_come_and_go_without_a_frozen_picture_and_without_growth(
    program: Program,
    watch: Callable[..., Watcher],
    record: Record,
    pytestconfig: pytest.Config,
) -> None:
    end = program.started_at + 60 * pytestconfig.getoption("--minutes")
    chance = random.Random(0)
    memory: list[int] = []
    pace: list[float] = []
    while len(memory) < 3 or time.monotonic() < end:
        watcher = watch()
        watcher.wait_for(lambda seen: seen.is_restored)
        guest = watch() if chance.random() < 0.4 else None
        pace.append(watcher.wait_for_motion())
        if guest is not None:
            guest.wait_for(lambda seen: seen.is_restored)
            guest.close()
            pace.append(watcher.wait_for_motion())
        watcher.close()
        memory.append(program.memory())
        # Sometimes short, sometimes long enough for the webcam to be closed.
        time.sleep(chance.uniform(0, 8))
    record("minutes of the long meeting", (time.monotonic() - program.started_at) / 60)
    record("rounds of readers", len(memory))
    record("most seconds per new picture", max(pace))
    record("growth in MB", (memory[-1] - memory[0]) / 1e6)
    assert memory[-1] - memory[0] < GROWTH_BYTES
