"""Auto-framing: a gentle crop that follows the face, like a person at the camera."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.faces.tracker import FACE_OVAL

# The face takes this share of the height of the view, its middle lies so far from the top.
FACE_SHARE, FACE_PLACE = 0.38, 0.45
# More would show how few pixels a webcam has.
LARGEST_ZOOM = 1.7
# As shares of the view: so far a face may move, and so much grow, before the view follows.
FREE_WAY, FREE_GROWTH = 0.07, 0.15
# Without a face the view stays for a while, then opens to the whole picture.
HOLD_SECONDS = 2.0
# Of the critically damped spring that moves the view; it is there after about five of these.
SPRING_SECONDS = 0.35
# A view that stood still through a gap goes on from where it was.
_LONGEST_STEP = 0.25
_WHOLE = np.array([0.5, 0.5, 0.0])
# A view nearer to the whole picture than this many pixels is that.
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class View:
    """The part of a picture that is shown, in its pixels; of the picture's own shape.

    Attributes:
        left, top: of its corner.
        zoom: width of the picture over its width, at least 1.
    """

    left: float
    top: float
    zoom: float


class AutoFraming:
    """Where to look, frame by frame; for one thread, but for `on`.

    The view sets out and arrives softly, stays where it is while the face moves little, and
    never leaves the picture.

    Args:
        on: whether the face is followed; off, the view goes back to the whole picture.

    Attributes:
        on: the same, to be set at any time from any thread.
    """

    def __init__(self, on: bool = False) -> None:
        self.on = on
        # Middle as shares of width and height, and the logarithm of the zoom.
        self._place, self._speed, self._target = _WHOLE.copy(), np.zeros(3), _WHOLE.copy()
        self._time: float | None = None
        self._seen_at = -math.inf

    def look(self, frame: Frame, face: FollowedFace | None) -> View | None:
        """The view for this frame; None for the whole picture.

        Args:
            frame: at the size of the outputs; `captured_at` only grows.
            face: the face that is followed in it; None for none.
        """
        height, width = frame.image.shape[:2]
        now = frame.captured_at
        self._choose_target(now, face, width, height)
        elapsed = 0.0 if self._time is None else min(max(now - self._time, 0.0), _LONGEST_STEP)
        self._time = now
        self._move(elapsed)
        zoom = math.exp(max(0.0, float(self._place[2])))
        if width - width / zoom < _NEAR:
            return None
        inside = 0.5 / zoom
        middle = np.clip(self._place[:2], inside, 1 - inside)
        left, top = (middle - inside) * (width, height)
        return View(float(left), float(top), zoom)

    def _choose_target(
        self, now: float, face: FollowedFace | None, width: int, height: int
    ) -> None:
        if not self.on:
            self._target = _WHOLE
        elif face is not None and np.isfinite(face.landmarks).all():
            self._seen_at = now
            wanted = _wanted(face.landmarks, width, height)
            way = np.abs(wanted[:2] - self._target[:2]).max() * math.exp(self._target[2])
            if way > FREE_WAY or abs(wanted[2] - self._target[2]) > FREE_GROWTH:
                self._target = wanted
        elif now - self._seen_at > HOLD_SECONDS:
            self._target = _WHOLE

    def _move(self, elapsed: float) -> None:
        """One step of a critically damped spring, exact for any `elapsed`."""
        pull = 1 / SPRING_SECONDS
        away = self._place - self._target
        step = (self._speed + pull * away) * elapsed
        fading = math.exp(-pull * elapsed)
        self._speed = (self._speed - pull * step) * fading
        self._place = self._target + (away + step) * fading


def crop(frame: Frame, view: View | None) -> Frame:
    """The frame as it is seen in this view, at its own size; itself for the whole picture."""
    if view is None:
        return frame
    height, width = frame.image.shape[:2]
    # Pixel middles: the view's corner becomes the picture's.
    scale = 1 / view.zoom
    shift = 0.5 * scale - 0.5
    back = np.array([[scale, 0, view.left + shift], [0, scale, view.top + shift]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    image: Image = np.asarray(
        cv2.warpAffine(
            frame.image, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )
    return replace(frame, image=image)


def _wanted(landmarks: FloatArray, width: int, height: int) -> FloatArray:
    """Middle and logarithm of the zoom of the view in which this face looks best."""
    outline = landmarks[FACE_OVAL]
    low, high = outline.min(0), outline.max(0)
    share = max(float(high[1] - low[1]) / height, 1e-3)
    zoom = min(max(FACE_SHARE / share, 1.0), LARGEST_ZOOM)
    across, down = (low + high) / 2 / (width, height)
    return np.array([across, down + (0.5 - FACE_PLACE) / zoom, math.log(zoom)])
