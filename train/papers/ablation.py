"""The ablations of the papers: rows of one experiment, each with its own changes."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from train.experiment import ExperimentRefused, read_experiment
from train.papers.experiment import KINDS, PAPER, PaperExperiment


class PaperAblationRow(BaseModel):
    """One row: what it changes in the base."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, description="Of the row in the table.")
    changes: dict[str, object] = Field(default_factory=dict, description="Of this row alone.")


class PaperAblation(BaseModel):
    """See `train/experiments/papers/ablation`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: dict[str, object] = Field(description="The experiment of the first row.")
    rows: tuple[PaperAblationRow, ...] = Field(min_length=1)


def load_paper_ablation(path: Path) -> list[tuple[str, PaperExperiment]]:
    """Name and experiment of every row.

    Raises:
        ExperimentRefused: missing file, or a refused value.
    """
    ablation = read_experiment(path, PaperAblation)
    kind = KINDS.get(str(ablation.base.get(PAPER)))
    if kind is None:
        raise ExperimentRefused(path, f"base.{PAPER} is none of {', '.join(KINDS)}")
    rows = []
    for row in ablation.rows:
        try:
            rows.append((row.name, kind.model_validate({**ablation.base, **row.changes})))
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise ExperimentRefused(path, f"{row.name}: {name}: {first['msg']}") from None
    return rows
