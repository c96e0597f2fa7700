"""Every figure of one restored picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from skimage.metrics import structural_similarity

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.measurement.fidelity import psnr
from train.data.test_sets import DegradedPicture
from train.evaluation.networks import as_tensor
from train.evaluation.niqe import PristineModel, niqe
from train.evaluation.recognition import Gallery, SFace
from train.models.lpips import LPIPS

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Score:
    """One method on one picture; None where a figure has no meaning.

    Attributes:
        person: whose picture it is.
        psnr: dB.
        rank: people of the gallery who look more like the result than the person.
    """

    person: str
    psnr: float | None
    ssim: float | None
    lpips: float | None
    niqe: float | None
    id_cosine: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Judge:
    """What scores a picture."""

    recogniser: SFace
    gallery: Gallery
    lpips: LPIPS
    pristine: PristineModel

    def score(
        self, picture: DegradedPicture, results: Mapping[Key, FloatArray]
    ) -> dict[Key, Score]:
        """Judge what several methods made of one picture.

        Args:
            picture: with its truth.
            results: H x W x 3 float32, RGB, 0..1 each.
        """
        truth = self.recogniser.embed(picture.clean)
        distances = self._distances(picture.clean, list(results.values()))
        scores = {}
        for (key, result), distance in zip(results.items(), distances, strict=True):
            # Windows of 7 x 7, all pixels alike: with those the published tables were made.
            ssim: Any = structural_similarity(picture.clean, result, channel_axis=2, data_range=1)  # type: ignore[no-untyped-call]
            embedding = self.recogniser.embed(result)
            scores[key] = Score(
                person=picture.crop.person,
                psnr=psnr(picture.clean, result),
                ssim=float(ssim),
                lpips=distance,
                niqe=niqe(result, self.pristine),
                id_cosine=float(truth @ embedding),
                rank=self.gallery.rank(embedding, picture.crop),
            )
        return scores

    @torch.inference_mode()
    def _distances(self, clean: FloatArray, results: list[FloatArray]) -> list[float]:
        # One batch, so that the features of the truth are computed once.
        distances: list[float] = self.lpips(
            torch.cat([as_tensor(result) for result in results]), as_tensor(clean)
        ).tolist()
        return distances
