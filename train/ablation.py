"""The rows of Table 6: what each part of NASFE is worth at one equal budget."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from train.experiment import Experiment, read_experiment


class AblationRow(BaseModel):
    """One row: what it changes in the row before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, description="Of the row in the table.")
    changes: dict[str, object] = Field(
        default_factory=dict, description="Fields of the experiment, kept by all later rows."
    )


class Ablation(BaseModel):
    """An ablation file; see `train/experiments/ablation.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: dict[str, object] = Field(description="The experiment of the first row.")
    rows: tuple[AblationRow, ...] = Field(min_length=1)

    def experiments(self) -> list[tuple[str, Experiment]]:
        """Name and experiment of every row, each with all changes so far.

        Raises:
            pydantic.ValidationError: a change names no field, or a refused value.
        """
        values = dict(self.base)
        built = []
        for row in self.rows:
            values |= row.changes
            built.append((row.name, Experiment.model_validate(values)))
        return built


def load_ablation(path: Path) -> Ablation:
    """Read an ablation file; errors as in `train.experiment.read_experiment`."""
    return read_experiment(path, Ablation)
