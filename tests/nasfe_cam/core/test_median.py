"""The quick median is the median."""

from __future__ import annotations

import numpy as np
import pytest

from nasfe_cam.core.median import median


@pytest.mark.parametrize("count", [1, 2, 5, 8, 4096])
def test_it_is_that_of_numpy_and_changes_nothing(count: int) -> None:
    sample = np.random.default_rng(count).normal(0, 3, count).astype(np.float32)
    given = sample.copy()
    assert median(sample) == pytest.approx(float(np.median(sample)), abs=1e-6)
    assert (sample == given).all()


def test_any_shape_is_one_sample() -> None:
    assert median(np.arange(9, dtype=np.float32).reshape(3, 3)[:, ::2]) == 4
