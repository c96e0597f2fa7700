"""What decides a training of the guided network, in one committed TOML file."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from train.experiment import read_experiment


class GuidedExperiment(BaseModel):
    """One training; see `train/experiments/guided`. A change takes effect at the next start."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(description="Size preset of train/models/guided/presets.py.")
    genotype: str = Field("", description="File in train/genotypes, without its ending.")
    from_committed: bool = Field(
        True, description="Begin with the committed weights of the network, where there are any."
    )
    seed: int = Field(0, ge=0, description="Seed of weights and of what is shown.")
    pictures: int = Field(ge=1, description="Pictures in all, over all sessions.")
    batch: int = Field(8, ge=1, description="Slots that film at once.")
    height: int = Field(128, ge=64, multiple_of=16, description="Of the windows, in pixels.")
    width: int = Field(128, ge=64, multiple_of=16, description="Of the windows, in pixels.")
    sides: tuple[int, int] = Field((144, 224), description="Of the crops that are windowed.")
    learning_rate: float = Field(gt=0, description="Of AdamW, until the cool-down.")
    warmup: int = Field(200, ge=0, description="Steps without an optimiser's past that rise.")
    cooldown_from: int = Field(
        ge=0, description="Pictures from which the learning rate falls to zero at the end."
    )
    ema_decay: float = Field(0.999, ge=0, lt=1, description="Of the averaged weights, a step.")
    webcam_share: float = Field(0.5, ge=0, le=1, description="Of streams from real webcams.")
    classes_share: float = Field(
        0.85, ge=0, le=1, description="Of frames that show the class vector; the others zeros."
    )
    guidance: bool = Field(True, description="False never shows a photo (ablation).")
    memory: bool = Field(True, description="False never shows the memory (ablation).")
    lambda_spectrum: float = Field(0.5, ge=0, description="Weight of the spectrum's L1 loss.")
    lambda_perceptual: float = Field(
        0.0, ge=0, description="Weight of the perceptual loss, in the cool-down alone."
    )
    perceptual_pictures: int = Field(
        2, ge=1, description="Pictures of a step that it looks at: it costs as much as four."
    )
    lambda_identity: float = Field(
        0.0,
        ge=0,
        description="Weight of the identity loss (eq. 8), in the cool-down alone, on the pictures "
        "that show a whole face.",
    )
    lambda_adversarial: float = Field(
        0.0, ge=0, description="Weight of the adversarial loss, in the cool-down alone."
    )
    lambda_matching: float = Field(
        0.0, ge=0, description="Weight of the feature matching loss that goes with it."
    )
    judged_every: int = Field(
        1, ge=1, description="Steps between two that look at all these; what they say counts more."
    )
    discriminator_learning_rate: float = Field(2e-4, gt=0, description="Of its Adam.")
    minutes_between_checkpoints: float = Field(5.0, gt=0, description="Of the optimiser's state.")


def load_guided_experiment(path: Path) -> GuidedExperiment:
    """Read an experiment; errors as in `read_experiment`."""
    return read_experiment(path, GuidedExperiment)
