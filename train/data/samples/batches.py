"""Draws training batches: clean windows, their degradation and their reference features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.degradation.kernels import draw_kernel
from nasfe_cam.degradation.parameters import Degradation, DegradationRanges
from nasfe_cam.degradation.webcam import NO_ARTEFACTS, WebcamArtefacts, WebcamRanges
from train.data.crop_store import Crop, read_crop
from train.data.identity_cache import IdentityCache
from train.experiment import Windows

MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """One training batch on the CPU.

    Attributes:
        clean: N x 3 x W x W float32, RGB, 0..1.
        noise: N x 1 x C x C float32, standard normal; C is the side at which the
            camera captures the window, an even number.
        degradations: what to do to each picture.
        artefacts: what its camera adds after the sensor.
        identity: N x 256 x W/8 x W/8 float32; zeros where nobody is enrolled.
        enrolled: indices of the samples that have identity features.
        whole_faces: the windows are whole crops, so that recognition can look at them.
    """

    clean: Tensor
    noise: Tensor
    degradations: list[Degradation]
    artefacts: list[WebcamArtefacts]
    identity: Tensor
    enrolled: list[int]
    whole_faces: bool

    def to(self, device: torch.device) -> Batch:
        """The same batch with its tensors on a device."""
        return replace(
            self,
            clean=self.clean.to(device),
            noise=self.noise.to(device),
            identity=self.identity.to(device),
        )


class BatchSampler:
    """Makes the batch of any training step from (seed, step) alone, so that resuming is exact.

    Args:
        crops: training crops.
        identities: reference features; None trains without identity.
        windows: the kinds of windows; every batch is of one kind.
        seed: of everything random.
        ranges: of the degradations.
        captured: how often, and at which part of W, the camera captures the window at
            another size than W: a face that is small in the picture is enlarged
            with its noise, a large one is reduced.
        webcam_share: part of the pictures that get what real webcams do beside eq. 1.
        identity_share: how often a person with photos is shown with them; the rest
            are shown as if nobody were enrolled (identity dropout).
        rows: indices of the crops that may be drawn; None allows all.
        kernels: how many blur kernels are prepared (the paper: 25,000).
    """

    def __init__(
        self,
        crops: Sequence[Crop],
        identities: IdentityCache | None,
        *,
        windows: Sequence[Windows],
        seed: int,
        ranges: DegradationRanges,
        captured: tuple[float, tuple[float, float]] = (0.0, (1.0, 1.0)),
        webcam_share: float = 0.0,
        identity_share: float = 0.6,
        rows: Sequence[int] | None = None,
        kernels: int = 5000,
    ) -> None:
        self._crops = crops
        self._large_enough = {
            side: [i for i in rows or range(len(crops)) if crops[i].side >= side]
            for side in {kind.side for kind in windows}
        }
        self._windows = windows
        self._shares = np.array([kind.share for kind in windows])
        self._shares /= self._shares.sum()
        self._identities = identities
        self._seed = seed
        self._identity_share = identity_share
        self._ranges = ranges
        self._webcam_share = webcam_share
        self._captured_share, self._captured_scale = captured
        rng = np.random.default_rng(seed)
        self._kernels = [
            draw_kernel(rng, self._ranges.gaussian_kernel_share) for _ in range(kernels)
        ]

    def draw(self, step: int) -> Batch:
        """The batch of one step."""
        rng = np.random.default_rng((self._seed, step))
        kind = self._windows[int(rng.choice(len(self._windows), p=self._shares))]
        window, grid = kind.side, kind.side // 8
        possible = self._large_enough[window]
        clean = np.empty((kind.batch, window, window, 3), np.float32)
        identity = torch.zeros(kind.batch, 256, grid, grid)
        enrolled = []
        for row, chosen in enumerate(rng.integers(len(possible), size=kind.batch)):
            index = possible[int(chosen)]
            picture = read_crop(self._crops[index])
            side, left, top, flipped = _place(rng, kind, picture.shape[0])
            clean[row] = _window_of(picture, side, left, top, window, flipped)
            references = self._references(rng, index)
            if references is not None:
                identity[row] = _features_window(references, side, left, top, window, flipped)
                enrolled.append(row)
        captured = window
        if rng.random() < self._captured_share:
            captured = 2 * round(window * rng.uniform(*self._captured_scale) / 2)
        noise = rng.standard_normal((kind.batch, 1, captured, captured), np.float32)
        return Batch(
            clean=torch.from_numpy(clean).permute(0, 3, 1, 2),
            noise=torch.from_numpy(noise),
            degradations=[self._ranges.sample(rng, self._kernels) for _ in range(kind.batch)],
            artefacts=[self._artefacts(rng) for _ in range(kind.batch)],
            identity=identity,
            enrolled=enrolled,
            whole_faces=kind.whole_faces,
        )

    def _artefacts(self, rng: np.random.Generator) -> WebcamArtefacts:
        return WebcamRanges().sample(rng) if rng.random() < self._webcam_share else NO_ARTEFACTS

    def _references(self, rng: np.random.Generator, index: int) -> FloatArray | None:
        if self._identities is None or rng.random() >= self._identity_share:
            return None
        rows = self._identities.references.get(index)
        if not rows:
            return None
        count = min(len(rows), int(rng.integers(1, MOST_REFERENCES + 1)))
        return self._identities.mean_of(rng.choice(rows, count, replace=False).tolist())


def _place(rng: np.random.Generator, kind: Windows, stored: int) -> tuple[int, int, int, bool]:
    largest = kind.side if kind.whole_faces else stored
    side = int(rng.integers(kind.side // 8, largest // 8 + 1)) * 8
    left, top = (int(v) * 8 for v in rng.integers(0, (side - kind.side) // 8 + 1, 2))
    return side, left, top, bool(rng.random() < 0.5)


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
