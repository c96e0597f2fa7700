"""Runs `nasfe-cam` commands inside the test's own process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from nasfe_cam.cli.main import app
from nasfe_cam.core.errors import NasfeError


def invoke(*arguments: str | Path) -> str:
    """Standard output of a command that must succeed."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None, result.output
    return str(result.stdout)


def invoke_json(*arguments: str | Path) -> Any:
    """What the command says to machines."""
    return json.loads(invoke(*arguments, "--json"))


def refusal(*arguments: str | Path) -> NasfeError:
    """The error of a command that must fail."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert isinstance(result.exception, NasfeError), result.output
    return result.exception
