"""While nobody watches, the webcam is off and the program does next to nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from tests.vm.scenarios.conftest import Record
from tests.vm.scenarios.devices import WEBCAM
from tests.vm.scenarios.program import Program
from tests.vm.scenarios.watcher import Watcher
from tests.vm.speed import loop_seconds


def test_the_webcam_is_closed_when_nobody_watches(
    program: Program, wait_for: Callable[..., None], record: Record
) -> None:
    left_at = time.monotonic()
    wait_for(lambda: not program.has_open(WEBCAM))
    record("seconds from the last reader to the closed webcam", time.monotonic() - left_at)


def test_a_resting_program_says_so(
    program: Program, status: Callable[[], dict[str, Any]], wait_for: Callable[..., None]
) -> None:
    wait_for(lambda: status()["resting"])
    (output,) = status()["outputs"]
    assert output["condition"] == "resting" and output["watchers"] == 0


MOST_PERCENT_AT_REST = 40
"""Of one emulated core, which waits ten to twenty times longer for the same; with somebody who
watches, the program takes more than one whole. 7 to 24 were measured."""


def test_a_resting_program_does_next_to_nothing(program: Program, record: Record) -> None:
    slowness = loop_seconds() / float(os.environ["LOOP_SECONDS"])
    # At first the pictures that were on their way are still worked on.
    for _ in range(8):
        seconds = 10
        before = program.cpu_seconds()
        time.sleep(seconds)
        emulated = 100 * (program.cpu_seconds() - before) / seconds
        if emulated < MOST_PERCENT_AT_REST:
            break
    record("times slower than the machine that emulates", slowness)
    record("CPU at rest, percent of one emulated core", emulated)
    record("CPU at rest, percent of one real core", emulated / slowness)
    assert not program.has_open(WEBCAM)
    assert emulated < MOST_PERCENT_AT_REST


def test_a_reader_sees_the_card_at_once_and_soon_the_webcam(
    program: Program, watch: Callable[..., Watcher], record: Record
) -> None:
    watcher = watch()
    first = watcher.wait_for(lambda seen: True) - watcher.opened_at
    record("seconds from opening to the first picture", first)
    live = watcher.wait_for(lambda seen: seen.is_frame) - watcher.opened_at
    record("seconds from opening to the webcam's picture", live)
    restored = watcher.wait_for(lambda seen: seen.is_restored) - watcher.opened_at
    record("seconds from opening to the restored picture", restored)
    assert not watcher.moments[0].seen.is_frame, "an old picture of the person"
    assert first < live
    assert first < 5
