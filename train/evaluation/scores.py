"""Every figure of one restored picture, and rows of a table from many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from nasfe_cam.frame import FloatArray
from train.data.test_sets import DegradedPicture
from train.evaluation.niqe import PristineModel, niqe
from train.evaluation.recognition import Gallery, SFace
from train.models.lpips import LPIPS

BOOTSTRAPS = 1000


@dataclass(frozen=True, slots=True)
class Score:
    """One method on one picture; None where a figure has no meaning.

    Attributes:
        person: whose picture it is.
        psnr: dB.
        rank: people of the gallery who look more like the result than the person.
    """

    person: str
    psnr: float
    ssim: float
    lpips: float
    niqe: float
    id_cosine: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Judge:
    """What scores a picture."""

    recogniser: SFace
    gallery: Gallery
    lpips: LPIPS
    pristine: PristineModel

    def truth(self, picture: DegradedPicture) -> FloatArray:
        """Embedding of the clean picture, which all methods are compared with."""
        return self.recogniser.embed(picture.clean)

    def score(self, picture: DegradedPicture, result: FloatArray, truth: FloatArray) -> Score:
        """Judge a result H x W x 3 float32, RGB, 0..1."""
        psnr: Any = peak_signal_noise_ratio(picture.clean, result, data_range=1)  # type: ignore[no-untyped-call]
        ssim: Any = structural_similarity(picture.clean, result, channel_axis=2, data_range=1)  # type: ignore[no-untyped-call]
        embedding = self.recogniser.embed(result)
        with torch.inference_mode():
            distance = self.lpips(_tensor(result), _tensor(picture.clean))
        return Score(
            person=picture.crop.person,
            psnr=float(psnr),
            ssim=float(ssim),
            lpips=float(distance),
            niqe=niqe(result, self.pristine),
            id_cosine=float(truth @ embedding),
            rank=self.gallery.rank(embedding, picture.crop),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. Intervals hold 95 %, by drawing people with replacement.

    Attributes:
        method, test_set, identity: what was done to which pictures; identity says
            whose features the network got: none, own, a stranger's.
        psnr: dB; `ssim`, `id_cosine`: larger is better; `lpips`, `niqe`: smaller.
        top1, top5: percent of the pictures of people with several photos.
        n: pictures.
    """

    method: str
    test_set: str
    identity: str
    psnr: float
    ssim: float
    lpips: float
    niqe: float
    id_cosine: float
    top1: float | None
    top5: float | None
    n: int
    psnr_interval: tuple[float, float]
    id_cosine_interval: tuple[float, float]
    top1_interval: tuple[float, float] | None


def summarise(method: str, test_set: str, identity: str, scores: Sequence[Score]) -> Row:
    """The mean of all scores of one method."""
    ranked = [score for score in scores if score.rank is not None]
    people = [score.person for score in scores]

    def hits(best: int) -> list[float]:
        return [100.0 * (score.rank is not None and score.rank < best) for score in ranked]

    psnr = [score.psnr for score in scores]
    cosine = [score.id_cosine for score in scores]
    return Row(
        method=method,
        test_set=test_set,
        identity=identity,
        psnr=float(np.mean(psnr)),
        ssim=float(np.mean([score.ssim for score in scores])),
        lpips=float(np.mean([score.lpips for score in scores])),
        niqe=float(np.mean([score.niqe for score in scores])),
        id_cosine=float(np.mean(cosine)),
        top1=float(np.mean(hits(1))) if ranked else None,
        top5=float(np.mean(hits(5))) if ranked else None,
        n=len(scores),
        psnr_interval=_interval(people, psnr),
        id_cosine_interval=_interval(people, cosine),
        top1_interval=_interval([s.person for s in ranked], hits(1)) if ranked else None,
    )


def _interval(people: Sequence[str], values: Sequence[float]) -> tuple[float, float]:
    """95 % of the mean, by drawing people (not pictures) with replacement."""
    of_person: dict[str, list[float]] = {}
    for person, value in zip(people, values, strict=True):
        of_person.setdefault(person, []).append(value)
    sums = np.array([sum(own) for own in of_person.values()])
    counts = np.array([len(own) for own in of_person.values()])
    drawn = np.random.default_rng(0).integers(len(sums), size=(BOOTSTRAPS, len(sums)))
    low, high = np.percentile(sums[drawn].sum(1) / counts[drawn].sum(1), (2.5, 97.5))
    return float(low), float(high)


def _tensor(picture: FloatArray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]
