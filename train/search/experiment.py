"""A search: everything that decides it, in one committed TOML file."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from train.experiment import Windows, read_experiment


class SearchExperiment(BaseModel):
    """One architecture search; see `train/experiments`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(description="Size preset, a key of train.models.nasfe.presets.SIZES.")
    blocks: int = Field(ge=1, description="B, blocks of every cell.")
    seed: int = Field(0, ge=0, description="Seed of weights, batches and draws.")
    start_from: tuple[str, ...] = Field(
        (), description="Runs whose averaged encoders, decoder and identity part are taken."
    )
    steps: int = Field(ge=1, description="Steps of the weights.")
    architecture_from: int = Field(
        ge=0, description="Step from which the architecture is updated as well, alternately."
    )
    windows: tuple[Windows, ...] = Field(min_length=1, description="What a step looks at.")
    learning_rate: float = Field(gt=0, description="Peak learning rate of the weights (AdamW).")
    architecture_rate: float = Field(gt=0, description="Learning rate of the logits (Adam).")
    draws: int = Field(3, ge=2, description="Architectures that a step compares on one batch.")
    latency_weight: float = Field(
        ge=0, description="Loss per expected millisecond of the fusion network's operators."
    )
    identity_share: float = Field(0.6, ge=0, le=1, description="1 - identity dropout.")
    checkpoint_every: int = Field(100, ge=1, description="Steps between checkpoints.")


def load_search_experiment(path: Path) -> SearchExperiment:
    """Read a search file; errors as in `train.experiment.load_experiment`."""
    return read_experiment(path, SearchExperiment)
