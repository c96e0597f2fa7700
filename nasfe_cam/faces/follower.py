"""Follows one face over time: chooses it, smooths its landmarks, and fades it in and out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nasfe_cam.config.settings import TrackingSettings
from nasfe_cam.core.frame import FloatArray, Frame
from nasfe_cam.core.smoothing.one_euro import OneEuroFilter
from nasfe_cam.faces.tracker import FACE_OVAL, Face

# A face turned further than TURN_FULL is restored less, from TURN_NONE on not at all.
TURN_FULL, TURN_NONE = 0.55, 0.85
# Share of the outline outside the picture from which restoration fades out.
OUTSIDE_FULL, OUTSIDE_NONE = 0.25, 0.6
# A face that moved by more than this share of its size between frames is another one.
LARGEST_JUMP = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class FollowedFace:
    """The face that is restored.

    Attributes:
        landmarks: 478 x 2 float32, smoothed, frame pixels.
        presence: 0..1, how much restoration applies now; moves smoothly.
        person: grows by one whenever another face is taken up.
    """

    landmarks: FloatArray
    presence: float
    person: int


class FaceFollower:
    """Keeps to one face from frame to frame, and fades it in and out.

    The largest face is taken; it is kept until it is gone, or until another one
    is half as large again. `prefer` overrides that, for a person with a profile.
    """

    def __init__(self, settings: TrackingSettings) -> None:
        self._filter = OneEuroFilter(settings.minimum_cutoff, settings.speed_coefficient)
        self._fade_seconds = settings.fade_seconds
        self._face: Face | None = None
        self._landmarks: FloatArray | None = None
        self._presence = 0.0
        self._time = 0.0
        self._preferred: FloatArray | None = None
        self._person = 0

    def prefer(self, centre: FloatArray | None) -> None:
        """Take the face nearest to this point (x, y in frame pixels) from now on; None: largest."""
        self._preferred = centre

    def follow(self, frame: Frame, faces: Sequence[Face]) -> FollowedFace | None:
        """The face to restore in this frame; None while there is none.

        A face that is gone fades out where it was last seen.
        """
        elapsed = max(0.0, frame.captured_at - self._time)
        self._time = frame.captured_at
        chosen = self._choose(faces)
        target = 0.0
        # A face elsewhere must wait until the one before has faded out in its own place.
        if chosen is not None and (
            self._face is None or self._presence <= 0 or not _jumped(self._face, chosen)
        ):
            if self._face is None or _jumped(self._face, chosen):
                self._filter.reset()
                self._person += 1
            self._face = chosen
            self._landmarks = self._filter.filter(chosen.landmarks, frame.captured_at)
            target = _wanted_presence(chosen, frame)
        step = 1.0 if self._fade_seconds <= 0 else elapsed / self._fade_seconds
        self._presence += float(np.clip(target - self._presence, -step, step))
        if self._landmarks is None or self._presence <= 0:
            if chosen is None:
                self._face = self._landmarks = None
            return None
        return FollowedFace(self._landmarks, self._presence, self._person)

    def _choose(self, faces: Sequence[Face]) -> Face | None:
        if not faces:
            return None
        if self._preferred is not None:
            wanted = self._preferred
            nearest = min(faces, key=lambda face: float(np.linalg.norm(face.centre - wanted)))
            self._preferred = nearest.centre
            return nearest
        largest = max(faces, key=lambda face: face.area)
        if self._face is None:
            return largest
        last = self._face
        same = min(faces, key=lambda face: float(np.linalg.norm(face.centre - last.centre)))
        return largest if _jumped(last, same) or largest.area > 1.5 * same.area else same


def _jumped(before: Face, now: Face) -> bool:
    distance = float(np.linalg.norm(before.centre - now.centre))
    return distance > LARGEST_JUMP * math.sqrt(before.area)


def _wanted_presence(face: Face, frame: Frame) -> float:
    height, width = frame.image.shape[:2]
    outline = face.landmarks[FACE_OVAL]
    inside = ((outline >= 0) & (outline < (width, height))).all(axis=1)
    outside = 1 - float(inside.mean())
    return _falling(face.turn, TURN_FULL, TURN_NONE) * _falling(outside, OUTSIDE_FULL, OUTSIDE_NONE)


def _falling(value: float, full: float, none: float) -> float:
    return float(np.clip((none - value) / (none - full), 0, 1))
