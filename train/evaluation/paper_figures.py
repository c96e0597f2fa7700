"""The figures that HiFaceGAN's tables have and ours have not: MS-SSIM, FED, LLE and FID.

They are gathered beside the others, while `evaluate` runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from train.data.test_sets import DegradedPicture
from train.evaluation.frechet import (
    FEATURE_NETWORK,
    Moments,
    features_of_picture,
    frechet_distance,
)
from train.evaluation.metrics import Judge, Score
from train.evaluation.ms_ssim import ms_ssim
from train.evaluation.networks import as_square
from train.models.vgg import VGGFeatures

Key = TypeVar("Key")
FindLandmarks = Callable[[Image], FloatArray | None]
"""Landmarks of an S x S x 3 uint8 BGR crop, N x 2, 0..1; None where no face is found."""

COLUMNS = ("method", "identity", "MS-SSIM", "FED", "LLE", "faces found", "FID", "n")


@dataclass(slots=True)
class Figures:
    """Of one method; `found` tells of how many pictures the landmarks were found."""

    ms_ssim: list[float] = field(default_factory=list)
    fed: list[float] = field(default_factory=list)
    lle: list[float] = field(default_factory=list)
    moments: Moments = field(default_factory=Moments)
    clean: Moments = field(default_factory=Moments)


@dataclass(frozen=True, slots=True)
class PaperJudge:
    """Scores as `Judge` does, and keeps the other figures.

    Attributes:
        judge: of the usual ones.
        vgg: features of FID.
        find: landmarks of LLE.
        landmarks: of the clean crops by name, 0..1; NaN where none were found.
        figures: by what was scored, filled as it goes.
    """

    judge: Judge
    vgg: VGGFeatures
    find: FindLandmarks
    landmarks: Mapping[str, FloatArray]
    figures: dict[object, Figures] = field(default_factory=lambda: defaultdict(Figures))

    def score(
        self, picture: DegradedPicture, results: Mapping[Key, FloatArray]
    ) -> dict[Key, Score]:
        """See `Judge.score`.

        FED is the L2 distance between the embeddings (SFace's) of restored and clean picture. LLE
        is that between landmarks, mean over them, in pixels.
        """
        clean = features_of_picture(self.vgg, picture.clean)
        embedding = self.judge.recogniser.embed(picture.clean)
        true = self.landmarks.get(picture.crop.name)
        for key, result in results.items():
            kept = self.figures[key]
            similarity = ms_ssim(picture.clean, result)
            if similarity is not None:
                kept.ms_ssim.append(similarity)
            difference = self.judge.recogniser.embed(result) - embedding
            kept.fed.append(float(np.linalg.norm(difference)))
            kept.moments.add(features_of_picture(self.vgg, result))
            kept.clean.add(clean)
            if true is not None and np.isfinite(true).all():
                found = self.find(as_square(result))
                if found is not None and np.isfinite(found).all():
                    off = np.linalg.norm(found - true, axis=1).mean() * result.shape[0]
                    kept.lle.append(float(off))
        return self.judge.score(picture, results)

    def table(self) -> str:
        """A Markdown table, with a line about FID below it."""
        lines = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
        for key, kept in self.figures.items():
            method, identity = key if isinstance(key, tuple) else (str(key), "")
            cells = [
                str(method),
                str(identity),
                _mean(kept.ms_ssim, 3),
                _mean(kept.fed, 3),
                _mean(kept.lle, 2),
                str(len(kept.lle)),
                _shown(frechet_distance(kept.moments, kept.clean), 2),
                str(kept.moments.count),
            ]
            lines.append(f"| {' | '.join(cells)} |")
        lines.append(
            f"\nFID by {FEATURE_NETWORK}; n pictures each, and the clean ones of the same."
        )
        return "\n".join(lines)


def _mean(values: list[float], digits: int) -> str:
    return _shown(float(np.mean(values)) if values else None, digits)


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
