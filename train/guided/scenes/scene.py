"""Draws what a training stream shows: who moves how, with whose photo beside, behind what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.expression import expression_of, unlikeness
from train.guided.scenes.photos import Photo, PhotoPool


@dataclass(frozen=True, slots=True)
class SceneShares:
    """How often training shows what.

    Attributes:
        clip, person: of streams that show a moving person, or one with several photos; the
            rest shows people with one.
        own: of streams of people with other photos that are guided by one of them; about 0.6
            of all with the other defaults.
        stranger: of the others that are guided by somebody else's.
        nearest: of own photos that are the nearest in pose and expression of a few; the rest
            is any, and so is often turned or laughing where the frame is not.
        occluded: of streams in which something moves in front of the face: with 0.08 the memory
            smeared it (benchmarks/picture/smearing.py).
        moved: of photos that are made to move.
        enough_clips: with fewer, clips are shown more seldom: nobody is to be learned by heart.
    """

    clip: float = 0.25
    person: float = 0.5
    own: float = 0.8
    stranger: float = 0.55
    nearest: float = 0.6
    occluded: float = 0.2
    moved: float = 0.4
    enough_clips: int = 60


SHARES = SceneShares()
# Frames of a clip nearer than this are no other photo of the person.
_APART = 5
_CANDIDATES = 4
_LONGEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What one stream shows.

    Attributes:
        frames: at least one photo; the same one again where nobody moves.
        guide: the photo that guides; None for nobody's.
        occluder: what moves in front, or None.
        moved: whether the photo is made to move.
    """

    frames: Sequence[Photo]
    guide: Photo | None
    occluder: Occluder | None
    moved: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Occluder:
    """A blob with the texture of another picture, which moves through the window.

    Attributes:
        texture: H x H x 3 uint8, RGB.
        start, speed: x, y in windows, and in windows a frame.
        axes: half of its width and height, in windows.
        angle: degrees.
    """

    texture: Image
    start: FloatArray
    speed: FloatArray
    axes: FloatArray
    angle: float

    def paint(self, picture: Image, time: int) -> Image:
        """A window (h x w x 3 uint8) with the blob at its place in a frame."""
        height, width = picture.shape[:2]
        size = np.array([width, height])
        centre = (self.start + self.speed * time) * size
        mask = np.zeros((height, width), np.uint8)
        axes = np.maximum(self.axes * width, 2)
        box = ((float(centre[0]), float(centre[1])), (2 * axes[0], 2 * axes[1]), self.angle)
        cv2.ellipse(mask, box, 255, -1)
        soft = cv2.GaussianBlur(mask, (0, 0), 0.8)[..., None].astype(np.float32) / 255
        texture = cv2.resize(self.texture, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(picture + soft * (texture.astype(np.float32) - picture), np.uint8)


def draw_scene(rng: np.random.Generator, pool: PhotoPool, shares: SceneShares = SHARES) -> Scene:
    """One of many scenes; what the pool does not have is not drawn."""
    kind = rng.random()
    own: Photo | None = None
    clips = shares.clip * min(1.0, len(pool.clips) / shares.enough_clips)
    moved = rng.random() < shares.moved
    if kind < clips:
        moved = False
        frames, own = _moving(rng, pool.clips[int(rng.integers(len(pool.clips)))])
    elif (
        pool.people and kind < clips + shares.person / (1 - shares.clip) * (1 - clips)
    ) or not pool.alone:
        photos = pool.people[int(rng.integers(len(pool.people)))]
        index = int(rng.integers(len(photos)))
        frames = [photos[index]] * _length(rng)
        others = [photo for i, photo in enumerate(photos) if i != index]
        own = _chosen(rng, photos[index], others, shares)
    else:
        frames = [pool.alone[int(rng.integers(len(pool.alone)))]] * _length(rng)
    guide: Photo | None = None
    if own is not None and rng.random() < shares.own:
        guide = own
    elif rng.random() < shares.stranger:
        guide = pool.stranger(rng, frames[0])
    occluder = _occluder(rng, pool) if rng.random() < shares.occluded else None
    return Scene(frames, guide, occluder, moved)


def _length(rng: np.random.Generator) -> int:
    """Of a stream in frames; short ones, so that many people are seen, and some long ones."""
    return int(np.clip(rng.geometric(0.4), 1, _LONGEST))


def _moving(rng: np.random.Generator, clip: Sequence[Photo]) -> tuple[list[Photo], Photo | None]:
    """Frames of a clip forwards or backwards, and one that is far from all of them."""
    pace = int(rng.integers(1, 3))
    count = min(1 + _length(rng), 1 + (len(clip) - 1) // pace)
    first = int(rng.integers(len(clip) - (count - 1) * pace))
    rows = first + pace * np.arange(count)
    far = [i for i in range(len(clip)) if i < rows[0] - _APART or i > rows[-1] + _APART]
    own = clip[far[int(rng.integers(len(far)))]] if far else None
    if rng.random() < 0.5:
        rows = rows[::-1]
    return [clip[int(row)] for row in rows], own


def _chosen(
    rng: np.random.Generator, photo: Photo, others: Sequence[Photo], shares: SceneShares
) -> Photo:
    if rng.random() >= shares.nearest:
        return others[int(rng.integers(len(others)))]
    few = rng.permutation(len(others))[:_CANDIDATES]
    now = expression_of(photo.landmarks)
    away = [unlikeness(expression_of(others[int(i)].landmarks), now) for i in few]
    return others[int(few[int(np.argmin(away))])]


def _occluder(rng: np.random.Generator, pool: PhotoPool) -> Occluder:
    return Occluder(
        pool.any_photo(rng).at(128),
        rng.uniform(0.1, 0.9, 2).astype(np.float32),
        (0.06 * rng.standard_normal(2)).astype(np.float32),
        rng.uniform(0.06, 0.3, 2).astype(np.float32),
        float(rng.uniform(0, 180)),
    )
