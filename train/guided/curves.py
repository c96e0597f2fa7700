"""Writes down how a training goes: a CSV file for the repository, TensorBoard for looking."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

COLUMNS = (
    "pictures",
    "loss",
    "without_memory",
    "with_memory",
    "guided",
    "pictures_per_second",
    "loading_share",
    "learning_rate",
)
_MOST_PICTURES = 8


class Curves:
    """Adds a row for every so many steps.

    Args:
        folder: of the training.
        every: steps of a row.
    """

    def __init__(self, folder: Path, every: int = 50) -> None:
        self._file = folder / "curves.csv"
        self._writer = SummaryWriter(folder)
        self._every = every
        self._steps: list[tuple[float, ...]] = []
        self._parts: list[tuple[Sequence[float], Sequence[bool], Sequence[bool]]] = []
        self._began = time.monotonic()
        self._pictures = 0

    def step(
        self,
        pictures: int,
        errors: Sequence[float],
        remembered: Sequence[bool],
        guided: Sequence[bool],
        loss: float,
        loading: float,
        learning_rate: float,
    ) -> None:
        """Take a step in.

        Args:
            pictures: seen so far, over all sessions.
            errors: mean absolute error of each picture.
            remembered, guided: which of them had a memory and a photo.
            loss: of the step.
            loading: seconds that were spent on making the batch.
            learning_rate: of the step.
        """
        self._steps.append((loss, loading, learning_rate))
        self._parts.append((errors, remembered, guided))
        self._pictures += len(errors)
        if len(self._steps) < self._every:
            return
        seconds = time.monotonic() - self._began
        flat = [entry for part in self._parts for entry in zip(*part, strict=True)]
        values = (
            pictures,
            sum(step[0] for step in self._steps) / len(self._steps),
            _mean([error for error, memory, _ in flat if not memory]),
            _mean([error for error, memory, _ in flat if memory]),
            _mean([error for error, _, guide in flat if guide]),
            self._pictures / seconds,
            sum(step[1] for step in self._steps) / seconds,
            self._steps[-1][2],
        )
        new = not self._file.exists()
        with self._file.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            if new:
                writer.writerow(COLUMNS)
            writer.writerow([pictures, *(f"{value:.6g}" for value in values[1:])])
        for name, value in zip(COLUMNS[1:], values[1:], strict=True):
            self._writer.add_scalar(name, value, pictures)
        print(
            f"{pictures} pictures  loss {values[1]:.4f}  without memory {values[2]:.4f}  "
            f"with {values[3]:.4f}  {values[5]:.1f} pictures/s  loading {100 * values[6]:.0f} %",
            flush=True,
        )
        self._steps, self._parts, self._pictures = [], [], 0
        self._began = time.monotonic()

    def show(self, rows: Sequence[Tensor], pictures: int) -> None:
        """Put N x 3 x h x w pictures under each other."""
        lines = [torch.cat(list(row[:_MOST_PICTURES]), 2) for row in rows]
        self._writer.add_image("streams", torch.cat(lines, 1).clamp(0, 1), pictures)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
