"""Finds the face of a frame: tracks all faces, follows one, and prefers the enrolled one."""

from __future__ import annotations

from nasfe_cam.core.frame import Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Held
from nasfe_cam.faces.follower import FaceFollower, FollowedFace
from nasfe_cam.faces.identity_selector import IdentitySelector
from nasfe_cam.faces.tracker import FaceTracker


class FaceFinder:
    """The first part of the face path; closes what it was given.

    Args:
        tracker: finds every face.
        follower: keeps to one of them.
        selector: tells it which of several the enrolled person is.
        meter: counts the stage "track".
    """

    def __init__(
        self,
        tracker: Held[FaceTracker],
        follower: FaceFollower,
        selector: IdentitySelector,
        meter: Meter,
    ) -> None:
        self._tracker = tracker
        self._follower = follower
        self._selector = selector
        self._meter = meter

    def find(self, frame: Frame) -> FollowedFace | None:
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
        self._meter.looked(found=face is not None)
        self._selector.offer(frame, faces)
        return face

    def close(self) -> None:
        """Stop and free the networks."""
        self._selector.close()
        self._tracker.close()
