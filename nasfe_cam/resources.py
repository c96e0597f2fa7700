"""How the pipeline makes what may fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nasfe_cam.observation import Observer
from nasfe_cam.profile import Profile
from nasfe_cam.recognition import Recogniser
from nasfe_cam.restoration import Restorer
from nasfe_cam.sources import Source
from nasfe_cam.tracking import FaceTracker


@dataclass(frozen=True, slots=True)
class Resources:
    """Each is made in the background, and again after it failed; each may raise `NasfeError`.

    Attributes:
        profile: the enrolled person, at first; None for nobody.
    """

    source: Callable[[], Source]
    tracker: Callable[[], FaceTracker]
    observer: Callable[[], Observer]
    restorer: Callable[[], Restorer]
    recogniser: Callable[[], Recogniser]
    profile: Profile | None = None
