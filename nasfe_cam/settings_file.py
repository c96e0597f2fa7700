"""Writes the user's settings file, for programs in which settings are changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nasfe_cam.errors import OutputFileFailed
from nasfe_cam.files import write_text
from nasfe_cam.setting_names import SettingValue, setting_values, settings_file_text
from nasfe_cam.settings import Settings, load_settings, settings_path


def read_settings(path: Path | None = None) -> Settings:
    """`load_settings`, with the defaults for a file that is not there yet.

    Args:
        path: the settings file; None for the platform's.

    Raises:
        SettingsError: the file cannot be read, or holds a refused value.
    """
    chosen = settings_path() if path is None else path
    return load_settings(chosen) if chosen.exists() else Settings()


def save_settings(changes: Mapping[str, SettingValue], path: Path | None = None) -> Settings:
    """Change some settings in the file and leave the others; defaults are not written.

    Comments in the file are lost.

    Args:
        changes: new values by dotted name.
        path: the settings file; None for the platform's.

    Returns:
        All settings as they are now in the file.

    Raises:
        SettingsError: the file cannot be read, or a value is refused; nothing is written.
        OutputFileFailed: the file cannot be written.
    """
    chosen = settings_path() if path is None else path
    settings = read_settings(chosen).replaced(dict(changes))
    defaults = setting_values(Settings())
    own = {
        name: value for name, value in setting_values(settings).items() if value != defaults[name]
    }
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileFailed(chosen, error.strerror or str(error)) from None
    write_text(chosen, settings_file_text(own))
    return settings
