"""From settings to what `engine` is asked for."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from engine import EngineOptions, Precision
from nasfe_cam.settings import RestoreSettings


def engines_folder() -> Path:
    """Where compiled networks are kept; it need not exist."""
    return platformdirs.user_cache_path("nasfe-cam") / "engines"


def engine_options(settings: RestoreSettings, *, in_background: bool = True) -> EngineOptions:
    """What the settings ask for; `in_background` as in `EngineOptions`."""
    return EngineOptions(
        cache=engines_folder(),
        device=settings.device,
        precision=Precision(settings.precision.value),
        threads=settings.threads,
        in_background=in_background,
    )
