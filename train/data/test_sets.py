"""The test sets of Table 4 (Yasarla, Vaezi Joze and Patel 2021), rebuilt from seeds."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.kernels import (
    LARGEST_MOTION_KERNEL,
    SMALLEST_MOTION_KERNEL,
    gaussian_kernel,
    motion_kernel,
)
from nasfe_cam.degradation.parameters import Degradation
from train.data.crop_store import Crop, by_person, read_crop

SEED = 20210625
IMAGES = 100
MOTION_KERNELS, GAUSSIAN_KERNELS = 40, 12
PAPER_SIDE, PAPER_WIDTH = 176, 144


@dataclass(frozen=True, slots=True)
class DegradedPicture:
    """One degraded picture and its truth.

    Attributes:
        clean, degraded: H x W x 3 float32, RGB, 0..1.
        crop: the photo that it was made from.
        mate: the person's photo in the gallery; None for people with one photo.
        references: other crops of the same person, for identity. The mate is
            among them only where the person has no third photo.
        stranger: crops of another person, to show what false identity does.
        degradation: what was done to it, where that is known.
    """

    clean: FloatArray
    degraded: FloatArray
    crop: Crop
    mate: Crop | None
    references: tuple[Crop, ...]
    stranger: tuple[Crop, ...]
    degradation: Degradation | None = None


def degradations(name: str) -> list[Degradation]:
    """All parameter combinations of a test set; every one applies to every picture.

    The camera response is linear: the paper does not give it, and of the
    response f(L) = L ** (1 / gamma) only gamma near 1 gives the input PSNR of
    its Tables 3 and 5 (`nasfe_cam.degradation.parameters.DegradationRanges`).
    Test-N's printed sigma_s = [0.05, 0.1, 0.05] names one value twice; with it
    the set would hold 600 pictures as printed, and without it 400: it is kept.

    Raises:
        KeyError: unknown name.
    """
    rng = np.random.default_rng(SEED)
    sizes = np.arange(SMALLEST_MOTION_KERNEL, LARGEST_MOTION_KERNEL + 1, 2)
    kernels = [motion_kernel(rng, int(rng.choice(sizes))) for _ in range(MOTION_KERNELS)]
    kernels += [
        gaussian_kernel(rng.uniform(1, 3), rng.uniform(1, 3), rng.uniform(0, np.pi))
        for _ in range(GAUSSIAN_KERNELS)
    ]
    noises = list(product((0.05, 0.1, 0.05), (0.05, 0.1)))
    sets: dict[str, list[Degradation]] = {
        "Test-B": [Degradation(kernel=k) for k in kernels],
        "Test-N": [Degradation(signal_noise=s, constant_noise=c) for s, c in noises],
        "Test-L": [
            Degradation(light=r, signal_noise=s, constant_noise=c)
            for r in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
            for s, c in product((0.05, 0.1), (0.05, 0.1))
        ],
        "Test-BN": [Degradation(k, 1.0, 0.1, 0.05) for k in kernels],
        "Test-BNL": [Degradation(k, r, 0.1, 0.05) for k in kernels for r in (0.15, 0.3)],
    }
    return sets[name]


class NoPictureLargeEnough(NasfeError):
    code = "no-picture-large-enough"
    text = "None of the {count} faces is stored at {side} x {side} pixels or more."
    remedy = "Give larger ones, or a smaller --side."

    count: int
    side: int


def count_pictures(name: str, crops: Sequence[Crop], count: int, side: int = PAPER_SIDE) -> int:
    """How many pictures `degraded_pictures` yields for the same arguments."""
    return min(count, len(_images(crops, side)) * len(degradations(name)))


def degraded_pictures(
    name: str, crops: Sequence[Crop], count: int, side: int = PAPER_SIDE
) -> Iterator[DegradedPicture]:
    """Yield `count` pictures spread evenly over all images and degradations.

    Args:
        name: of the test set.
        crops: the test split.
        count: at most 100 times the degradations; pictures do not depend on it.
        side: 176 gives the paper's 176 x 144, its middle columns; others are
            square. Only crops stored at this size or more, and never at less than
            176, are taken: an enlarged one is no truth.

    Raises:
        NoPictureLargeEnough: there is none.
    """
    images = _images(crops, side)
    people = by_person(crops)
    known = [person for person, rows in people.items() if len(_references(crops, rows)) > 1]
    combinations = degradations(name)
    total = len(images) * len(combinations)
    for index in np.linspace(0, total - 1, min(count, total)).round().astype(int):
        # The picture changes fastest, so that a subset has all pictures and all degradations.
        image, combination = int(index % len(images)), int(index // len(images))
        crop_index = images[image]
        crop = crops[crop_index]
        mate = mate_of(people[crop.person], crop_index)
        clean = scaled(crop, side)
        noise = np.random.default_rng((SEED, int(index))).standard_normal(
            clean.shape[:2], np.float32
        )
        yield DegradedPicture(
            clean=clean,
            degraded=degrade(clean, combinations[combination], noise),
            crop=crop,
            mate=None if mate is None else crops[mate],
            references=_references(crops, people[crop.person], {crop_index, mate})
            or _references(crops, people[crop.person], {crop_index}),
            stranger=_stranger(crops, people, known, crop.person),
            degradation=combinations[combination],
        )


def mate_of(rows: Sequence[int], probe: int | None = None) -> int | None:
    """Which of a person's photos stands in the gallery: the first that is not the probe."""
    return next((row for row in rows if row != probe), None)


def _references(
    crops: Sequence[Crop], rows: Sequence[int], without: Container[int | None] = ()
) -> tuple[Crop, ...]:
    return tuple(crops[row] for row in rows if row not in without and crops[row].side >= PAPER_SIDE)


def _stranger(
    crops: Sequence[Crop], people: dict[str, list[int]], known: Sequence[str], person: str
) -> tuple[Crop, ...]:
    """Photos of the next person with several, in the order of the test split; not the gallery's."""
    after = known.index(person) + 1 if person in known else 0
    others = [other for other in (*known[after:], *known[:after]) if other != person]
    if not others:
        return ()
    rows = people[others[0]]
    return _references(crops, rows, {mate_of(rows)})


def _images(crops: Sequence[Crop], side: int) -> list[int]:
    smallest = max(side, PAPER_SIDE)
    large = [index for index, crop in enumerate(crops) if crop.side >= smallest]
    if not large:
        raise NoPictureLargeEnough(len(crops), smallest)
    chosen = np.random.default_rng(SEED).permutation(len(large))[:IMAGES]
    return [large[i] for i in chosen]


def scaled(crop: Crop, side: int) -> FloatArray:
    """A crop as the test sets show it: H x W x 3 float32, RGB, 0..1; see `degraded_pictures`."""
    picture = cv2.resize(read_crop(crop), (side, side), interpolation=cv2.INTER_AREA)
    clean = np.asarray(picture, np.float32) / np.float32(255)
    if side != PAPER_SIDE:
        return clean
    left = (PAPER_SIDE - PAPER_WIDTH) // 2
    return np.ascontiguousarray(clean[:, left : left + PAPER_WIDTH])
