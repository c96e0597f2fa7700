"""When something counts as silent."""

from __future__ import annotations

from nasfe_cam.processes.heartbeat import Heartbeat


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_silence_grows_until_the_next_sign() -> None:
    clock = Clock()
    heart = Heartbeat(clock)
    heart.silent_for("a")
    for _ in range(10):
        clock.now += 0.25
        silent = heart.silent_for("a")
    assert silent == 2.5
    assert heart.silent_for("b") == 0


def test_a_machine_that_slept_and_a_look_that_came_late_are_no_silence() -> None:
    clock = Clock()
    heart = Heartbeat(clock)
    heart.silent_for("a")
    clock.now += 3600
    assert heart.silent_for("a") <= 1.0


def test_another_thing_to_look_at_begins_without_silence() -> None:
    clock = Clock()
    heart = Heartbeat(clock)
    heart.silent_for("a")
    clock.now += 1
    heart.silent_for("a")
    heart.begin_anew()
    clock.now += 1
    assert heart.silent_for("a") == 0
