"""What may change in the picture while the camera runs."""

from __future__ import annotations

from nasfe_cam.gradual import Gradual
from nasfe_cam.profile import Profile
from nasfe_cam.settings import RestoreSettings


class Adjustments:
    """Set by whoever steers the camera, read by the stages frame by frame.

    Attributes:
        strength: 0..1, of the restoration; read by the restoring thread.
        tone_match: 0..1, how far the rest of the picture follows the face; read
            by the blending thread.
        profile: the enrolled person; None for nobody.
    """

    def __init__(self, settings: RestoreSettings, profile: Profile | None = None) -> None:
        self.strength = Gradual(settings.strength / 100)
        self.tone_match = Gradual(settings.tone_match / 100)
        self.profile = profile
