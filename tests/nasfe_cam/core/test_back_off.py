"""How long is waited between attempts."""

from __future__ import annotations

from nasfe_cam.core.back_off import FIRST_DELAY, HEALTHY_SECONDS, LONGEST_DELAY, BackOff


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_delay_doubles_up_to_a_limit() -> None:
    back_off = BackOff()
    delays = [back_off.next_delay() for _ in range(10)]
    assert delays[:3] == [0.5, 1.0, 2.0]
    assert delays[-1] == LONGEST_DELAY
    short = BackOff(longest=1.0)
    assert [short.next_delay() for _ in range(3)] == [0.5, 1.0, 1.0]


def test_it_starts_again_after_ten_seconds_of_health_and_not_before() -> None:
    clock = Clock()
    back_off = BackOff(clock=clock)
    back_off.next_delay()
    for second in range(int(HEALTHY_SECONDS)):  # told with every picture
        back_off.succeeded()
        clock.now = 100.0 + second
    assert back_off.next_delay() == 2 * FIRST_DELAY
    clock.now += 1000  # after the failure: that is no health
    assert back_off.next_delay() == 4 * FIRST_DELAY
    back_off.succeeded()
    clock.now += HEALTHY_SECONDS
    assert back_off.next_delay() == FIRST_DELAY


def test_what_is_known_to_have_been_healthy_starts_again_at_once() -> None:
    back_off = BackOff()
    back_off.next_delay()
    back_off.start_again()
    assert back_off.next_delay() == FIRST_DELAY
