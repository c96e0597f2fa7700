"""The curve that lifts the light of a picture: a gain, as a lamp would be, that spares the lights.

More light multiplies what a camera sees, in linear values as in those of any power law, so that
hue and contrast stay. What would pass white is rolled off before it. Below, a noisy camera shows
more than there was: what noise takes below black is cut off, and the mean of the rest rises;
multiplied, that would be a grey veil over all that is dark.
"""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image

# From this part of white on the curve bends, and never passes white.
KNEE = 0.86
# Where a face is lifted before something light: from this excess on the curve bends from here.
FARTHEST_EXCESS, EARLIEST_KNEE = 0.6, 0.6
# Below this lift the veil comes off only in part, so that the curve begins at doing nothing.
WHOLE_LIFT = 0.3
# Of a level, for pictures that are finer than whole levels; OpenCV wants a table for all 16 bits.
_PARTS, _WORDS = 32, 1 << 16
# The mean, in deviations, of a level of so many deviations plus noise, cut off at 0.
_LEVEL = np.linspace(0, 6, 241)
_SEEN = np.array(
    [
        z * (1 + math.erf(z / math.sqrt(2))) / 2 + math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        for z in _LEVEL
    ]
)


def tone_table(
    lift: float, black: float = 0.0, cast: FloatArray | None = None, excess: float = 0.0
) -> Image:
    """The curves as a 256 x 1 x 3 uint8 table for `cv2.LUT`.

    Args:
        lift: logarithm of the gain, from 0 on.
        black: deviation, in grey levels, of the noise that is cut off at black.
        cast: 3 float32 BGR, logarithm of what each channel gains besides; None for nothing.
        excess: logarithm of the factor by which the gain takes the picture beyond white; the
            more, the earlier the curve bends, so that the sky in a window keeps its clouds.
    """
    knee = KNEE - (KNEE - EARLIEST_KNEE) * min(1.0, excess / FARTHEST_EXCESS)
    levels = np.arange(256, dtype=np.float64)
    black *= min(1.0, lift / WHOLE_LIFT)
    if black > 0.05:
        near = levels < _SEEN[-1] * black
        levels[near] = np.interp(levels[near], _SEEN * black, _LEVEL * black)
    gain = np.exp(np.zeros(3) if cast is None else cast.astype(np.float64)) * math.exp(lift)
    lit = levels[:, None] * gain / 255
    if lift <= 0 and cast is None:
        return np.round(lit * 255).astype(np.uint8)[:, None, :]
    # The shoulder goes exactly to white where the brightest level arrives.
    over = np.maximum(lit - knee, 0) / (1 - knee)
    most = np.maximum(gain - knee, 1e-6) / (1 - knee)
    bend = (1 - np.exp(-over)) / np.maximum(1 - np.exp(-most), 1e-6)
    rolled = np.where(lit > knee, knee + (1 - knee) * np.where(most > 1, bend, over), lit)
    return np.round(np.clip(rolled, 0, 1) * 255).astype(np.uint8)[:, None, :]


def look_up(picture: Image, table: Image, out: Image | None = None) -> Image:
    """Each pixel through the curves, into `out` where it is given."""
    return np.asarray(cv2.LUT(picture, _shared_curve(table), dst=out), np.uint8)


def look_up_between(picture: FloatArray, table: Image, out: Image | None = None) -> Image:
    """Each pixel of a mean over time through the curves; in a lifted picture rounding is seen.

    A dark frame that was averaged to whole levels and then lifted fivefold jumps by five levels
    where its mean lies between two: more than the noise that is left.

    Args:
        picture: H x W x 3 float32 BGR, 0..255.
        table: 256 x 1 x 3 uint8, see `tone_table`.
        out: H x W x 3 uint8, filled if it is given.
    """
    # In one pass, which cuts off what is finer than a part.
    parts = np.empty(picture.shape, np.uint16)
    np.multiply(picture, np.float32(_PARTS), out=parts, casting="unsafe")
    return np.asarray(cv2.LUT(parts, _fine_curves(table.tobytes()), dst=out), np.uint8)


@lru_cache(maxsize=2)
def _fine_curves(table: bytes) -> Image:
    """The curves at the middle of each part of a level; a frame and its crop share them."""
    curves = _shared_curve(np.frombuffer(table, np.uint8).reshape(256, 1, 3))
    row = curves.reshape(1, 256, -1).astype(np.float32)
    between = cv2.convertScaleAbs(cv2.resize(row, (256 * _PARTS, 1)))
    # OpenCV begins half a level before the first.
    between = between.reshape(256 * _PARTS, *curves.shape[1:])[_PARTS // 2 :]
    fine = np.empty((_WORDS, *curves.shape[1:]), np.uint8)
    fine[: len(between)] = between
    fine[len(between) :] = between[-1]
    return fine


def _shared_curve(table: Image) -> Image:
    """256 x 1 uint8 where all channels have one curve, which takes OpenCV half the time; else
    the table."""
    first = table[:, :, :1]
    return np.ascontiguousarray(first[:, :, 0]) if (table == first).all() else table
