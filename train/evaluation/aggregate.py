"""Rows of a table from scores that are not kept: sums per person, and intervals over people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.evaluation.metrics import Score

BOOTSTRAPS = 1000
SEED = 0

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; None where a figure has no meaning.

    Attributes:
        method, test_set, identity: what was done to which pictures; identity says
            whose features the network got: none, own, a stranger's.
        psnr: dB; `ssim`, `id_cosine`: larger is better; `lpips`, `niqe`: smaller.
        top1, top5: percent of the pictures of people with several photos.
        n: pictures.
        psnr_interval and so on: 95 % of the mean; None where one person is shown,
            who says nothing about others.
    """

    method: str
    test_set: str
    identity: str
    psnr: float | None
    ssim: float | None
    lpips: float | None
    niqe: float | None
    id_cosine: float | None
    top1: float | None
    top5: float | None
    n: int
    psnr_interval: Interval | None = None
    ssim_interval: Interval | None = None
    lpips_interval: Interval | None = None
    niqe_interval: Interval | None = None
    id_cosine_interval: Interval | None = None
    top1_interval: Interval | None = None
    top5_interval: Interval | None = None


FIGURES = ("psnr", "ssim", "lpips", "niqe", "id_cosine", "top1", "top5")


class Tally:
    """The scores of one method on one test set, of which only each person's sums are kept."""

    def __init__(self) -> None:
        self._sums: dict[str, NDArray[np.float64]] = {}
        self._count = 0

    def add(self, score: Score) -> None:
        """Take one score in."""
        values = _figures(score)
        # Sums in the first row, counts in the second.
        sums = self._sums.setdefault(score.person, np.zeros((2, len(FIGURES))))
        for column, value in enumerate(values):
            if value is not None:
                sums[:, column] += value, 1
        self._count += 1

    def row(self, method: str, test_set: str, identity: str) -> Row:
        """The means and, by drawing people (not pictures) with replacement, their intervals."""
        people = np.stack(list(self._sums.values()))
        means: dict[str, float | None] = {}
        intervals: dict[str, Interval | None] = {}
        for column, figure in enumerate(FIGURES):
            sums, counts = people[:, :, column].T
            shown = counts > 0
            means[figure] = float(sums.sum() / counts.sum()) if shown.any() else None
            intervals[f"{figure}_interval"] = _interval(sums[shown], counts[shown])
        return Row(method, test_set, identity, n=self._count, **means, **intervals)  # type: ignore[arg-type]


def _figures(score: Score) -> tuple[float | None, ...]:
    top = [None if score.rank is None else 100.0 * (score.rank < best) for best in (1, 5)]
    return (score.psnr, score.ssim, score.lpips, score.niqe, score.id_cosine, *top)


def _interval(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> Interval | None:
    if len(sums) < 2:
        return None
    drawn = np.random.default_rng(SEED).integers(len(sums), size=(BOOTSTRAPS, len(sums)))
    low, high = np.percentile(sums[drawn].sum(1) / counts[drawn].sum(1), (2.5, 97.5))
    return float(low), float(high)
