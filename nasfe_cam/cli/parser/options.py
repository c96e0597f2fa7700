"""Command-line options generated from the settings, so that nothing is declared twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nasfe_cam.config.settings import Amount, Settings, load_settings

SettingsCommand = Callable[..., None]


def with_settings(*names: str) -> Callable[[SettingsCommand], Callable[..., None]]:
    """Give a command options for the named settings, and the settings object as `settings`.

    A command with a parameter `given` gets the names of the settings that options gave.

    Args:
        names: dotted names, such as "source.width"; a trailing "=option-name"
            gives the option another name than the field's.
    """
    chosen = [_split(name) for name in names]

    def decorate(command: SettingsCommand) -> Callable[..., None]:
        takes_given = "given" in inspect.signature(command).parameters
        own = [
            parameter
            for parameter in inspect.signature(command, eval_str=True).parameters.values()
            if parameter.name not in ("settings", "given")
        ]

        @wraps(command)
        def wrapped(**arguments: Any) -> None:
            config: Path | None = arguments.pop("config")
            overrides = {}
            for name, option in chosen:
                value = arguments.pop(option.replace("-", "_"))
                if value is not None and value != []:
                    overrides[name] = value
            if takes_given:
                arguments["given"] = frozenset(overrides)
            command(settings=load_settings(config, overrides), **arguments)

        generated = [_parameter(name, option) for name, option in chosen]
        config_option = inspect.Parameter(
            "config",
            inspect.Parameter.KEYWORD_ONLY,
            default=typer.Option(
                None, metavar="FILE", help="Settings file to read instead of your own."
            ),
            annotation=Path | None,
        )
        keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        signature = inspect.Signature([*keyword_only, *generated, config_option])
        wrapped.__signature__ = signature  # type: ignore[attr-defined]
        wrapped.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
        return wrapped

    return decorate


def _split(name: str) -> tuple[str, str]:
    dotted, _, option = name.partition("=")
    return dotted, option or dotted.split(".")[1].replace("_", "-")


def _field(name: str) -> FieldInfo:
    section, field = name.split(".")
    model = Settings.model_fields[section].annotation
    assert isinstance(model, type) and issubclass(model, BaseModel)
    return model.model_fields[field]


_HEADINGS = {
    "source": "Where the picture comes from",
    "restore": "How the face is restored",
    "tracking": "How the face is restored",
    "output": "Where the picture goes",
}


def _parameter(name: str, option: str) -> inspect.Parameter:
    field = _field(name)
    several = isinstance(field.default, tuple)
    switch = isinstance(field.default, bool)
    names = f"--{option}/--no-{option}" if switch else f"--{option}"
    kind, shown = _kind(field)
    return inspect.Parameter(
        option.replace("-", "_"),
        inspect.Parameter.KEYWORD_ONLY,
        default=typer.Option(
            None,
            names,
            help=f"{field.description} {_note(field, option)}".strip(),
            metavar=shown,
            show_default=False,
            rich_help_panel=_HEADINGS[name.partition(".")[0]],
        ),
        annotation=list[str] if several else kind | None,
    )


def _kind(field: FieldInfo) -> tuple[type, str]:
    """The type that the command line takes, and what its help shows in place of a value.

    Text is taken for all that only the settings can check, so that all is refused alike.
    """
    default, annotation = field.default, field.annotation
    members = get_args(annotation)[0] if isinstance(default, tuple) else annotation
    if isinstance(members, type) and issubclass(members, StrEnum):
        return str, "|".join(members)
    if annotation == Amount:
        return str, "AMOUNT"
    for kind in (bool, int, float):
        if isinstance(default, kind):
            return kind, "NUMBER"
    return str, "FILE" if isinstance(default, Path) else "TEXT"


def _note(field: FieldInfo, option: str) -> str:
    default = field.default
    limits = {type(limit).__name__: limit for limit in field.metadata}
    notes = [f"{limits['Ge'].ge:g} to {limits['Le'].le:g}"] if {"Ge", "Le"} <= set(limits) else []
    if "MultipleOf" in limits:
        notes += [f"a multiple of {limits['MultipleOf'].multiple_of:g}"]
    notes += ["auto, or 0 to 100"] if field.annotation == Amount else []
    notes += ["repeat the option for more than one"] if isinstance(default, tuple) else []
    if isinstance(default, bool):
        notes += [f"default: --{option}" if default else f"default: --no-{option}"]
    elif default != "":
        notes += [f"default: {_plain(default)}"]
    return "[" + "; ".join(notes) + "]" if notes else ""


def _plain(default: object) -> str:
    if isinstance(default, tuple):
        return ", ".join(default)
    return f"{default:g}" if isinstance(default, float) else str(default)
