"""From settings to a running pipeline: the one place where its parts are chosen."""

from __future__ import annotations

from collections.abc import Callable

from engine import NasfeError, Precision
from nasfe_cam.models import find_model
from nasfe_cam.observation import Observer
from nasfe_cam.outputs.opening import open_outputs
from nasfe_cam.pipeline import Pipeline, Resources
from nasfe_cam.profile import Profile
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from nasfe_cam.recognition import Recogniser
from nasfe_cam.restoration import Restorer
from nasfe_cam.settings import Settings
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
    name = settings.restore.profile
    if not name:
        return None
    try:
        return ProfileStore(profiles_folder()).load(name, find_model("observer.onnx").sha256)
    except NasfeError as error:
        report(error)
        return None


def resources(
    settings: Settings, source: Callable[[], Source], profile: Profile | None = None
) -> Resources:
    """How the pipeline makes its networks; see `Resources`."""
    restore = settings.restore
    precision = Precision(restore.precision.value)
    identity = None if profile is None else profile.identity
    return Resources(
        source=source,
        tracker=lambda: FaceTracker(
            find_model("face_landmarker.task"),
            find_model("face_landmarks.onnx"),
            settings.tracking.maximum_faces,
            precision,
        ),
        observer=lambda: Observer(find_model("observer.onnx"), precision, threads=1),
        restorer=lambda: Restorer(
            find_model(f"{restore.model}.onnx"), identity, precision, restore.threads
        ),
        recogniser=lambda: Recogniser(find_model("sface_2021dec_fp16w.onnx")),
        embedding=None if profile is None else profile.embedding,
    )
