"""The One-Euro filter."""

from __future__ import annotations

import numpy as np

from nasfe_cam.core.smoothing.one_euro import OneEuroFilter


def test_a_jittering_point_at_rest_becomes_steady() -> None:
    rng = np.random.default_rng(0)
    euro = OneEuroFilter(1.0, 0.02)
    noisy = 100 + rng.standard_normal((120, 8, 2)).astype(np.float32)
    smooth = np.array([euro.filter(value, i / 30) for i, value in enumerate(noisy)])
    assert smooth[30:].std(0).mean() < 0.45 * noisy[30:].std(0).mean()


def test_a_fast_point_is_followed_closely() -> None:
    slow, fast = OneEuroFilter(1.0, 0.0), OneEuroFilter(1.0, 0.05)
    for i in range(60):
        value = np.full((4, 2), 600 * i / 30, np.float32)
        behind_slow = value - slow.filter(value, i / 30)
        behind_fast = value - fast.filter(value, i / 30)
    assert behind_fast.max() < 0.2 * behind_slow.max()


def test_after_a_reset_the_next_value_passes_unchanged() -> None:
    euro = OneEuroFilter(1.0, 0.02)
    euro.filter(np.zeros((1, 2), np.float32), 0.0)
    euro.reset()
    value = np.full((1, 2), 500, np.float32)
    assert (euro.filter(value, 0.03) == value).all()
