"""Settings by their dotted names: finding, listing and writing them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import tomli_w
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nasfe_cam.config.errors import SettingAmbiguous, SettingUnknown
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.text.foreign import sendable

SettingValue = bool | int | float | str | tuple[str, ...]
"""A setting as it travels in messages and files; a tuple is a list there."""


def setting_fields() -> dict[str, FieldInfo]:
    """Every setting by its dotted name, such as "restore.retouch"."""
    fields: dict[str, FieldInfo] = {}
    for section, outer in Settings.model_fields.items():
        model = outer.annotation
        assert isinstance(model, type) and issubclass(model, BaseModel)
        fields |= {f"{section}.{name}": field for name, field in model.model_fields.items()}
    return fields


def is_live(field: FieldInfo) -> bool:
    """Whether a running camera applies a change of this setting at once."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and extra.get("live") is True


def live_settings() -> frozenset[str]:
    """Dotted names of the settings that can be changed while the camera runs."""
    return frozenset(name for name, field in setting_fields().items() if is_live(field))


def full_name(name: str) -> str:
    """The dotted name of a setting that may be written without its section.

    Where several sections have the name, the one whose setting is live is meant.

    Raises:
        SettingUnknown: no section has it.
        SettingAmbiguous: several have it.
    """
    fields = setting_fields()
    plain = name.replace("-", "_")
    if plain in fields:
        return plain
    matches = tuple(dotted for dotted in fields if dotted.partition(".")[2] == plain)
    live = tuple(dotted for dotted in matches if is_live(fields[dotted]))
    if not matches:
        raise SettingUnknown(name)
    if len(matches) > 1 and len(live) != 1:
        raise SettingAmbiguous(name, matches)
    return (live or matches)[0]


def setting_values(settings: Settings) -> dict[str, SettingValue]:
    """Every setting by its dotted name, as it travels in messages and files."""
    return {
        f"{section}.{name}": _plain(value)
        for section, fields in settings.model_dump().items()
        for name, value in fields.items()
    }


def settings_file_text(values: Mapping[str, SettingValue]) -> str:
    """The TOML text that `load_settings` reads these values from.

    Args:
        values: by dotted name, such as from `setting_values`.
    """
    tables: dict[str, dict[str, object]] = {}
    for dotted, value in values.items():
        section, _, name = dotted.partition(".")
        tables.setdefault(section, {})[name] = _writable(value)
    return tomli_w.dumps(tables)


def _writable(value: SettingValue) -> object:
    if isinstance(value, tuple):
        return [sendable(item) for item in value]
    return sendable(value) if isinstance(value, str) else value


def _plain(value: object) -> SettingValue:
    if isinstance(value, tuple):
        return tuple(str(item) for item in value)
    if isinstance(value, StrEnum | Path):
        return str(value)
    assert isinstance(value, bool | int | float | str)
    return value
