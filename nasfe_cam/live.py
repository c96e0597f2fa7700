"""From settings to a running pipeline: the one place where its parts are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine import NasfeError, open_engine
from nasfe_cam.engines import engine_options
from nasfe_cam.models import find_model, models_folder
from nasfe_cam.observation import Observer, observer_network
from nasfe_cam.outputs.opening import open_outputs
from nasfe_cam.pipeline import Pipeline
from nasfe_cam.profile import Profile
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from nasfe_cam.recognition import Recogniser
from nasfe_cam.resources import Resources
from nasfe_cam.restoration import Restorer, restorer_network
from nasfe_cam.settings import RestoreSettings, Settings
from nasfe_cam.sources import Source, open_source
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.tracking import FaceTracker


def open_pipeline(
    settings: Settings,
    report: Callable[[Exception], None],
    *,
    paced: bool = True,
    lossless: bool = False,
) -> Pipeline:
    """Open source and outputs, and build the pipeline; networks load in the background.

    Args:
        settings: everything.
        report: told every failure while running, from any thread.
        paced: False reads a video as fast as it can be processed.
        lossless: no frame is dropped.

    Raises:
        SourceError, OutputError: what the user asked for cannot be opened.
    """
    source = make_source(settings, paced=paced)
    try:
        outputs = open_outputs(settings.output)
    except Exception:
        source.close()
        raise
    return Pipeline(
        settings,
        source,
        resources(
            settings,
            lambda: make_source(settings, paced=paced),
            load_profile(settings, report),
            report=report,
        ),
        outputs,
        report,
        lossless=lossless,
    )


def make_source(settings: Settings, *, paced: bool = True) -> Source:
    """Open the source, made worse where the user asks for it; raises SourceError."""
    source = open_source(settings.source, settings.output.label, paced=paced)
    strength = settings.source.simulate_bad_webcam / 100
    return BadWebcam(source, strength) if strength > 0 else source


def load_profile(settings: Settings, report: Callable[[Exception], None]) -> Profile | None:
    """The enrolled person of the settings; one that cannot be read is reported, and nobody is."""
    try:
        return read_profile(settings.restore)
    except NasfeError as error:
        report(error)
        return None


def read_profile(settings: RestoreSettings) -> Profile | None:
    """The enrolled person of the settings, if any; raises ProfileError or EngineError."""
    if not settings.profile:
        return None
    observer = find_model("observer.onnx", models_folder(settings.models))
    return ProfileStore(profiles_folder()).load(settings.profile, observer.sha256)


def resources(
    settings: Settings,
    source: Callable[[], Source],
    profile: Profile | None = None,
    *,
    report: Callable[[Exception], None] = lambda _error: None,
    in_background: bool = True,
) -> Resources:
    """How the pipeline makes its networks; see `Resources`.

    Args:
        report: told why an engine does not serve, each reason once.
        in_background: see `EngineOptions`.
    """
    restore = settings.restore
    models = models_folder(restore.models)
    options = engine_options(restore, in_background=in_background)
    report_once = _once(report)
    return Resources(
        source=source,
        tracker=lambda: FaceTracker(
            find_model("face_landmarker.task", models),
            find_model("face_landmarks.onnx", models),
            settings.tracking.maximum_faces,
            options.precision,
        ),
        observer=lambda: Observer(
            open_engine(observer_network(models), replace(options, threads=1), report_once)
        ),
        restorer=lambda: Restorer(
            open_engine(restorer_network(restore.model, models), options, report_once)
        ),
        recogniser=lambda: Recogniser(find_model("sface_2021dec_fp16w.onnx", models)),
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
