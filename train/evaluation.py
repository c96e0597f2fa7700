"""Measures restoration on a test set: PSNR, SSIM and identity cosine, with confidence intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from nasfe_cam.alignment import similarity_transform
from nasfe_cam.frame import FloatArray
from train.data.archives import Crop, read_crop
from train.data.test_sets import DegradedPicture
from train.models.classification import Observer
from train.models.identity_information import normalise_features
from train.models.mobilefacenet import ARCFACE_POINTS, ARCFACE_SIDE, canonical_five_points
from train.models.nasfe import Nasfe

MOST_REFERENCES = 4
BOOTSTRAPS = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; None where a figure is not measured yet."""

    method: str
    test_set: str
    identity: str
    psnr: float
    psnr_interval: tuple[float, float]
    ssim: float
    id_cosine: float | None
    n: int
    lpips: float | None = None
    niqe: float | None = None
    top1: float | None = None
    top5: float | None = None


Embed = Callable[[FloatArray], FloatArray]
"""112 x 112 x 3 RGB in 0..1 to a unit vector."""


def evaluate(
    name: str,
    pictures: Iterable[DegradedPicture],
    restorer: Nasfe,
    observer: Observer,
    embed: Embed | None,
    progress: Callable[[int], None],
) -> list[Row]:
    """Measure the input, histogram equalisation and the network without and with identity.

    The network gets the classifier's c of the degraded picture, as at work.
    Identity is measured on the pictures of people who have other photos; the
    row "none, same pictures" is the network without identity on exactly those.
    """
    scores: dict[tuple[str, str], list[_Score]] = {}
    for done, picture in enumerate(pictures):
        without = _restored(restorer, observer, picture.degraded, None)
        results = {
            ("input", "none"): picture.degraded,
            ("histogram equalisation", "none"): _equalised(picture.degraded),
            ("nasfe-lite", "none"): without,
        }
        if picture.references:
            identity = _identity(observer, picture.references, picture.clean.shape)
            results["nasfe-lite", "none, same pictures"] = without
            results["nasfe-lite", "own"] = _restored(restorer, observer, picture.degraded, identity)
        truth = None if embed is None else embed(_arcface_crop(picture.clean))
        for key, result in results.items():
            scores.setdefault(key, []).append(_score(picture, result, embed, truth))
        progress(done + 1)
    return [_row(method, name, identity, rows) for (method, identity), rows in scores.items()]


@dataclass(frozen=True, slots=True)
class _Score:
    person: str
    psnr: float
    ssim: float
    cosine: float | None


def _score(
    picture: DegradedPicture, result: FloatArray, embed: Embed | None, truth: FloatArray | None
) -> _Score:
    cosine = None
    if embed is not None and truth is not None:
        cosine = float(truth @ embed(_arcface_crop(result)))
    psnr: Any = peak_signal_noise_ratio(picture.clean, result, data_range=1)  # type: ignore[no-untyped-call]
    ssim: Any = structural_similarity(picture.clean, result, channel_axis=2, data_range=1)  # type: ignore[no-untyped-call]
    return _Score(picture.person, float(psnr), float(ssim), cosine)


def _row(method: str, name: str, identity: str, rows: list[_Score]) -> Row:
    cosines = [row.cosine for row in rows if row.cosine is not None]
    return Row(
        method=method,
        test_set=name,
        identity=identity,
        psnr=float(np.mean([row.psnr for row in rows])),
        psnr_interval=_interval(rows),
        ssim=float(np.mean([row.ssim for row in rows])),
        id_cosine=float(np.mean(cosines)) if cosines else None,
        n=len(rows),
    )


def _interval(rows: list[_Score]) -> tuple[float, float]:
    """95 % of the PSNR, by drawing persons (not pictures) with replacement."""
    people: dict[str, list[float]] = {}
    for row in rows:
        people.setdefault(row.person, []).append(row.psnr)
    sums = np.array([sum(values) for values in people.values()])
    counts = np.array([len(values) for values in people.values()])
    drawn = np.random.default_rng(0).integers(len(sums), size=(BOOTSTRAPS, len(sums)))
    low, high = np.percentile(sums[drawn].sum(1) / counts[drawn].sum(1), (2.5, 97.5))
    return float(low), float(high)


@torch.inference_mode()
def _restored(
    restorer: Nasfe, observer: Observer, degraded: FloatArray, identity: torch.Tensor | None
) -> FloatArray:
    face = _tensor(degraded)
    features, mean, std, degradation = observer(face)
    if identity is None:
        identity = torch.zeros_like(features)
    out = restorer(face, identity, mean, std, degradation).clamp(0, 1)
    return np.ascontiguousarray(out[0].permute(1, 2, 0).numpy())


@torch.inference_mode()
def _identity(
    observer: Observer, references: tuple[Crop, ...], shape: tuple[int, ...]
) -> torch.Tensor:
    """N of eq. 7 from other photos of the person, cut like the picture."""
    height, width = shape[:2]
    normalised = []
    for crop in references[:MOST_REFERENCES]:
        photo = cv2.resize(read_crop(crop), (height, height), interpolation=cv2.INTER_AREA)
        features = observer.vgg(_tensor(np.asarray(photo, np.float32) / np.float32(255)))
        normalised.append(normalise_features(features)[0])
    mean = torch.stack(normalised).mean(0)
    left = (height - width) // 2 // 8
    return mean[..., left : left + width // 8]


def _tensor(picture: FloatArray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1)))[None]


def _equalised(picture: FloatArray) -> FloatArray:
    """Histogram equalisation of the luminance ("Histeq" of Table 5)."""
    levels = np.asarray(np.round(picture * 255), np.uint8)
    planes = cv2.cvtColor(levels, cv2.COLOR_RGB2YCrCb)
    planes[..., 0] = cv2.equalizeHist(planes[..., 0])
    return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YCrCb2RGB), np.float32) / np.float32(255)


def _arcface_crop(picture: FloatArray) -> FloatArray:
    """Cut the ArcFace crop out of an aligned picture.

    The pictures are aligned crops, so the five points are where the canonical
    face has them; finding them anew would measure the detector on the input.
    """
    height, width = picture.shape[:2]
    points = canonical_five_points() * height
    points[:, 0] -= (height - width) / 2
    transform = similarity_transform(points, ARCFACE_POINTS)
    crop = cv2.warpAffine(picture, transform, (ARCFACE_SIDE, ARCFACE_SIDE))
    return np.asarray(crop, np.float32)
