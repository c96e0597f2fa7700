"""An experiment: everything that decides a training run, in one committed TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nasfe_cam.core.errors import NasfeError
from train.models.nasfe.task_network import Task


class ExperimentRefused(NasfeError):
    code = "experiment-refused"
    text = "Experiment {path} is refused: {reason}."
    remedy = "Correct the file."

    path: Path
    reason: str


class Windows(BaseModel):
    """One way of cutting training pictures; a step draws one of the experiment's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    side: int = Field(ge=32, multiple_of=16, description="Side of the square windows, in pixels.")
    batch: int = Field(ge=1, description="Pictures in a step of this kind.")
    whole_faces: bool = Field(
        False, description="Scale whole crops to the window, as the identity loss needs them."
    )
    share: float = Field(1.0, gt=0, description="How often, beside the others.")


class Experiment(BaseModel):
    """One training run; see `train/experiments`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(description="Size preset, a key of train.models.nasfe.presets.SIZES.")
    genotype: str = Field("", description="File in train/genotypes, without its ending.")
    seed: int = Field(0, ge=0, description="Seed of weights, batches and noise.")
    steps: int = Field(ge=1, description="Optimiser steps in all.")
    windows: tuple[Windows, ...] = Field(min_length=1, description="What a step may look at.")
    accumulate: int = Field(1, ge=1, description="Batches whose gradients a step averages.")
    learning_rate: float = Field(gt=0, description="Peak learning rate of AdamW.")
    warmup: int = Field(ge=0, description="Steps in which the learning rate rises.")
    decay_from: int = Field(ge=0, description="Step from which the learning rate falls to zero.")
    identity_share: float = Field(0.6, ge=0, le=1, description="1 - identity dropout.")
    task: Task | None = Field(
        None, description="Train this encoder alone, on its own task; default: the whole network."
    )
    start_from: tuple[str, ...] = Field(
        (), description="Runs whose averaged weights are taken by name; later ones win."
    )
    all_three_share: float = Field(
        0.65, ge=0, le=1, description="Share of pictures with blur, noise and low light."
    )
    linear_response_share: float = Field(
        0.8, ge=0, le=1, description="Share of pictures from a camera with linear response."
    )
    webcam_share: float = Field(
        0.0, ge=0, le=1, description="Share of pictures with compression, sharpening and the like."
    )
    use_classes: bool = Field(
        True, description="Show the network the class vector c; false shows it zeros."
    )
    captured_share: float = Field(
        0.0, ge=0, le=1, description="Share of steps in which the camera sees another size."
    )
    captured_scale: tuple[float, float] = Field(
        (0.5, 1.5), description="That size, as a part of the window's side."
    )
    lambda_ssim: float = Field(0.0, ge=0, description="Weight of 1 - SSIM beside eq. 9.")
    lambda_per: float = Field(0.0, ge=0, description="Weight of the perceptual loss (eq. 9).")
    perceptual_pictures: int = Field(
        4, ge=1, description="Pictures of a batch that the perceptual loss looks at."
    )
    lambda_iden: float = Field(0.0, ge=0, description="Weight of the identity loss (eq. 9).")
    lambda_adversarial: float = Field(
        0.0, ge=0, description="Weight of the adversarial loss (eq. 6 of HiFaceGAN)."
    )
    lambda_matching: float = Field(
        0.0, ge=0, description="Weight of the feature matching loss (eq. 6 of HiFaceGAN)."
    )
    discriminator_rate: float = Field(
        2e-4, gt=0, description="Learning rate of the discriminator's Adam."
    )
    features_every: int = Field(
        1, ge=1, description="Steps between those with any loss on features or verdicts."
    )
    ema_decay: float = Field(0.999, ge=0, lt=1, description="Decay of the averaged weights.")
    checkpoint_every: int = Field(500, ge=1, description="Steps between checkpoints.")


def load_experiment(path: Path) -> Experiment:
    """Read the experiment file of a training run; errors as in `read_experiment`."""
    return read_experiment(path, Experiment)


Kind = TypeVar("Kind", bound=BaseModel)


def read_experiment(path: Path, kind: type[Kind]) -> Kind:
    """Read an experiment file.

    Raises:
        ExperimentRefused: missing file, invalid TOML, unknown key or refused value.
    """
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ExperimentRefused(path, f"it cannot be read ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ExperimentRefused(path, f"{name}: {first['msg']}") from None
