"""The networks of the face path, and how each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.selection import open_engine
from nasfe_cam.config.engine_options import engine_options
from nasfe_cam.config.settings import Settings
from nasfe_cam.config.shipped_models import find_model, models_folder
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from nasfe_cam.faces.recogniser import RECOGNISER_FILE, Recogniser
from nasfe_cam.faces.tracker import FaceTracker
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.restoration.observer import Observer, observer_network
from nasfe_cam.restoration.restorer import Restorer, restorer_network


@dataclass(frozen=True, slots=True)
class FaceNetworks:
    """Makes each network when it is needed, and again after it failed; may raise `NasfeError`.

    Attributes:
        profile: the enrolled person, at first; None for nobody.
    """

    tracker: Callable[[], FaceTracker]
    observer: Callable[[], Observer]
    restorer: Callable[[], Restorer]
    recogniser: Callable[[], Recogniser]
    mesh: Callable[[], LandmarkNetwork]
    profile: Profile | None = None


def face_networks(
    settings: Settings,
    profile: Profile | None = None,
    *,
    report: Callable[[Exception], None] = lambda _error: None,
    in_background: bool = True,
) -> FaceNetworks:
    """The networks that these settings ask for; nothing is loaded yet.

    Args:
        report: told why an engine does not serve, each reason once.
        in_background: see `EngineOptions`.
    """
    restore = settings.restore
    models = models_folder(restore.models)
    options = engine_options(restore, in_background=in_background)
    report_once = _once(report)
    return FaceNetworks(
        tracker=lambda: FaceTracker(
            find_model("face_landmarker.task", models),
            find_model(LANDMARKS_FILE, models),
            settings.tracking.maximum_faces,
            options.precision,
        ),
        observer=lambda: Observer(
            open_engine(observer_network(models), replace(options, threads=1), report_once)
        ),
        restorer=lambda: Restorer(
            open_engine(restorer_network(restore.model, models), options, report_once)
        ),
        recogniser=lambda: Recogniser(find_model(RECOGNISER_FILE, models)),
        mesh=lambda: LandmarkNetwork(find_model(LANDMARKS_FILE, models), options.precision),
        profile=profile,
    )


def _once(report: Callable[[Exception], None]) -> Callable[[Exception], None]:
    """Two networks on one card fail for one reason, which is said once."""
    said: set[str] = set()

    def report_new(error: Exception) -> None:
        if str(error) not in said:
            said.add(str(error))
            report(error)

    return report_new
