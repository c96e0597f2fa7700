"""Commands whose modules are imported when they are called."""

from __future__ import annotations

from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from nasfe_cam.cli.main import app as camera
from nasfe_cam.cli.parser.lazy_commands import LazyCommand
from nasfe_cam.cli.profiles.group import profiles
from train.cli.main import app as training


def placeholders() -> list[LazyCommand]:
    groups: list[Any] = [get_command(app) for app in (camera, profiles, training)]
    return [
        command
        for group in groups
        for command in group.commands.values()
        if isinstance(command, LazyCommand)
    ]


@pytest.mark.parametrize("placeholder", placeholders(), ids=lambda each: each.name)
def test_the_line_in_the_table_is_the_first_of_the_commands_own_help(
    placeholder: LazyCommand,
) -> None:
    command = placeholder.load()
    assert command.name == placeholder.name
    first = str(command.help).partition("\n\n")[0]
    assert " ".join(first.split()) == placeholder.help


def test_a_command_shows_its_own_options() -> None:
    shown = CliRunner().invoke(camera, ["status", "--help"])
    assert shown.exit_code == 0
    assert "--json" in shown.stdout


def test_a_value_may_begin_with_a_minus_sign() -> None:
    refused = CliRunner().invoke(camera, ["set", "no-such-setting", "-1"])
    assert "no-such-setting" in str(refused.exception)


def test_a_misspelt_command_gets_a_suggestion() -> None:
    refused = CliRunner().invoke(camera, ["staus"])
    assert refused.exit_code == 2
    assert "status" in refused.output
