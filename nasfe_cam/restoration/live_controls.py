"""What may change in the picture while the camera runs."""

from __future__ import annotations

from nasfe_cam.compositing.light import Light
from nasfe_cam.config.settings import AUTO, Amount, RestoreSettings
from nasfe_cam.core.smoothing.ramp import Ramp
from nasfe_cam.profiles.profile import Profile


class Dial:
    """An amount that moves smoothly to where it is set; "auto" leaves it to what is measured.

    Any thread may set it, one thread reads it.
    """

    def __init__(self, amount: Amount) -> None:
        self._auto, self._share = Ramp(0.0), Ramp(1.0)
        self.set(amount)
        self._auto.jump()
        self._share.jump()

    def set(self, amount: Amount) -> None:
        """Percent, or "auto"."""
        self._auto.target = float(amount == AUTO)
        self._share.target = 1.0 if amount == AUTO else float(amount) / 100

    def of(self, automatic: float, whole: float) -> float:
        """What is chosen: the first of these for "auto", else a share of the second."""
        auto, share = self._auto.now(), self._share.now()
        return auto * automatic + (1 - auto) * share * whole


class LiveControls:
    """Set by whoever steers the camera, read by the stages frame by frame.

    Attributes:
        light: how much of the darkness is lifted; read where the light is measured.
        retouch: how much noise and blur of a face are taken away; read by the restoring thread.
        calm: the same of the whole frame; read like `light`.
        white_balance: 0..1, whether a colour of the light is taken away; read like `light`.
        profile: the enrolled person; None for nobody.
    """

    def __init__(self, settings: RestoreSettings, profile: Profile | None = None) -> None:
        self.light = Dial(settings.light)
        self.retouch = Dial(settings.retouch)
        self.calm = Dial(settings.retouch)
        self.white_balance = Ramp(float(settings.white_balance))
        self.profile = profile

    def lift_of(self, light: Light) -> float:
        """Logarithm of the gain by which pictures in this light are lifted now."""
        return self.light.of(light.needed_lift, light.lack)

    def calm_of(self, share: float) -> float:
        """How much of the noise of the frame is taken away now, of what is there."""
        return self.calm.of(share, share)

    def set_retouch(self, amount: Amount) -> None:
        """Take away so much noise and blur, in percent, or "auto"."""
        self.retouch.set(amount)
        self.calm.set(amount)
