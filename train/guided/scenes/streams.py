"""Streams of frames to train on: each slot of a batch films somebody for a while.

The network learns memory by living with it: what it restored in one step, warped, is an
input of the next step of the same slot (backpropagation through time, cut after one frame).
So every picture is trained on, with memory of every age, and none is only unrolled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from torch import Tensor

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.photo_normalisation import GUIDANCE_LEVELS, GUIDANCE_REACH, normalised_photo
from nasfe_cam.faces.warp import WarpField, WarpTarget, Window, warp
from train.guided.scenes.cameras import Camera, draw_kernels
from train.guided.scenes.landmark_errors import LandmarkErrors
from train.guided.scenes.movement import Movement
from train.guided.scenes.photos import PhotoPool
from train.guided.scenes.scene import SHARES, Scene, SceneShares, draw_scene

STEP = 16
"""Sides of pictures and windows are multiples: the network halves them four times."""

_MEMORY_LOST = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """How a slot's last picture becomes its memory.

    Attributes:
        field: of the whole crop; None where there is no memory.
        side, window: of the crop, and of the part of it that is shown; these stay for as long
            as a stream goes on.
    """

    field: WarpField | None
    side: int
    window: Window


@dataclass(frozen=True, slots=True, eq=False)
class FrameBatch:
    """One frame of every slot.

    Attributes:
        clean, degraded: N x 3 x h x w float32, RGB, 0..1.
        guidance: N x 4 x h x w float32; zeros for nobody.
        degradation: N x 3 float32, the class vectors.
        remembered: N of them.
        source: which of several samplers filmed it; each goes on with its own memories.
    """

    clean: Tensor
    degraded: Tensor
    guidance: Tensor
    degradation: Tensor
    remembered: Sequence[Remembered]
    source: int = 0

    @property
    def whole_faces(self) -> list[int]:
        """Rows that show the whole crop, as a recogniser wants it."""
        return [
            row
            for row, shown in enumerate(self.remembered)
            if shown.window == (0, 0, shown.side, shown.side)
        ]

    def to(self, device: torch.device) -> FrameBatch:
        """The same batch with its tensors on a device."""
        if self.clean.device == device:
            return self
        return replace(
            self,
            clean=self.clean.to(device),
            degraded=self.degraded.to(device),
            guidance=self.guidance.to(device),
            degradation=self.degradation.to(device),
        )


@dataclass(frozen=True, slots=True)
class Framing:
    """How pictures are shown.

    Attributes:
        height, width: of the window, in pixels.
        sides: smallest and largest side of the crop that it is cut from, and the side that
            half of the streams have: 176 is the tables'.
    """

    height: int = 128
    width: int = 128
    sides: tuple[int, int] = (144, 224)
    usual: int = 176


class Stream:
    """Films one scene, frame by frame."""

    def __init__(
        self,
        rng: np.random.Generator,
        scene: Scene,
        framing: Framing,
        camera: Camera,
    ) -> None:
        self._rng = rng
        self._scene = scene
        self._camera = camera
        most = min(framing.sides[1], min(photo.side for photo in scene.frames))
        least = min(framing.sides[0], most)
        usual = rng.random() < 0.5
        side = framing.usual if usual else int(rng.integers(least, most + 1))
        self._side = max(framing.height, framing.width, min(side, most) // STEP * STEP)
        self._window: Window = (
            int(rng.integers(self._side - framing.width + 1)),
            int(rng.integers(self._side - framing.height + 1)),
            framing.width,
            framing.height,
        )
        self._mirrored = bool(rng.random() < 0.5)
        self._errors = LandmarkErrors(rng)
        self._movement = Movement(rng) if scene.moved else None
        self._guide: tuple[Image, FloatArray] | None = None
        if scene.guide is not None:
            photo = scene.guide
            levels = normalised_photo(photo.at(min(photo.side, 192)), photo.landmarks)
            self._guide = self._turned(levels), photo.landmarks
        self._time = 0
        self._before: FloatArray | None = None
        self._picture: Image | None = None

    @property
    def is_over(self) -> bool:
        return self._time == len(self._scene.frames)

    def next(self) -> tuple[Image, FloatArray, FloatArray, FloatArray, Remembered]:
        """The next frame: clean (uint8), degraded, guidance, class vector, memory."""
        photo = self._scene.frames[self._time]
        if self._picture is None or photo is not self._scene.frames[self._time - 1]:
            self._picture = self._turned(photo.at(self._side))
        left, top, width, height = self._window
        clean, landmarks = self._picture[top : top + height, left : left + width], photo.landmarks
        if self._movement is not None:
            landmarks = self._movement.next(landmarks)
            clean = self._moved(clean, photo.landmarks, landmarks)
        if self._scene.occluder is not None:
            clean = self._scene.occluder.paint(clean, self._time)
        degraded, degradation = self._camera.take(clean.astype(np.float32) / np.float32(255))
        found = self._errors.next(landmarks)
        target = WarpTarget(found)
        guidance = np.zeros((4, height, width), np.float32)
        if self._guide is not None:
            picture, landmarks = self._guide
            field = self._field(target, landmarks, GUIDANCE_REACH)
            guidance = warp(picture, field, self._side, self._window, GUIDANCE_LEVELS)
        field = None
        if self._before is not None and self._rng.random() >= _MEMORY_LOST:
            field = self._field(target, self._before, None)
        self._before = found
        self._time += 1
        label = np.array(degradation.label, np.float32)
        remembered = Remembered(field, self._side, self._window)
        return clean, degraded, guidance, label, remembered

    def _moved(self, still: Image, source: FloatArray, now: FloatArray) -> Image:
        """The window of the still with its landmarks moved; as it was where nothing comes in."""
        assert self._picture is not None
        field = self._field(WarpTarget(now), source, None)
        opaque = np.full(self._picture.shape[:2], 255, np.uint8)
        picture = cv2.merge([*cv2.split(self._picture), opaque])
        warped = warp(np.asarray(picture, np.uint8), field, self._side, self._window)
        moved = warped[:3].transpose(1, 2, 0) * 255 + still * (1 - warped[3])[..., None]
        return np.asarray(np.round(moved), np.uint8)

    def _field(
        self, target: WarpTarget, source: FloatArray, reach: float | None
    ) -> WarpField | None:
        field = target.field_from(source, reach)
        return field.mirrored() if field is not None and self._mirrored else field

    def _turned(self, picture: Image) -> Image:
        return np.ascontiguousarray(picture[:, ::-1]) if self._mirrored else picture


class StreamSampler:
    """Films with N slots at once; a slot whose stream is over begins another.

    Args:
        pool: tells what can be shown now; asked again from time to time.
        slots: N.
        framing: how pictures are shown.
        webcam_share: of streams from webcams as they are sold; the rest is eq. 1 alone.
        seed: of everything random, together with `begin`.
        begin: differs for every start of a training, so that a resumed one sees other streams.
        shares: how often what is shown.
    """

    _FRAMES_BETWEEN_LOOKS = 500

    def __init__(
        self,
        pool: Callable[[], PhotoPool],
        *,
        slots: int,
        framing: Framing,
        webcam_share: float,
        seed: int,
        begin: int = 0,
        shares: SceneShares = SHARES,
        kernels: int = 4000,
    ) -> None:
        self._look = pool
        self._pool = pool()
        self._framing = framing
        self._webcam_share = webcam_share
        self._shares = shares
        self._rng = np.random.default_rng((seed, begin))
        self._kernels = draw_kernels(seed, kernels)
        self._frames = 0
        self._streams = [self._begin() for _ in range(slots)]

    def next(self) -> FrameBatch:
        """The next frame of all slots."""
        self._frames += 1
        if self._frames % self._FRAMES_BETWEEN_LOOKS == 0:
            self._pool = self._look()
        self._streams = [self._begin() if one.is_over else one for one in self._streams]
        clean, degraded, guidance, labels, remembered = zip(
            *(stream.next() for stream in self._streams), strict=True
        )
        return FrameBatch(
            torch.from_numpy(np.stack(clean)).permute(0, 3, 1, 2).float() / 255,
            torch.from_numpy(np.stack(degraded)).permute(0, 3, 1, 2),
            torch.from_numpy(np.stack(guidance)).contiguous(memory_format=torch.channels_last),
            torch.from_numpy(np.stack(labels)),
            remembered,
        )

    def _begin(self) -> Stream:
        rng = np.random.default_rng(self._rng.integers(2**63))
        scene = draw_scene(rng, self._pool, self._shares)
        camera = Camera(rng, self._kernels, bool(rng.random() < self._webcam_share))
        return Stream(rng, scene, self._framing, camera)
