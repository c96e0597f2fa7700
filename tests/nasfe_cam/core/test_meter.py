"""What the meter says of a running pipeline."""

from __future__ import annotations

import pytest

from nasfe_cam.core import meter
from nasfe_cam.core.meter import Meter


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which the test may move on."""
    clock = [100.0]
    monkeypatch.setattr(meter.time, "monotonic", lambda: clock[0])
    return clock


def searched(measured: Meter, now: list[float], seconds: int, found: bool = False) -> None:
    for _ in range(seconds):
        now[0] += 1
        measured.looked(found=found)


def test_for_how_long_no_face_was_found_ends_with_one(now: list[float]) -> None:
    measured = Meter()
    assert measured.seconds_without_face() == 0
    searched(measured, now, 8)
    assert measured.seconds_without_face() == 7
    searched(measured, now, 1, found=True)
    assert measured.seconds_without_face() == 0
    assert (measured.frames_searched, measured.frames_with_face) == (9, 1)


def test_while_nobody_watches_no_face_is_missed(now: list[float]) -> None:
    """The source is closed then: whoever opens the camera again is not told of before."""
    measured = Meter()
    searched(measured, now, 8)
    now[0] += 600
    assert measured.seconds_without_face() == 7
    searched(measured, now, 3)
    assert measured.seconds_without_face() == 2
