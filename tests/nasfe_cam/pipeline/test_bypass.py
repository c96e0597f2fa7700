"""A stage hangs when it takes far longer than it usually does."""

from __future__ import annotations

import threading
import time

import pytest

from nasfe_cam.core.stage import Stage
from nasfe_cam.pipeline import bypass
from nasfe_cam.pipeline.bypass import Bypass, StageHung
from tests.nasfe_cam.stand_ins import eventually


def test_what_no_frame_waits_for_is_reported_and_none_goes_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bypass, "HUNG_SECONDS", 0.1)
    going_on = threading.Event()
    reported: list[Exception] = []
    stage = Stage("network", lambda _item: going_on.wait(60), reported.append)
    around = Bypass([], reported.append, beside=stage)
    stage.start()
    stage.put(0)
    try:
        assert eventually(lambda: not around.needed() and bool(reported))
        assert [type(error) for error in reported] == [StageHung]
        assert not around.needed() and len(reported) == 1, "once"
    finally:
        going_on.set()
        stage.end(10)


def test_two_that_hang_at_once_are_reported_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bypass, "HUNG_SECONDS", 0.1)
    reported: list[Exception] = []
    blend, network = (Stage[threading.Event](name, _wait, reported.append) for name in "bn")
    around = Bypass([blend], reported.append, beside=network)
    blending, working = threading.Event(), threading.Event()
    network.start()
    network.put(working)
    assert eventually(lambda: not around.needed() and bool(reported))
    blend.start()
    blend.put(blending)
    assert eventually(around.needed)
    blending.set()
    assert eventually(lambda: not around.needed())
    assert [str(error) for error in reported] == [str(StageHung("n")), str(StageHung("b"))]
    working.set()
    blend.end(10)
    network.end(10)


def _wait(event: threading.Event) -> None:
    event.wait(60)


def test_a_machine_that_is_slow_at_every_frame_hangs_at_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bypass, "HUNG_SECONDS", 0.1)
    going_on, done = threading.Event(), threading.Semaphore(0)
    reported: list[Exception] = []

    def work(number: int) -> None:
        if number == 3:
            going_on.wait(60)
        else:
            time.sleep(0.4)
        done.release()

    stage = Stage("slow", work, reported.append)
    around = Bypass([stage], reported.append)
    stage.start()
    stage.put(0)
    assert eventually(around.needed), "nothing is known of its speed yet"
    assert done.acquire(timeout=60)
    assert eventually(lambda: not around.needed())
    assert stage.longest_seconds() >= 0.4
    reported.clear()
    stage.put(1)
    while not done.acquire(blocking=False):
        assert not around.needed()
        time.sleep(0.01)
    stage.put(3)
    assert eventually(around.needed), "it takes far longer than it did"
    assert [type(error) for error in reported] == [StageHung]
    going_on.set()
    assert eventually(lambda: not around.needed())
    stage.end(10)
