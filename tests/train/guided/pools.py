"""A small pool of made-up photos, and a network that is trained in seconds."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.facing import FACING_LANDMARKS, FRONTAL
from train.guided.scenes.photos import Photo, PhotoPool
from train.models.guided.network import GuidedSize
from train.models.nasfe.fusion_cell import Place

SIDE = 160

TINY = GuidedSize(8, 16, (Place(8, 8), Place(8, 16), Place(8, 16), Place(8, 8)), 8, 1)


def landmarks(seed: int = 0) -> FloatArray:
    rng = np.random.default_rng(0)
    angle, radius = rng.uniform(0, 2 * np.pi, 478), np.sqrt(rng.uniform(0, 1, 478))
    points = np.stack([0.5 + 0.26 * radius * np.cos(angle), 0.6 + 0.3 * radius * np.sin(angle)], 1)
    points[FACING_LANDMARKS] = FRONTAL
    shift = 0.02 * np.random.default_rng(seed).standard_normal(2)
    return (points + shift).astype(np.float32)


def photo(seed: int) -> Photo:
    rng = np.random.default_rng(seed)
    small = rng.integers(20, 236, (10, 10, 3)).astype(np.uint8)
    picture = np.asarray(cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)
    return Photo(lambda: picture, SIDE, landmarks(seed))


def pool() -> PhotoPool:
    return PhotoPool(
        [photo(seed) for seed in range(4)],
        [[photo(10 + seed) for seed in range(3)], [photo(20 + seed) for seed in range(2)]],
        [[photo(30) for _ in range(12)]],
    )
