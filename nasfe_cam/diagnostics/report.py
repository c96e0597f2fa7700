"""The whole diagnosis, for `nasfe-cam doctor` and for the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.base import EngineDescription
from engine.device_choice import DeviceChoice
from engine.devices import list_devices
from engine.model_file import Network
from engine.selection import open_engine
from nasfe_cam.config.engine_options import engine_options, engines_folder
from nasfe_cam.config.settings import RestoreSettings
from nasfe_cam.config.shipped_models import find_model, models_folder
from nasfe_cam.diagnostics.cameras import check_cameras, check_virtual_camera
from nasfe_cam.diagnostics.checks import (
    Check,
    check_engine,
    check_intel_devices,
    check_models,
    check_profile,
    check_python,
    check_settings,
    check_space,
    check_tracker,
    checked,
)
from nasfe_cam.diagnostics.nvidia import check_nvidia
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.restoration.observer import observer_network
from nasfe_cam.restoration.restorer import restorer_network
from nasfe_cam.sources.listing import list_cameras
from nasfe_cam.virtual_camera.state import find_virtual_camera


def diagnose(config: Path | None) -> list[Check]:
    """Every check, in the order in which a frame would meet them; takes a second or two.

    Args:
        config: settings file; None for the user's own.
    """
    settings_check, settings = check_settings(config)
    restore, label = settings.restore, settings.output.label
    models = models_folder(restore.models)

    def networks() -> list[Network]:
        return [restorer_network(restore.model, models), observer_network(models)]

    return [
        checked("system", check_python),
        settings_check,
        checked("cameras", lambda: check_cameras(list_cameras(), label)),
        checked("face tracker", lambda: check_tracker(models)),
        checked("model files", lambda: check_models(restore.model, models)),
        checked("engine", lambda: check_engine(lambda: _describe(restore))),
        checked("GPU", lambda: check_intel_devices(list_devices(), restore.device)),
        checked("NVIDIA", lambda: check_nvidia(networks, engines_folder())),
        checked(
            "profile",
            lambda: check_profile(
                restore.profile,
                ProfileStore(profiles_folder()),
                lambda: find_model("observer.onnx", models).sha256,
            ),
        ),
        checked("virtual camera", lambda: check_virtual_camera(find_virtual_camera(label))),
        checked("disk", lambda: check_space(settings.output.file.absolute().parent)),
    ]


def _describe(settings: RestoreSettings) -> EngineDescription:
    """What serves at once; the check "NVIDIA" says what may take over."""
    options = engine_options(settings, in_background=False)
    if options.device in (DeviceChoice.AUTO, DeviceChoice.NVIDIA):
        options = replace(options, device=DeviceChoice.CPU)
    network = restorer_network(settings.model, models_folder(settings.models))
    engine = open_engine(network, options, lambda _error: None)
    try:
        # Intel's GPU or NPU takes over after a run in which it has agreed with the CPU.
        engine.run()
        return engine.describe()
    finally:
        engine.close()
