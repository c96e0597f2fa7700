"""Draws training batches: clean windows, their degradation and their reference features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from nasfe_cam.degradation import Degradation, DegradationRanges
from nasfe_cam.degradation.kernels import draw_kernel
from nasfe_cam.frame import FloatArray, Image
from train.data.archives import Crop, read_crop
from train.data.identity_cache import IdentityCache

MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """One training batch on the CPU.

    Attributes:
        clean: N x 3 x W x W float32, RGB, 0..1.
        noise: N x 1 x W x W float32, standard normal.
        degradations: what to do to each picture.
        identity: N x 256 x W/8 x W/8 float32; zeros where nobody is enrolled.
        enrolled: indices of the samples that have identity features.
    """

    clean: Tensor
    noise: Tensor
    degradations: list[Degradation]
    identity: Tensor
    enrolled: list[int]


class BatchSampler:
    """Makes the batch of any training step from (seed, step) alone, so that resuming is exact.

    Args:
        crops: training crops.
        identities: reference features; None trains without identity.
        batch: pictures per batch.
        window: side of the square windows, a multiple of 8.
        seed: of everything random.
        whole_faces: every window is a whole crop, scaled; else a random part of one.
        identity_share: how often a person with photos is shown with them; the
            rest is the identity dropout of DESIGN section 2.
        kernels: how many blur kernels are prepared (the paper: 25,000).
    """

    def __init__(
        self,
        crops: Sequence[Crop],
        identities: IdentityCache | None,
        *,
        batch: int,
        window: int,
        seed: int,
        whole_faces: bool = False,
        identity_share: float = 0.6,
        kernels: int = 5000,
    ) -> None:
        self._crops = [crop for crop in crops if crop.side >= window]
        self._index = [i for i, crop in enumerate(crops) if crop.side >= window]
        self._identities = identities
        self._batch = batch
        self._window = window
        self._seed = seed
        self._whole_faces = whole_faces
        self._identity_share = identity_share
        self._ranges = DegradationRanges()
        rng = np.random.default_rng(seed)
        self._kernels = [
            draw_kernel(rng, self._ranges.gaussian_kernel_share) for _ in range(kernels)
        ]

    def draw(self, step: int) -> Batch:
        """The batch of one step."""
        rng = np.random.default_rng((self._seed, step))
        chosen = rng.integers(len(self._crops), size=self._batch)
        grid = self._window // 8
        clean = np.empty((self._batch, self._window, self._window, 3), np.float32)
        identity = torch.zeros(self._batch, 256, grid, grid)
        enrolled = []
        for row, crop_index in enumerate(chosen):
            picture = read_crop(self._crops[crop_index])
            side, left, top, flipped = self._place(rng, picture.shape[0])
            clean[row] = _window_of(picture, side, left, top, self._window, flipped)
            references = self._references(rng, self._index[crop_index])
            if references is not None:
                identity[row] = _features_window(references, side, left, top, self._window, flipped)
                enrolled.append(row)
        noise = rng.standard_normal((self._batch, 1, self._window, self._window), np.float32)
        return Batch(
            clean=torch.from_numpy(clean).permute(0, 3, 1, 2),
            noise=torch.from_numpy(noise),
            degradations=[self._ranges.sample(rng, self._kernels) for _ in range(self._batch)],
            identity=identity,
            enrolled=enrolled,
        )

    def _place(self, rng: np.random.Generator, stored: int) -> tuple[int, int, int, bool]:
        largest = self._window if self._whole_faces else stored
        side = int(rng.integers(self._window // 8, largest // 8 + 1)) * 8
        left, top = (int(v) * 8 for v in rng.integers(0, (side - self._window) // 8 + 1, 2))
        return side, left, top, bool(rng.random() < 0.5)

    def _references(self, rng: np.random.Generator, index: int) -> FloatArray | None:
        if self._identities is None or rng.random() >= self._identity_share:
            return None
        rows = self._identities.references.get(index)
        if not rows:
            return None
        count = min(len(rows), int(rng.integers(1, MOST_REFERENCES + 1)))
        return self._identities.mean_of(rng.choice(rows, count, replace=False).tolist())


def _window_of(
    picture: Image, side: int, left: int, top: int, window: int, flipped: bool
) -> FloatArray:
    if side != picture.shape[0]:
        scaled = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
        picture = np.asarray(scaled, np.uint8)
    part = picture[top : top + window, left : left + window]
    return np.asarray(part[:, ::-1] if flipped else part, np.float32) / np.float32(255)


def _features_window(
    features: FloatArray, side: int, left: int, top: int, window: int, flipped: bool
) -> Tensor:
    """Cut the part of the reference features that lies over the window."""
    grid = window // 8
    scale = window / side
    centre_x = (2 * left + window) / side - 1
    centre_y = (2 * top + window) / side - 1
    theta = torch.tensor(
        [[[-scale if flipped else scale, 0, centre_x], [0, scale, centre_y]]], dtype=torch.float32
    )
    sampling = F.affine_grid(theta, [1, 256, grid, grid], align_corners=False)
    tensor = torch.from_numpy(features)[None]
    return F.grid_sample(tensor, sampling, padding_mode="border", align_corners=False)[0]
