"""What a training step of the papers' networks is shown: whole faces, their guides, landmarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH, normalised_photo
from nasfe_cam.faces.warp import WarpTarget, warp
from train.guided.scenes.cameras import Camera
from train.guided.scenes.landmark_errors import LandmarkErrors
from train.guided.scenes.photos import Photo, PhotoPool
from train.papers.degradations import DEGRADATIONS
from train.papers.landmarks import MIRRORED, guide_score, sixty_eight


class GuidesMissing(NasfeError):
    code = "guides-missing"
    text = "Nobody among the training faces has several photos, of which one could guide."
    remedy = "Prepare photos with names of people, or make people with nasfe-train synthesise."


NASFE = "NASFE"
"""The degradation of NASFE (eq. 1 of Yasarla and others): Test-BNL's, drawn at random."""

WEBCAM = "webcam"
"""Webcams as they are sold."""


@dataclass(frozen=True, slots=True, eq=False)
class PaperBatch:
    """One step.

    Attributes:
        clean, degraded: N x 3 x S x S float32, RGB, 0..1.
        guide: N x 3 x S x S, another photo of the person as it is; zeros for nobody's.
        guidance: N x 4 x S x S, the camera's input of that name: the photo warped onto the face
            by landmarks; zeros for nobody's.
        landmarks, guide_landmarks: N x 68 x 2, x and y, 0..1 from edge to edge.
        guided: N, whether there is a guide.
    """

    clean: Tensor
    degraded: Tensor
    guide: Tensor
    guidance: Tensor
    landmarks: Tensor
    guide_landmarks: Tensor
    guided: Tensor

    def to(self, device: torch.device) -> PaperBatch:
        """The same batch on a device."""
        moved = {name: getattr(self, name).to(device) for name in self.__dataclass_fields__}
        return replace(self, **moved)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pictures of a training are.

    Attributes:
        side: S.
        batch: N.
        degradation: `NASFE`, `WEBCAM` or a key of `DEGRADATIONS`; several are drawn alike often.
        guides: whether people with several photos are shown, and guides with them.
        warped: whether guides are warped by landmarks too.
        no_guide_share: of the pictures that are shown without theirs.
    """

    side: int
    batch: int
    degradation: tuple[str, ...]
    guides: bool = False
    warped: bool = False
    no_guide_share: float = 0.0


class PaperSampler:
    """Makes the batch of any step from (seed, step) alone, so that resuming is exact.

    Args:
        pool: all photos; asked for each batch.
        shown: what is shown.
        seed: of everything random.
        kernels: from `train.guided.scenes.cameras.draw_kernels`, for NASFE's degradation.
    """

    def __init__(
        self,
        pool: Callable[[], PhotoPool],
        shown: Shown,
        seed: int,
        kernels: list[FloatArray],
    ) -> None:
        self._pool = pool
        self._shown = shown
        self._seed = seed
        self._kernels = kernels

    def draw(self, step: int) -> PaperBatch:
        """The batch of a step."""
        pool = self._pool()
        rng = np.random.default_rng((self._seed, step))
        rows = [self._sample(rng, pool) for _ in range(self._shown.batch)]
        clean, degraded, guide, guidance, own, other, guided = zip(*rows, strict=True)
        return PaperBatch(
            _pictures(clean),
            _pictures(degraded),
            _pictures(guide),
            torch.from_numpy(np.stack(guidance)).contiguous(memory_format=torch.channels_last),
            torch.from_numpy(np.stack(own)),
            torch.from_numpy(np.stack(other)),
            torch.tensor(guided),
        )

    def _sample(
        self, rng: np.random.Generator, pool: PhotoPool
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, bool]:
        shown, side = self._shown, self._shown.side
        photo, guide = _drawn(rng, pool, shown.guides)
        mirrored, mirrored_guide = rng.random() < 0.5, rng.random() < 0.5
        clean = _at(photo, side, mirrored)
        landmarks = _landmarks(photo, mirrored)
        degraded = self._degraded(rng, clean)
        if rng.random() < shown.no_guide_share:
            guide = None
        if guide is None:
            nothing = np.zeros((side, side, 3), np.float32)
            no_warp = np.zeros((4, side, side), np.float32)
            return clean, degraded, nothing, no_warp, landmarks, landmarks, False
        guidance = np.zeros((4, side, side), np.float32)
        if shown.warped:
            guidance = _warped(rng, photo, guide, side, mirrored)
        return (
            clean,
            degraded,
            _at(guide, side, mirrored_guide),
            guidance,
            landmarks,
            _landmarks(guide, mirrored_guide),
            True,
        )

    def _degraded(self, rng: np.random.Generator, clean: FloatArray) -> FloatArray:
        names = self._shown.degradation
        name = names[int(rng.integers(len(names)))]
        if name in DEGRADATIONS:
            return DEGRADATIONS[name](rng, clean)
        return Camera(rng, self._kernels, name == WEBCAM).take(clean)[0]


def choose_guide(photos: Sequence[Photo]) -> int:
    """Which of a person's photos guides: the frontal one with eyes open."""
    return int(np.argmax([guide_score(photo.landmarks) for photo in photos]))


def _drawn(rng: np.random.Generator, pool: PhotoPool, guides: bool) -> tuple[Photo, Photo | None]:
    """A photo that is degraded, and the one that guides; never the same."""
    if not guides:
        return pool.any_photo(rng), None
    groups = [group for group in (pool.people, pool.clips) if group]
    if not groups:
        raise GuidesMissing
    people = groups[int(rng.integers(len(groups)))]
    photos = people[int(rng.integers(len(people)))]
    guide = choose_guide(photos)
    others = [photo for index, photo in enumerate(photos) if index != guide]
    return others[int(rng.integers(len(others)))], photos[guide]


def _at(photo: Photo, side: int, mirrored: bool) -> FloatArray:
    levels = photo.at(side)
    if mirrored:
        levels = levels[:, ::-1]
    return np.ascontiguousarray(levels, np.float32) / np.float32(255)


def _landmarks(photo: Photo, mirrored: bool) -> FloatArray:
    points = sixty_eight(photo.landmarks)
    if mirrored:
        points = points[MIRRORED] * np.array([-1, 1], np.float32) + np.array([1, 0], np.float32)
    return np.ascontiguousarray(points, np.float32)


def _warped(
    rng: np.random.Generator, photo: Photo, guide: Photo, side: int, mirrored: bool
) -> FloatArray:
    levels: Image = normalised_photo(guide.at(side), guide.landmarks)
    # The face's landmarks are found on a restored picture, with errors.
    found = LandmarkErrors(rng).next(photo.landmarks)
    field = WarpTarget(found).field_from(guide.landmarks, GUIDANCE_REACH)
    guidance = warp(levels, field, side, levels=GUIDANCE_LEVELS)
    return np.ascontiguousarray(guidance[..., ::-1]) if mirrored else guidance


def _pictures(rows: Sequence[FloatArray]) -> Tensor:
    return torch.from_numpy(np.stack(rows)).permute(0, 3, 1, 2)
