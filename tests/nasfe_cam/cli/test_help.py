"""The help of the commands, as it stands in a terminal of 80 columns."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from nasfe_cam.cli.main import app
from nasfe_cam.config.settings import Fit, OutputKind

COMMANDS = [
    *("", "run", "status", "set", "stop", "demo", "benchmark", "devices", "doctor", "compile"),
    *("enrol", "profiles", "profiles list", "profiles show", "profiles delete"),
    *("profiles export", "profiles import", "profiles rebuild"),
    *("camera", "camera install", "camera remove", "camera status"),
]


def help_of(command: str, option: str = "--help") -> str:
    shown = CliRunner().invoke(app, [*command.split(), option], prog_name="nasfe-cam")
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def option_text(command: str, option: str) -> str:
    """What the help says of an option, in one line."""
    words = help_of(command).partition(f"\n  {option} ")[2].partition("\n  --")[0]
    return " ".join(words.split())


def test_the_list_of_commands_is_whole() -> None:
    program: Any = get_command(app)
    assert set(program.commands) == {name.split()[0] for name in COMMANDS if name}


@pytest.mark.parametrize("command", COMMANDS)
def test_it_fits_80_columns_and_cuts_nothing(command: str) -> None:
    shown = help_of(command)
    assert max(map(len, shown.splitlines())) <= 80
    assert "\N{HORIZONTAL ELLIPSIS}" not in shown and not re.search("<[a-z]", shown)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_usage_holds_nothing_that_is_not_typed(command: str) -> None:
    assert not set("{}") & set(help_of(command).partition("\n\n")[0])


@pytest.mark.parametrize("command", COMMANDS)
def test_the_short_option_shows_it_as_well(command: str) -> None:
    assert help_of(command, "-h") == help_of(command)


def test_the_options_of_run_stand_in_groups_that_say_what_they_are_about() -> None:
    lines = help_of("run").splitlines()
    headings = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert headings == [
        "Where the picture comes from:",
        "Where the picture goes:",
        "How the face is restored:",
        "Options:",
    ]
    assert lines.index("Where the picture goes:") < next(
        place for place, line in enumerate(lines) if line.startswith("  --output ")
    )


@pytest.mark.parametrize(
    ("option", "choices"),
    [("--output", "|".join(OutputKind)), ("--fit", "|".join(Fit)), ("--rate", "auto|every-frame")],
)
def test_an_option_with_choices_shows_them(option: str, choices: str) -> None:
    assert option_text("run", option).startswith(choices)


def test_a_switch_that_is_on_can_be_switched_off() -> None:
    assert "--white-balance / --no-white-balance" in help_of("run")


def test_how_bad_the_simulated_webcam_is_has_one_name() -> None:
    for command in ("run", "demo", "benchmark"):
        assert option_text(command, "--simulate-bad-webcam").startswith("NUMBER ")


def test_the_program_says_of_each_command_what_it_does_in_whole_sentences() -> None:
    shown = " ".join(help_of("").split())
    assert "set Change a setting of the running camera until it stops, such as" in shown
    assert "compile Compile the networks for an NVIDIA card, so that it is used from the" in shown
