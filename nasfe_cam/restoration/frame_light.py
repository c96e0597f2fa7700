"""How a frame is to be lit: from what its light is like and what the user wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nasfe_cam.compositing.light import calm_share, steady_share
from nasfe_cam.compositing.light_meter import LightMeter
from nasfe_cam.compositing.tone_curve import tone_table
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.restoration.live_controls import LiveControls

# Less than this is nobody's business.
_LEAST = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class FrameLight:
    """How one frame is to be lit.

    Attributes:
        table: 256 x 1 x 3 uint8, the tone curves for `cv2.LUT`.
        visible_noise: deviation of the noise after that, in grey levels.
        steadied: 0..1, how much of the noise is to be averaged away over time.
        calm: 0..1, at most `steadied`: how much is to be taken away, fine detail and all.
        as_it_is: nothing is to be done.
    """

    table: Image
    visible_noise: float
    steadied: float
    calm: float
    as_it_is: bool


AS_IT_IS = FrameLight(tone_table(0.0), 0.0, 0.0, 0.0, as_it_is=True)
"""Nothing is done."""


class FrameLighting:
    """Measures the light of every frame, and decides what is done about it.

    Needs neither face nor network: light is lifted whatever else fails.

    Args:
        controls: read for every frame.
        report: told a failure, and then the frame stays as it is; without it, that is raised.
    """

    def __init__(
        self, controls: LiveControls, report: Callable[[Exception], None] | None = None
    ) -> None:
        self._report = report
        self._controls = controls
        self._meter = LightMeter()

    def light(self, frame: Frame, face: FollowedFace | None) -> FrameLight:
        """How to light this frame; frames come in the order of their time."""
        try:
            return self._decide(frame, face)
        except Exception as error:
            if self._report is None:
                raise
            self._report(error)
            return AS_IT_IS

    def _decide(self, frame: Frame, face: FollowedFace | None) -> FrameLight:
        light = self._meter.read(frame, None if face is None else face.landmarks)
        lift = self._controls.lift_of(light)
        cast = light.cast * np.float32(self._controls.white_balance.now())
        coloured = bool(np.abs(cast).max() >= _LEAST)
        if lift < _LEAST:
            lift = 0.0
        noise = light.visible_noise(lift)
        calm = self._controls.calm_of(calm_share(noise))
        steadied = max(calm, steady_share(lift))
        table = tone_table(lift, light.black, cast if coloured else None, light.excess)
        return FrameLight(table, noise, steadied, calm, lift == 0 and calm <= 0 and not coloured)
