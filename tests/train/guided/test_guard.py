"""What is left out of a training, and when it is lost."""

from __future__ import annotations

import math

import pytest

from train.guided.guard import MOST_ABSURD, Guard


def test_a_batch_far_from_the_usual_is_left_out() -> None:
    guard = Guard()
    assert not any(guard.is_absurd(loss) for loss in (0.1, 0.12, 0.25, 0.09))
    for absurd in (0.9, math.inf, math.nan):
        assert guard.is_absurd(absurd)
    assert not guard.is_lost
    assert not guard.is_absurd(0.1)


def test_a_batch_that_is_judged_is_compared_with_such_batches() -> None:
    """A training that went on with an unjudged step took every judged one for absurd."""
    guard = Guard()
    assert not guard.is_absurd(0.05)
    assert not guard.is_absurd(0.5, judged=True)
    assert guard.is_absurd(0.5)
    assert not guard.is_absurd(0.6, judged=True)
    assert guard.is_absurd(2.5, judged=True)


@pytest.mark.parametrize("absurd", [5.0, math.nan])
def test_nothing_but_absurd_batches_is_the_end(absurd: float) -> None:
    guard = Guard()
    guard.is_absurd(0.1)
    for _ in range(MOST_ABSURD):
        assert not guard.is_lost
        guard.is_absurd(absurd)
    assert guard.is_lost
    guard.forget()
    assert not guard.is_lost


def test_a_first_batch_that_is_no_number_is_absurd() -> None:
    assert Guard().is_absurd(math.nan)


def test_gradients_are_cut_at_twice_the_usual() -> None:
    guard = Guard()
    assert guard.largest_gradient == 1.0
    for _ in range(300):
        guard.saw_gradient(0.1)
    assert guard.largest_gradient == pytest.approx(0.2)
    guard.saw_gradient(50.0)
    assert guard.largest_gradient < 0.21
    guard.saw_gradient(math.inf)
    assert guard.largest_gradient < 0.21
