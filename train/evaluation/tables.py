"""Writes rows for people (terminal, Markdown) and for machines (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from train.evaluation.scores import Row

COLUMNS = (
    "method",
    "test set",
    "identity",
    "PSNR, dB",
    "SSIM",
    "LPIPS",
    "NIQE",
    "id cosine",
    "Top-1, %",
    "Top-5, %",
    "n",
)


def as_json(rows: Sequence[Row]) -> str:
    """A list of objects, one per row, with the fields of `Row`."""
    return json.dumps([asdict(row) for row in rows], indent=2) + "\n"


def as_markdown(rows: Sequence[Row]) -> str:
    """A table with the 95 % interval behind PSNR, cosine and Top-1."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(_cells(row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def as_table(rows: Sequence[Row]) -> Table:
    """The same for the terminal, without the intervals."""
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(
            *(cell.partition(" (")[0] if i > 2 else cell for i, cell in enumerate(_cells(row)))
        )
    return table


def _cells(row: Row) -> list[str]:
    return [
        row.method,
        row.test_set,
        row.identity,
        f"{row.psnr:.2f} ({row.psnr_interval[0]:.2f} to {row.psnr_interval[1]:.2f})",
        f"{row.ssim:.3f}",
        f"{row.lpips:.3f}",
        f"{row.niqe:.2f}",
        f"{row.id_cosine:.3f} ({row.id_cosine_interval[0]:.3f} to {row.id_cosine_interval[1]:.3f})",
        "-"
        if row.top1 is None or row.top1_interval is None
        else f"{row.top1:.1f} ({row.top1_interval[0]:.1f} to {row.top1_interval[1]:.1f})",
        "-" if row.top5 is None else f"{row.top5:.1f}",
        str(row.n),
    ]
