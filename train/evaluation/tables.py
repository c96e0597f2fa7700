"""Writes rows for people (terminal, Markdown) and for machines (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.box import SIMPLE_HEAD
from rich.table import Table

from train.evaluation.aggregate import Interval, Row

COLUMNS = (
    "method",
    "test set",
    "identity",
    "PSNR",
    "SSIM",
    "LPIPS",
    "NIQE",
    "id cosine",
    "Top-1",
    "Top-5",
    "n",
)
TEXTS = 3
"""The columns before the figures."""


def as_json(rows: Sequence[Row]) -> str:
    """A list of objects, one per row, with the fields of `Row`."""
    return json.dumps([asdict(row) for row in rows], indent=2, allow_nan=False) + "\n"


def as_markdown(rows: Sequence[Row]) -> str:
    """A table with the 95 % interval behind every figure."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(_cells(row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def as_table(rows: Sequence[Row]) -> Table:
    """The same for the terminal, without the intervals."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, column in enumerate(COLUMNS):
        text = number < TEXTS
        table.add_column(column, no_wrap=not text, justify="left" if text else "right")
    for row in rows:
        table.add_row(
            *(cell if i < TEXTS else cell.partition(" (")[0] for i, cell in enumerate(_cells(row)))
        )
    return table


def _cells(row: Row) -> list[str]:
    return [
        row.method,
        row.test_set,
        row.identity,
        _cell(row.psnr, row.psnr_interval, 2),
        _cell(row.ssim, row.ssim_interval, 3),
        _cell(row.lpips, row.lpips_interval, 3),
        _cell(row.niqe, row.niqe_interval, 2),
        _cell(row.id_cosine, row.id_cosine_interval, 3),
        _cell(row.top1, row.top1_interval, 1),
        _cell(row.top5, row.top5_interval, 1),
        str(row.n),
    ]


def _cell(value: float | None, interval: Interval | None, digits: int) -> str:
    if value is None:
        return "-"
    if interval is None:
        return f"{value:.{digits}f}"
    return f"{value:.{digits}f} ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})"
