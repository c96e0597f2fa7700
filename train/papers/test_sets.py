"""The degradation sets of the papers, rebuilt from seeds over the faces of our test sets."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from train.data.crop_store import Crop
from train.data.test_sets import SEED, DegradedPicture, degraded_pictures
from train.papers.degradations import DEGRADATIONS

_SAME_FACES = "Test-B"
"""The set whose clean pictures are taken."""


def paper_pictures(
    name: str, crops: Sequence[Crop], count: int, side: int
) -> Iterator[DegradedPicture]:
    """Yield `count` pictures of a set; arguments and errors as in `degraded_pictures`.

    Args:
        name: a key of `DEGRADATIONS`.
        crops, count, side: see there.
    """
    degrade = DEGRADATIONS[name]
    for index, picture in enumerate(degraded_pictures(_SAME_FACES, crops, count, side)):
        rng = np.random.default_rng((SEED, zlib.crc32(name.encode()), index))
        yield replace(picture, degraded=degrade(rng, picture.clean), degradation=None)
