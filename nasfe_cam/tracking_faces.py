"""Finds the face of a live frame: tracks all faces, follows one, and prefers the enrolled one."""

from __future__ import annotations

from collections.abc import Callable

from nasfe_cam.choosing import Choosing
from nasfe_cam.following import FaceFollower, FollowedFace
from nasfe_cam.frame import Frame
from nasfe_cam.measure import Meter
from nasfe_cam.profile import Profile
from nasfe_cam.resources import Resources
from nasfe_cam.settings import TrackingSettings
from nasfe_cam.supervision import Supervised


class TrackingFaces:
    """Holds the tracker, which is made, and made again, in the background.

    Args:
        resources: its tracker, recogniser and profile are used.
        settings: see `FaceFollower`.
        report: told every failure.
        meter: counts the stages "track" and "choose".
    """

    def __init__(
        self,
        resources: Resources,
        settings: TrackingSettings,
        report: Callable[[Exception], None],
        meter: Meter,
    ) -> None:
        self._tracker = Supervised(resources.tracker, report, "make-tracker")
        self._follower = FaceFollower(settings)
        self._meter = meter
        profile = resources.profile
        self._choosing = Choosing(
            resources.recogniser,
            None if profile is None else profile.embedding,
            self._follower.prefer,
            report,
            meter,
        )

    @property
    def ready(self) -> bool:
        """Whether the tracker is made."""
        return self._tracker.get() is not None

    def start(self) -> None:
        """Begin to tell the enrolled person among several."""
        self._choosing.start()

    def look_for(self, profile: Profile | None) -> None:
        """Prefer this person among several, from the next frame on."""
        self._choosing.look_for(None if profile is None else profile.embedding)

    def track(self, frame: Frame) -> FollowedFace | None:
        """The face to restore; None where there is none, or none can be found at the moment."""
        tracker = self._tracker.get()
        if tracker is None:
            return None
        try:
            with self._meter.stage("track"):
                faces = tracker.track(frame)
                face = self._follower.follow(frame, faces)
        except Exception as error:
            self._tracker.failed(error)
            return None
        self._tracker.succeeded()
        self._choosing.offer(frame, faces)
        return face

    def close(self) -> None:
        """Stop and free the networks."""
        self._choosing.close()
        self._tracker.close()
