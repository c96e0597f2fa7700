"""Processor seconds of a fixed piece of Python: in the guest and outside, how slow the guest is.

    python tests/vm/speed.py

prints them.
"""

from __future__ import annotations

import time

_ROUNDS = 5


def loop_seconds() -> float:
    """The best of some rounds, as other work only makes them longer."""
    return min(_one_round() for _ in range(_ROUNDS))


def _one_round() -> float:
    began = time.process_time()
    seen: dict[int, str] = {}
    for number in range(100_000):
        seen[number % 1000] = str(number)
    return time.process_time() - began


if __name__ == "__main__":
    print(loop_seconds())
