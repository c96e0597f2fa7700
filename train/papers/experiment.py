"""What decides a training of one of the papers' networks, in one committed TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from train.experiment import ExperimentRefused, read_experiment
from train.models.gfrnet.network import Guidance
from train.papers.degradations import DEGRADATIONS
from train.papers.samples import NASFE, WEBCAM

PAPER = "paper"
"""The key by which `nasfe-train run` knows these experiments from those of NASFE."""


class PaperExperiment(BaseModel):
    """What all of them have; see `train/experiments/papers`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(description="Size preset.")
    seed: int = Field(0, ge=0, description="Of weights, batches and noise.")
    pictures: int = Field(ge=1, description="In all, over all sessions.")
    batch: int = Field(8, ge=1, description="Pictures of a step.")
    side: int = Field(128, ge=32, multiple_of=16, description="Of the whole faces, in pixels.")
    degradation: tuple[str, ...] = Field(
        (NASFE,), min_length=1, description="Test sets of the papers, NASFE or webcam; drawn."
    )
    learning_rate: float = Field(gt=0, description="Of Adam, before any drop.")
    judge_rate: float = Field(2e-4, gt=0, description="Of the discriminators' Adam.")
    betas: tuple[float, float] = Field((0.5, 0.999), description="Of Adam.")
    drops: tuple[int, ...] = Field((), description="Pictures after which both rates fall tenfold.")
    ema_decay: float = Field(0.999, ge=0, lt=1, description="Of the averaged weights, a step.")
    adversarial_from: int = Field(
        0, ge=0, description="Pictures before which no discriminator learns or judges."
    )
    minutes_between_checkpoints: float = Field(5.0, gt=0, description="Of all that is learnt.")

    @field_validator("degradation")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = (*DEGRADATIONS, NASFE, WEBCAM)
        for name in names:
            if name not in known:
                raise ValueError(f"{name!r} is none of {', '.join(known)}")
        return names

    def scaled(self, part: float) -> Self:
        """The same with another budget, all its turns at the same part of it."""
        numbers = ("pictures", "adversarial_from", "warp_pictures")
        changes: dict[str, object] = {
            name: round(part * getattr(self, name)) for name in numbers if hasattr(self, name)
        }
        changes["drops"] = tuple(round(part * drop) for drop in self.drops)
        return self.model_copy(update=changes)


class HiFaceGANExperiment(PaperExperiment):
    """HiFaceGAN (Yang et al. 2020); weights of eq. 6, and of the paper's added L1 loss."""

    paper: Literal["hifacegan"]
    adaptive: bool = Field(True, description="False convolves alike everywhere (FixConv).")
    spade: bool = Field(True, description="False replaces SPADE by a sum (ablation).")
    lambda_adversarial: float = Field(1.0, ge=0, description="Of eq. 4.")
    lambda_matching: float = Field(10.0, ge=0, description="lambda_FM of eq. 6.")
    lambda_perceptual: float = Field(10.0, ge=0, description="lambda_perc of eq. 6.")
    lambda_l1: float = Field(0.0, ge=0, description="Of the paper's row L1.")


class GFRNetExperiment(PaperExperiment):
    """GFRNet (Li et al. 2018); weights of eq. 6, 8 and 11."""

    paper: Literal["gfrnet"]
    guidance: Guidance = Field(Guidance.FLOW, description="What RecNet is shown.")
    no_guide_share: float = Field(0.0, ge=0, lt=1, description="Of pictures without a guide.")
    warp_pictures: int = Field(0, ge=0, description="At first, of WarpNet and eq. 11 alone.")
    lambda_l2: float = Field(100.0, ge=0, description="lambda_r,0 of eq. 6.")
    lambda_perceptual: float = Field(0.001, ge=0, description="lambda_r,l of eq. 6.")
    lambda_global: float = Field(1.0, ge=0, description="lambda_a,g of eq. 8.")
    lambda_local: float = Field(0.5, ge=0, description="lambda_a,l of eq. 8.")
    lambda_landmarks: float = Field(10.0, ge=0, description="lambda_lm of eq. 11.")
    lambda_variation: float = Field(1.0, ge=0, description="lambda_TV of eq. 11.")

    @field_validator("batch")
    @classmethod
    def _several(cls, batch: int) -> int:
        # At the bottleneck a whole 256 x 256 picture is one pixel, which has no variance.
        if batch < 2:
            raise ValueError("batch normalisation needs two pictures or more")
        return batch


class MMRBExperiment(PaperExperiment):
    """MMRB and StyleGAN2 (Hu et al.); weights of eq. 13 to 16 as in section III-D."""

    paper: Literal["mmrb"]
    plain_blocks: bool = Field(False, description="Plain residual blocks for MMRB (ablation).")
    prior: str = Field(
        "", description="Run of stylegan2, or a file of public weights; empty for none."
    )
    freeze: bool = Field(True, description="FreezeD: hold the discriminator's first layers.")
    prior_rate: float = Field(0.1, gt=0, description="Of the prior, as a part of the codec's.")
    local_rate: float = Field(
        100.0, gt=0, description="Of the local discriminators, likewise of the global one's."
    )
    lambda_global: float = Field(0.5, ge=0, description="lambda_g of eq. 13.")
    lambda_local: float = Field(3.0, ge=0, description="lambda_l of eq. 13; 0 for no regions.")
    lambda_l1: float = Field(8.0, ge=0, description="lambda_l1 of eq. 14.")
    lambda_matching: float = Field(0.02, ge=0, description="lambda_FM of eq. 14.")
    lambda_face: float = Field(10.0, ge=0, description="lambda_FP of eq. 15.")


class PriorExperiment(PaperExperiment):
    """The prior of MMRB: a StyleGAN2 (Karras et al. 2020) on clean faces."""

    paper: Literal["stylegan2"]
    penalty: float = Field(10.0, ge=0, description="Gamma of R1.")
    penalty_every: int = Field(16, ge=1, description="Steps between those with R1.")


KINDS: dict[str, type[PaperExperiment]] = {
    "hifacegan": HiFaceGANExperiment,
    "gfrnet": GFRNetExperiment,
    "mmrb": MMRBExperiment,
    "stylegan2": PriorExperiment,
}


def paper_of(path: Path) -> str | None:
    """Which paper's network an experiment file trains; None for NASFE's, or no readable file."""
    try:
        paper = tomllib.loads(path.read_text(encoding="utf-8")).get(PAPER)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return None if paper is None else str(paper)


def load_paper_experiment(path: Path) -> PaperExperiment:
    """Read an experiment.

    Raises:
        ExperimentRefused: no such paper; or as in `read_experiment`.
    """
    paper = paper_of(path)
    if paper not in KINDS:
        raise ExperimentRefused(path, f"paper: {paper!r} is none of {', '.join(KINDS)}")
    return read_experiment(path, KINDS[paper])
