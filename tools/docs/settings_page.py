"""Writes `docs/settings.md` from the settings model: `python -m tools.docs.settings_page`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nasfe_cam.config.names import is_live
from nasfe_cam.config.settings import AUTO, Amount, Settings
from nasfe_cam.core.atomic_files import write_text

_HEAD = """# Settings

Made from `nasfe_cam/config/settings.py` by `python -m tools.docs.settings_page`; do not edit.

The file is `settings.toml` in the configuration folder of your platform (on Linux
`~/.config/nasfe-cam/`). Every setting is optional. Unknown names and values out of range are
refused with a message that says what is allowed. Options of `nasfe-cam run` override the file.

Settings marked **Live** can be changed while the camera runs, with `nasfe-cam set NAME VALUE`; the
change lasts until the camera stops.
"""


def settings_page() -> str:
    """The page, as Markdown."""
    parts = [_HEAD]
    for section, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type) and issubclass(model, BaseModel)
        parts.append(f"\n## [{section}]\n\n{model.__doc__}\n")
        parts.append("| name | default | allowed | what it does |\n| --- | --- | --- | --- |")
        parts += [_row(name, inner) for name, inner in model.model_fields.items()]
    return "\n".join(parts) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    words = f"{field.description} **Live.**" if is_live(field) else field.description
    return f"| `{name}` | {_shown(field.default)} | {_allowed(field)} | {words} |"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{item}"' for item in value) + "]`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float) and not isinstance(value, StrEnum):
        return f"`{value:g}`"
    return f'`"{value}"`'


def _allowed(field: FieldInfo) -> str:
    bounds = {type(limit).__name__: limit for limit in field.metadata}
    if field.annotation == Amount:
        return f'"{AUTO}", 0 to 100'
    if "Ge" in bounds and "Le" in bounds:
        return f"{bounds['Ge'].ge:g} to {bounds['Le'].le:g}"
    if isinstance(field.annotation, type) and issubclass(field.annotation, StrEnum):
        return ", ".join(f'"{value}"' for value in field.annotation)
    words = {str: "text", bool: "true, false", Path: "a path"}
    kind = field.annotation
    return words.get(kind, "a list") if isinstance(kind, type) else "a list"


if __name__ == "__main__":
    write_text(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/settings.md"), settings_page())
