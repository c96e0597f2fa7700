"""What the light of a picture is like, and how far it is to be lifted."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.faces.tracker import FACE_OVAL

# Grey level of the lightest fiftieth of a well-lit picture: paper, a wall, a collar. Of the five
# clips of shared/data/clips it is 201 to 236, and 212 on average.
WHITE, WHITE_PERCENTILE = 212.0, 98.0
# Median luma of skin: never lifted beyond that of a well-lit light face, and always to what
# shows a face in front of a window, unless it is dark skin in good light.
BRIGHTEST_FACE, DARKEST_FACE = 150.0, 50.0
LARGEST_LIFT = math.log(6.0)
# A picture whose lightest parts are as dark as the first is that of a covered lens, and stays so;
# from the second on there is a room in it.
COVERED, ROOM = 6.0, 16.0
# Grey level of the darkest hundredth of a well-lit picture.
SHADOW, SHADOW_PERCENTILE = 6.0, 1.0
# A picture that is darker than it should be by less than the first is left alone; from the second
# on it is lifted in full.
LEFT_ALONE, SURELY_DARK = 0.12, 0.45
# Deviation of the lifted noise in grey levels: nobody sees less than the first in a room, and all
# is taken away from the second on.
UNSEEN_NOISE, PLAIN_NOISE = 1.2, 6.0
# How much more is averaged away than light lifts.
STEADIED = 3.0
# Rooms are warm in themselves: only beyond this (logarithm of a channel over the mean of the
# three) is the light called coloured, and then half of the rest is corrected.
NATURAL_CAST, CORRECTED, LARGEST_CORRECTION = 0.15, 0.5, 0.2

_CELLS = (160, 90)
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)
# Bars around a picture are no part of it.
_BARS = 1.5
_LIGHTEST = 92.0


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The light of a picture.

    Attributes:
        lack: logarithm of the factor by which it is darker than it should be, from 0 on.
        noise: deviation of its noise, in grey levels.
        black: deviation of the noise that is cut off at black, in grey levels.
        excess: logarithm of the factor by which `lack` takes its lightest parts beyond white.
        cast: 3 float32 BGR, logarithm of the gains that take a colour of the light away; mean 0.
    """

    lack: float = 0.0
    noise: float = 0.0
    black: float = 0.0
    excess: float = 0.0
    cast: FloatArray = field(default_factory=lambda: np.zeros(3, np.float32))

    @property
    def needed_lift(self) -> float:
        """How far to lift it, as a logarithm: nothing for a little lack, all of a larger one."""
        return self.lack * smooth_step(self.lack, LEFT_ALONE, SURELY_DARK)

    def visible_noise(self, lift: float) -> float:
        """Deviation of the noise, in grey levels, after lifting by so much."""
        return self.noise * math.exp(lift)


def calm_share(visible_noise: float) -> float:
    """How much of the noise to take away, 0..1, from its deviation in the picture as shown."""
    return smooth_step(visible_noise, UNSEEN_NOISE, PLAIN_NOISE)


def steady_share(lift: float) -> float:
    """How much of the noise to average away, 0..1, so that a lifted picture shimmers no more than
    the camera's.

    A recursive mean that keeps the share p of the past leaves sqrt((1 - p) / (1 + p)) of the
    deviation, which is exp(-lift) for p = tanh(lift). What is finer than it looks at stays, so it
    takes away more of the rest.
    """
    return math.tanh(STEADIED * lift)


def light_of(image: Image, landmarks: FloatArray | None, noise: float) -> Light:
    """Judge the light of one picture.

    Args:
        image: H x W x 3 uint8 BGR.
        landmarks: 478 x 2 float32 of its face, pixels; None where there is none.
        noise: deviation of its noise, in grey levels.
    """
    cells = cv2.resize(image, _CELLS, interpolation=cv2.INTER_AREA).astype(np.float32)
    luma = cells @ _LUMA
    seen = luma > _BARS
    if np.count_nonzero(seen) < 0.02 * seen.size:
        return Light(noise=noise)
    shadow, white = np.percentile(luma[seen], (SHADOW_PERCENTILE, WHITE_PERCENTILE))
    gain = WHITE / white
    face = _face(luma, landmarks, image.shape)
    if face is not None:
        # A dark face before a window is lifted though the window is white already.
        gain = min(max(gain, DARKEST_FACE / face), max(1.0, BRIGHTEST_FACE / face))
    lack = float(np.clip(math.log(gain), 0, LARGEST_LIFT))
    lack *= smooth_step(float(white), COVERED, ROOM)
    # Noise cut off at black has a mean of 0.4 deviations; what is darkest shows how much of it.
    veil = max(0.0, float(shadow) - SHADOW / math.exp(lack))
    excess = max(0.0, lack - math.log(max(WHITE / white, 1.0)))
    cast = _cast(cells[seen], luma[seen])
    return Light(lack, noise, min(veil / 0.4, 1.3 * noise), excess, cast)


def _face(luma: FloatArray, landmarks: FloatArray | None, shape: tuple[int, ...]) -> float | None:
    """Median luma of the face."""
    if landmarks is None:
        return None
    scale = np.array(_CELLS, np.float32) / (shape[1], shape[0])
    inside = np.zeros(luma.shape, np.uint8)
    outline = np.round(landmarks[FACE_OVAL] * scale).astype(np.int32)
    cv2.fillPoly(inside, [outline], 1)
    skin = luma[inside > 0]
    return max(1.0, float(np.median(skin))) if skin.size else None


def _cast(cells: FloatArray, luma: FloatArray) -> FloatArray:
    """The correction; grey world and lightest parts must both say that the light is coloured."""
    lightest = cells[luma >= np.percentile(luma, _LIGHTEST)]
    world, white = (_log_colour(part) for part in (cells, lightest))
    agreed = np.where(world * white > 0, np.sign(world) * np.minimum(abs(world), abs(white)), 0)
    beyond = np.sign(agreed) * np.maximum(abs(agreed) - NATURAL_CAST, 0)
    change = np.clip(-CORRECTED * beyond, -LARGEST_CORRECTION, LARGEST_CORRECTION)
    return np.asarray(change - change.mean(), np.float32)


def _log_colour(cells: FloatArray) -> FloatArray:
    logarithm = np.log(np.maximum(cells.mean(0), 1))
    return np.asarray(logarithm - logarithm.mean(), np.float32)
