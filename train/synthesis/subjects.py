"""Draws whom to make pictures of: single faces, people with several photos, people who move.

A person is a point of W. Other pictures of that person lie where `train.synthesis.directions`
leads from there, with a little of everything else: light, hair, room. Who has become another
person on the way is left out later, by a recogniser (`train.synthesis.faces`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray
from train.synthesis.generator import FaceGenerator

# Less is all alike, more has failures: looked at.
SPREADS = (0.5, 0.8)
PHOTOS = (4, 8)
FRAMES = (16, 24)
# Deviations of W: how far photos of a person lie apart along the directions, and in all else.
FURTHEST = 2.5
_APART = (0.5, 1.2)
_OTHERWISE = 0.1
# Of a moving head, in cycles per clip and deviations: one pixel of 256 a frame, and up to four.
_CYCLES = (0.4, 1.5)
_SWINGS = (0.2, 1.5)


class Kind(StrEnum):
    """What the pictures of a subject have to do with each other."""

    SINGLE = "single"
    PERSON = "person"
    CLIP = "clip"


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Somebody to make pictures of.

    Attributes:
        kind: a clip's pictures are in the order of time.
        latents: N x 512 float32, one point of W for each picture.
    """

    kind: Kind
    latents: FloatArray


def draw_subjects(
    rng: np.random.Generator,
    generator: FaceGenerator,
    directions: FloatArray,
    counts: dict[Kind, int],
) -> Sequence[Subject]:
    """So many subjects of each kind, mixed; `directions` from `load_or_fit`."""
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    order = rng.permutation(len(kinds))
    return [_DRAW[kinds[int(index)]](rng, generator, directions) for index in order]


def _single(rng: np.random.Generator, generator: FaceGenerator, directions: FloatArray) -> Subject:
    return Subject(Kind.SINGLE, generator.latent(rng, rng.uniform(*SPREADS))[None])


def _person(rng: np.random.Generator, generator: FaceGenerator, directions: FloatArray) -> Subject:
    count = int(rng.integers(PHOTOS[0], PHOTOS[1] + 1))
    steps = rng.standard_normal((count, len(directions))) * rng.uniform(*_APART)
    otherwise = _OTHERWISE * rng.standard_normal((count, len(generator.components)))
    latents = _along(rng, generator, directions, steps) + otherwise @ generator.components
    return Subject(Kind.PERSON, np.asarray(latents, np.float32))


def _clip(rng: np.random.Generator, generator: FaceGenerator, directions: FloatArray) -> Subject:
    count, ways = int(rng.integers(FRAMES[0], FRAMES[1] + 1)), len(directions)
    start = 0.6 * rng.standard_normal(ways)
    swings = rng.uniform(*_SWINGS) * rng.standard_normal(ways)
    cycles, phases = rng.uniform(*_CYCLES, ways), rng.uniform(0, 1, ways)
    time = np.arange(count)[:, None] / count
    steps = start + swings * np.sin(2 * np.pi * (cycles * time + phases))
    return Subject(Kind.CLIP, _along(rng, generator, directions, steps))


def _along(
    rng: np.random.Generator,
    generator: FaceGenerator,
    directions: FloatArray,
    steps: NDArray[np.float64],
) -> FloatArray:
    """N points around a newly drawn one; `steps` N x 8, in deviations."""
    base = generator.latent(rng, rng.uniform(*SPREADS))
    return np.asarray(base + np.clip(steps, -FURTHEST, FURTHEST) @ directions, np.float32)


_DRAW = {Kind.SINGLE: _single, Kind.PERSON: _person, Kind.CLIP: _clip}
