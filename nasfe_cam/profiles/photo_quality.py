"""The quality of a photo of a face, in numbers that can be shown, compared and stored."""

from __future__ import annotations

import math
from dataclasses import dataclass

_GOOD_SHARPNESS = 800.0
_GOOD_SIDE = 384.0
_GOOD_BRIGHTNESS = 130.0
_BRIGHTNESS_SPREAD = 80.0
_YAW_SPREAD, _PITCH_SPREAD = 30.0, 25.0


@dataclass(frozen=True, slots=True)
class PhotoQuality:
    """What was measured of one photo.

    Attributes:
        side: side of the square that holds the whole head, in pixels of the photo.
        sharpness: see `nasfe_cam.enrolment.sharpness`.
        brightness: mean grey level of the face, 0..255.
        light_side: difference of the halves' grey levels over their sum; -1..1, above 0
            where the light comes from the right of the picture.
        yaw, pitch: degrees, as in `nasfe_cam.faces.still_detector.HeadPose`.
        smile: 0..1.
    """

    side: int
    sharpness: float
    brightness: float
    light_side: float
    yaw: float
    pitch: float
    smile: float

    @property
    def clarity(self) -> float:
        """0..1: how sharp, large and well lit the face is, wherever it looks."""
        light = (self.brightness - _GOOD_BRIGHTNESS) / _BRIGHTNESS_SPREAD
        return (
            min(1.0, math.sqrt(self.sharpness / _GOOD_SHARPNESS))
            * min(1.0, math.sqrt(self.side / _GOOD_SIDE))
            * math.exp(-0.5 * light**2)
        )

    @property
    def score(self) -> float:
        """0..1: how much the photo helps a profile; a face towards the camera counts more."""
        turned = (self.yaw / _YAW_SPREAD) ** 2 + (self.pitch / _PITCH_SPREAD) ** 2
        return self.clarity * math.exp(-0.5 * turned)
