"""What can be wrong with settings."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.errors import SettingsError


class SettingsFileUnreadable(SettingsError):
    code = "settings-file-unreadable"
    text = "Settings file {path} cannot be read ({reason})."
    remedy = "Check who owns it, or give another one with --config."

    path: Path
    reason: str


class SettingsFileInvalid(SettingsError):
    code = "settings-file-invalid"
    text = "Settings file {path} is not valid TOML ({reason})."
    remedy = "Correct that line."

    path: Path
    reason: str


class SettingUnknown(SettingsError):
    code = "setting-unknown"
    text = "Unknown setting {name!r}."
    remedy = "See the list in docs/settings.md."

    name: str


class SettingAmbiguous(SettingsError):
    code = "setting-ambiguous"
    text = "Setting {name!r} can be any of these: {matches}."
    remedy = "Write the name with its section."

    name: str
    matches: tuple[str, ...]


class SettingOutOfRange(SettingsError):
    """Attributes:
    value: as it was given.
    """

    code = "setting-out-of-range"
    text = "Setting {name} = {value} is refused: allowed is {minimum:g} to {maximum:g}."

    name: str
    value: str
    minimum: float
    maximum: float


class SettingRefused(SettingsError):
    """Attributes:
    value: as it was given.
    """

    code = "setting-refused"
    text = "Setting {name} = {value} is refused: {reason}."

    name: str
    value: str
    reason: str
