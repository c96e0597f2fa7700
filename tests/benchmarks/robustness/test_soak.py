"""What the soak reads out of the record of an output program."""

from __future__ import annotations

import pytest
from rich.console import Console

from benchmarks.robustness.soak import OLDEST_FRAME_SECONDS, Place, Sent, Soak, longest
from tests.benchmarks.robustness.records import line


def test_a_repeated_frame_and_a_card_are_no_new_frames(place: Place) -> None:
    lines = [line(1.0, 0.9), line(1.1, 0.9), line(1.2, None), line(3.0, 2.9), line(3.1, 0.9)]
    place.record.write_text("\n".join(lines) + '\n{"cut": off', encoding="utf-8")
    sent = Sent.read(place.record)
    assert list(sent.new_frames()) == [1.0, 3.0]
    assert longest(sent.times, 1.0, 3.1) == pytest.approx(1.8)
    assert longest(sent.new_frames(), 0.0, 10.0) == pytest.approx(7.0)


def test_a_frame_that_is_old_when_it_is_sent_fails_the_soak(place: Place) -> None:
    place.record.write_text(line(10.0, 10.0 - OLDEST_FRAME_SECONDS - 0.5) + "\n")
    soak = Soak(place, Console())
    soak.report(1, 1, 1)
    assert "2.5 s old" in soak.broken[0]


def test_growing_memory_is_told(place: Place) -> None:
    soak = Soak(place, Console(), memory=[(100.0 + 2 * step, 40.0) for step in range(30)])
    assert soak.growth() == pytest.approx((20.0, 0.0))


def test_what_is_left_behind_is_told(place: Place) -> None:
    (place.runtime / "control.lock").touch()
    soak = Soak(place, Console())
    soak.look_for_leftovers(set())
    assert soak.broken == []
    (place.runtime / "nasfe-camera.ring").touch()
    (place.folder / "tmp" / "part").touch()
    soak.look_for_leftovers(set())
    assert len(soak.broken) == 2
