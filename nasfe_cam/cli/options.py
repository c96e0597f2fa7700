"""Command-line options generated from the settings, so that nothing is declared twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from rich.markup import escape

from nasfe_cam.settings import Settings, load_settings

SettingsCommand = Callable[..., None]


def with_settings(*names: str) -> Callable[[SettingsCommand], Callable[..., None]]:
    """Give a command options for the named settings, and the settings object as `settings`.

    Args:
        names: dotted names, such as "source.width"; a trailing "=option-name"
            gives the option another name than the field's.
    """
    chosen = [_split(name) for name in names]

    def decorate(command: SettingsCommand) -> Callable[..., None]:
        own = [
            parameter
            for parameter in inspect.signature(command, eval_str=True).parameters.values()
            if parameter.name != "settings"
        ]

        @wraps(command)
        def wrapped(**arguments: Any) -> None:
            config: Path | None = arguments.pop("config")
            overrides = {}
            for name, option in chosen:
                value = arguments.pop(option.replace("-", "_"))
                if value is not None and value != []:
                    overrides[name] = value
            command(settings=load_settings(config, overrides), **arguments)

        generated = [_parameter(name, option) for name, option in chosen]
        config_option = inspect.Parameter(
            "config",
            inspect.Parameter.KEYWORD_ONLY,
            default=typer.Option(None, help="Settings file to read instead of your own."),
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


def _parameter(name: str, option: str) -> inspect.Parameter:
    field = _field(name)
    default = field.default
    shown = ", ".join(default) if isinstance(default, tuple) else default
    limits = {type(limit).__name__: limit for limit in field.metadata}
    notes = [f"{limits['Ge'].ge:g} to {limits['Le'].le:g}"] if {"Ge", "Le"} <= set(limits) else []
    notes += [f"default: {shown}"] if shown != "" else []
    # Square brackets would be taken for markup.
    note = escape("[" + "; ".join(notes) + "]") if notes else ""
    words = f"{field.description} {note}".strip()
    annotation: Any
    if isinstance(default, tuple):
        annotation = list[str]
    elif isinstance(default, bool):
        annotation = bool | None
    elif isinstance(default, int):
        annotation = int | None
    elif isinstance(default, float):
        annotation = float | None
    else:
        annotation = str | None
    return inspect.Parameter(
        option.replace("-", "_"),
        inspect.Parameter.KEYWORD_ONLY,
        default=typer.Option(None, f"--{option}", help=words, show_default=False),
        annotation=annotation,
    )
