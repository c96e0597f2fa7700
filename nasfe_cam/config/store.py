"""Writes the user's settings file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nasfe_cam.config.names import SettingValue, setting_values, settings_file_text
from nasfe_cam.config.settings import Settings, load_settings, settings_path
from nasfe_cam.core.atomic_files import output_file_error, write_private_bytes
from nasfe_cam.core.user_files import FileKind, kind_of


def read_settings(path: Path | None = None) -> Settings:
    """`load_settings`, with the defaults for a file that is not there yet.

    Args:
        path: the settings file; None for the platform's.

    Raises:
        SettingsError: the file cannot be read, or holds a refused value.
        PathUnreachable, HomeUnknown: nobody can tell whether there is one.
    """
    chosen = settings_path() if path is None else path
    return load_settings(chosen) if kind_of(chosen) is not FileKind.MISSING else Settings()


def forget_profile(name: str, path: Path | None = None) -> None:
    """Take the name of a profile that was deleted out of the settings; raises as `save_settings`.

    Args:
        name: of the profile.
        path: the settings file; None for the platform's.
    """
    if read_settings(path).restore.profile == name:
        save_settings({"restore.profile": ""}, path)


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
        chosen.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # It holds the name of the enrolled person.
        write_private_bytes(chosen, settings_file_text(own).encode())
    except OSError as error:
        raise output_file_error(chosen, error) from None
    return settings
