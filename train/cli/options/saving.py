"""Shows and writes what an evaluation measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from nasfe_cam.core.atomic_files import output_file_error, write_text
from train.evaluation.aggregate import Row
from train.evaluation.tables import as_json, as_markdown, as_table

# Wide enough for a row, where there is no terminal to ask.
_WIDTH = 120


def show_tables(rows: Sequence[Row], notes: Sequence[str]) -> None:
    """Print the table to standard output and the notes to standard error."""
    output, errors = Console(), Console(stderr=True)
    if not output.is_terminal:
        output = Console(width=_WIDTH)
    output.print(as_table(rows))
    for note in notes:
        errors.print(note, markup=False, highlight=False)


def save_tables(rows: Sequence[Row], notes: Sequence[str], json_file: Path, markdown: Path) -> None:
    """Write the rows as JSON, and the table with notes below it as Markdown.

    Raises:
        OutputFileFailed: a file or its folder cannot be written.
    """
    for path in (json_file, markdown):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise output_file_error(path, error) from None
    write_text(json_file, as_json(rows))
    write_text(markdown, "\n".join([as_markdown(rows), *(f"{note}\n" for note in notes)]))
