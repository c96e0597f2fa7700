"""The guided network under test: with nobody's, the person's and a stranger's photo, and memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor, nn

from nasfe_cam.compositing.unsharp_mask import unsharp_mask
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.degradation.camera import degrade
from nasfe_cam.degradation.parameters import Degradation
from nasfe_cam.faces.crop_landmarks import landmarks_of_crop
from nasfe_cam.faces.expression import expression_of, unlikeness
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH, normalised_photo
from nasfe_cam.faces.warp import WarpTarget, Window, warp
from train.data.crop_store import Crop, read_crop
from train.data.test_sets import SEED, DegradedPicture, degradations
from train.evaluation.evaluation_loop import (
    MEMORY,
    NONE,
    OWN,
    OWN_MEMORY,
    OWN_TRUE,
    STRANGER,
)
from train.evaluation.networks import as_levels, as_picture, as_square, as_tensor
from train.models.classification import Observer
from train.models.nasfe.exposure import exposure_gain
from train.models.nasfe.identity_information import live_statistics

FRAMES = 5
"""Of a still face, each with another noise and kernel; the last is the picture of the table."""

MOST_PHOTOS = 10


@dataclass(frozen=True, slots=True, eq=False)
class GuidedUnderTest:
    """The network and what it needs at work.

    Attributes:
        name: in the table.
        network: in eval mode.
        observer: tells the class vector, as at work.
        mesh: finds landmarks on the network's first result, as the live path can.
        landmarks: of the clean test crops by name, 478 x 2, 0..1; NaN where none were found.
        kernels: blur kernels of the frames before.
        off: filled while it restores: by what it was shown, how far landmarks that are found on
            the result are from those of the clean picture (mean of the absolute error, in
            crops); infinite where no face is found.
    """

    name: str
    network: nn.Module
    observer: Observer
    mesh: LandmarkNetwork
    landmarks: Mapping[str, FloatArray]
    kernels: Sequence[FloatArray]
    off: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @torch.inference_mode()
    def restored(self, picture: DegradedPicture) -> Mapping[str, FloatArray]:
        """See `train.evaluation.evaluation_loop.Restoring`."""
        first = self._run(picture.degraded, {NONE: None})[NONE]
        results = {NONE: first}
        # As live: landmarks found on what was restored a moment ago.
        found = self._find(first)
        true = self.landmarks.get(picture.crop.name)
        guides: dict[str, FloatArray | None] = {}
        if picture.references:
            guides[OWN] = self._guidance(picture, picture.references, found)
            guides[OWN_TRUE] = self._guidance(picture, picture.references, true)
            if picture.stranger:
                guides[STRANGER] = self._guidance(picture, picture.stranger, found)
            results |= self._run(picture.degraded, guides)
        if picture.degradation is not None:
            results[MEMORY] = self._after_frames(picture, ())
            if picture.references:
                results[OWN_MEMORY] = self._after_frames(picture, picture.references)
        if true is not None and np.isfinite(true).all():
            for shown in (NONE, OWN, MEMORY, OWN_MEMORY):
                if shown in results:
                    seen = found if shown == NONE else self._find(results[shown])
                    off = np.inf if seen is None else float(np.abs(seen - true).mean())
                    self.off[shown].append(off)
        return {shown: _as_shown(result) for shown, result in results.items()}

    def landmark_notes(self, side: int) -> list[str]:
        """A line for each place where landmarks can be found, in pixels of a crop."""
        return [
            f"Landmarks found on the result of {self.name!r}, {shown!r}: off by "
            f"{side * float(np.median(off)):.2f} pixels in the median, "
            f"{side * float(np.quantile(off, 0.9, method='lower')):.2f} in one of ten; "
            f"{np.isfinite(off).mean():.0%} found."
            for shown, off in self.off.items()
        ]

    def _after_frames(self, picture: DegradedPicture, photos: tuple[Crop, ...]) -> FloatArray:
        assert picture.degradation is not None
        # Of the picture alone, so that all networks see the same frames.
        seed = np.frombuffer(picture.degraded[:8, :8].tobytes(), np.uint32)
        rng = np.random.default_rng((SEED, *seed[:8].tolist()))
        frames = [self._another(rng, picture) for _ in range(FRAMES - 1)] + [picture.degraded]
        memory: FloatArray | None = None
        restored = frames[0]
        for number, frame in enumerate(frames):
            guide = None
            if photos and number > 0:
                guide = self._guidance(picture, photos, self._find(restored))
            restored = self._run(frame, {NONE: guide}, memory)[NONE]
            # The face is still, and the camera keeps pictures in 8 bits.
            levels = np.round(restored * 255) / np.float32(255)
            mask = np.ones((1, *levels.shape[:2]), np.float32)
            memory = np.concatenate([levels.transpose(2, 0, 1), mask]).astype(np.float32)
        return restored

    def _another(self, rng: np.random.Generator, picture: DegradedPicture) -> FloatArray:
        assert picture.degradation is not None
        how: Degradation = picture.degradation
        if how.kernel is not None:
            how = replace(how, kernel=self.kernels[int(rng.integers(len(self.kernels)))])
        noise = rng.standard_normal(picture.clean.shape[:2], np.float32)
        return degrade(picture.clean, how, noise)

    def _run(
        self,
        degraded: FloatArray,
        guides: Mapping[str, FloatArray | None],
        memory: FloatArray | None = None,
    ) -> dict[str, FloatArray]:
        face = as_tensor(degraded)
        mean, std = live_statistics(self.observer.vgg, face)
        classes = self.observer.head(mean, std, exposure_gain(face))
        count, nothing = len(guides), np.zeros((4, *degraded.shape[:2]), np.float32)
        shown = np.stack([nothing if guide is None else guide for guide in guides.values()])
        kept: Tensor = torch.from_numpy(nothing if memory is None else memory)[None]
        restored = self.network(
            face.expand(count, -1, -1, -1),
            torch.from_numpy(shown),
            kept.expand(count, -1, -1, -1),
            classes.expand(count, -1),
        )
        pictures = [as_picture(one) for one in restored.clamp(0, 1)]
        return dict(zip(guides, pictures, strict=True))

    def _find(self, restored: FloatArray) -> FloatArray | None:
        return landmarks_of_crop(as_square(restored), self.mesh)

    def _guidance(
        self, picture: DegradedPicture, photos: tuple[Crop, ...], found: FloatArray | None
    ) -> FloatArray | None:
        known = [
            (crop, self.landmarks[crop.name])
            for crop in photos[:MOST_PHOTOS]
            if np.isfinite(self.landmarks[crop.name]).all()
        ]
        if found is None or not np.isfinite(found).all() or not known:
            return None
        now = expression_of(found)
        crop, landmarks = min(known, key=lambda entry: unlikeness(expression_of(entry[1]), now))
        height, width = picture.clean.shape[:2]
        window: Window = ((height - width) // 2, 0, width, height)
        field = WarpTarget(found).field_from(landmarks, GUIDANCE_REACH)
        return warp(_normalised(crop, landmarks.tobytes()), field, height, window, GUIDANCE_LEVELS)


@lru_cache(maxsize=512)
def _normalised(crop: Crop, landmarks: bytes) -> Image:
    mesh = np.frombuffer(landmarks, np.float32).reshape(478, 2)
    return normalised_photo(np.ascontiguousarray(read_crop(crop)), mesh)


def kernels_of(test_set: str) -> Sequence[FloatArray]:
    """The blur kernels of a test set."""
    return [how.kernel for how in degradations(test_set) if how.kernel is not None]


def _as_shown(restored: FloatArray) -> FloatArray:
    """What the camera makes of the network's H x W x 3 RGB, 0..1, before it blends it."""
    shown = unsharp_mask(as_levels(restored))
    return np.asarray(shown[..., ::-1], np.float32) / np.float32(255)
