"""From settings to what `engine` is asked for."""

from __future__ import annotations

from pathlib import Path

from engine.selection import EngineOptions
from nasfe_cam.config.settings import RestoreSettings
from nasfe_cam.core.user_files import UserFolder, user_folder


def engines_folder() -> Path:
    """Where compiled networks are kept; it need not exist."""
    return user_folder(UserFolder.CACHE) / "engines"


def engine_options(settings: RestoreSettings, *, in_background: bool = True) -> EngineOptions:
    """What the settings ask for; `in_background` as in `EngineOptions`."""
    return EngineOptions(
        cache=engines_folder(),
        device=settings.device,
        precision=settings.precision,
        threads=settings.threads,
        in_background=in_background,
    )
