"""From settings to a running pipeline: the one place where its parts are chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nasfe_cam.config.settings import OutputKind, RestoreSettings, Settings
from nasfe_cam.config.shipped_models import find_model, models_folder
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.user_files import expanded
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.sinks.errors import RecordingIsSource
from nasfe_cam.sinks.factory import open_sinks
from nasfe_cam.sources.bad_webcam import BadWebcam
from nasfe_cam.sources.base import Source
from nasfe_cam.sources.factory import open_source


def open_pipeline(settings: Settings, report: Callable[[Exception], None]) -> Pipeline:
    """Open source and outputs, and build the pipeline; networks load in the background.

    Args:
        settings: everything.
        report: told every failure while running, from any thread.

    Raises:
        SourceError, OutputError: what the user asked for cannot be opened.
    """
    _require_other_file(settings)
    source = make_source(settings)
    try:
        outputs = open_sinks(settings.output)
    except Exception:
        source.close()
        raise
    return Pipeline(
        settings,
        source,
        lambda: make_source(settings),
        face_networks(settings, load_profile(settings, report), report=report),
        outputs,
        report,
    )


def _require_other_file(settings: Settings) -> None:
    """Raise RecordingIsSource where the clip that is shown would be written over."""
    output = settings.output
    if OutputKind.FILE not in output.outputs:
        return
    source, file = expanded(Path(settings.source.source)), expanded(output.file)
    with suppress(OSError, ValueError):
        if source.samefile(file):
            raise RecordingIsSource(file)


def make_source(settings: Settings) -> Source:
    """Open the source, made worse where the user asks for it; raises SourceError."""
    source = open_source(settings.source, settings.output.label)
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
