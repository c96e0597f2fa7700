"""Brings a whole frame to better light, and takes its noise away."""

from __future__ import annotations

import cv2
import numpy as np

from nasfe_cam.compositing.noise.background_denoiser import BackgroundDenoiser
from nasfe_cam.compositing.tone_curve import look_up, look_up_between
from nasfe_cam.core.frame import Image

MEDIAN_SIDE = 3
# From here on no untouched pixel is mixed in any more: nobody sees the last tenth.
WHOLLY_CALM = 0.9
# Blotches of colour are larger than grain: colour is averaged over so many pixels of the half, as
# much as eyes and codecs do not see.
COLOUR_CELL = 4
# Stands for no difference in a picture of differences.
MIDDLE = 128.0
# OpenCV rounds halves up where it halves pictures: by an eighth of a level on average, twice.
ROUNDED_UP = 0.25


class Background:
    """Lights and calms whole frames; holds the buffers that this takes.

    Light alone would lift the noise too, and a smooth face in a noisy
    room looks like a cut-out. The noise is taken away at half resolution: averaged
    over time where nothing moves, then by medians; a bilateral or guided filter
    is slower and no better.
    """

    def __init__(self) -> None:
        self._half = self._calm = self._soft = self._whole = np.empty((0, 0, 3), np.uint8)
        self._steadier = BackgroundDenoiser()

    def rest(self) -> None:
        """Forget the frames before: some pass by."""
        self._steadier.reset()

    def relight(self, image: Image, table: Image, steadied: float, calm: float, out: Image) -> None:
        """Light and calm one frame.

        Args:
            image: H x W x 3 uint8 BGR, the camera's frame; not changed.
            table: 256 x 1 x 3 uint8, from `nasfe_cam.compositing.tone_curve`.
            steadied: 0..1, how much of the noise is averaged away over time.
            calm: 0..1, at most `steadied`: how much of the rest is taken away, and fine detail
                with it.
            out: H x W x 3 uint8, another picture than `image`; filled.
        """
        if steadied <= 0:
            self.rest()
            look_up(image, table, out)
            return
        height, width = image.shape[:2]
        self._fit_buffers(height, width)
        half = (self._half.shape[1], self._half.shape[0])
        cv2.resize(image, half, dst=self._half, interpolation=cv2.INTER_AREA)
        # Lit before it is rounded to whole levels; a median is the same before and after a curve.
        look_up_between(self._steadier.steady(self._half, steadied), table, self._calm)
        share = min(1.0, calm / WHOLLY_CALM)
        if share >= 1:
            _soften(self._calm)
            cv2.resize(self._calm, (width, height), dst=out)
            return
        if share > 0:
            np.copyto(self._soft, self._calm)
            _soften(self._soft)
            cv2.addWeighted(self._soft, share, self._calm, 1 - share, 0, dst=self._calm)
        look_up(self._half, table, self._half)
        rest = 1 - share
        cv2.addWeighted(self._calm, 1, self._half, -rest, MIDDLE * rest, dst=self._calm)
        look_up(image, table, out)
        cv2.resize(self._calm, (width, height), dst=self._whole)
        cv2.addWeighted(out, rest, self._whole, 1, -MIDDLE * rest, dst=out)

    def _fit_buffers(self, height: int, width: int) -> None:
        if self._whole.shape[:2] != (height, width):
            half = (max(1, height // 2), max(1, width // 2), 3)
            self._half, self._calm = np.empty(half, np.uint8), np.empty(half, np.uint8)
            self._soft = np.empty(half, np.uint8)
            self._whole = np.empty((height, width, 3), np.uint8)


def _soften(picture: Image) -> None:
    """Take grain, blotches of colour and fine detail out of an H x W x 3 uint8 picture; changed."""
    # Twice: that takes as much as a median of 5 x 5, in a quarter of its time.
    for _ in range(2):
        cv2.medianBlur(picture, MEDIAN_SIDE, dst=picture)
    calm_colour(picture)


def calm_colour(picture: Image, share: float = 1.0) -> None:
    """Average the colour of a picture over cells, not its light.

    Args:
        picture: H x W x 3 uint8 BGR; changed.
        share: 0..1, how much of its own colour the averaged one replaces.
    """
    height, width = picture.shape[:2]
    apart = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)
    coarse = apart
    # OpenCV halves a picture twice in a quarter of the time that it takes for cells of 4 x 4.
    for side in (COLOUR_CELL // 2, COLOUR_CELL):
        cells = (max(1, width // side), max(1, height // side))
        coarse = cv2.resize(coarse, cells, interpolation=cv2.INTER_AREA)
    means = cv2.boxFilter(coarse, cv2.CV_32F, (3, 3))
    coarse = cv2.convertScaleAbs(means, dst=coarse, alpha=1, beta=-ROUNDED_UP)
    whole = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    if share < 1:
        cv2.addWeighted(whole, share, apart, 1 - share, 0, dst=whole)
    cv2.mixChannels([apart], [whole], [0, 0])
    cv2.cvtColor(whole, cv2.COLOR_YCrCb2BGR, dst=picture)
