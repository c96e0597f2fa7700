"""Every command with a wrong argument: what it says, and its exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from nasfe_cam.cli.last_net import as_error
from nasfe_cam.cli.main import app
from nasfe_cam.core.errors import NasfeError
from tests.user_folders import move_runtime_folder, move_user_folders

# Words of the message, which is one line; {folder} is an empty folder of the test's own.
WRONG: dict[str, str] = {
    "": "",
    "--no-such-option": "No such option: --no-such-option",
    "strat": "No such command 'strat'. Did you mean 'status'?",
    "run --no-such-option": "No such option: --no-such-option",
    "run --seconds -1": "Invalid value for '--seconds'",
    "run --retouch 130": "allowed is auto, or 0 to 100",
    "run --width 1281": "multiples of 2, 16 to 7680",
    "run --fit stretch": "'letterbox' or 'crop'",
    "run --device abacus": "'auto', 'cpu'",
    "run --model foo": "no network 'foo'",
    "run --profile nobody": "no profile 'nobody'",
    "run --source {folder}/clip.mp4": "no file",
    "run --config {folder}/settings.toml": "cannot be read",
    "status extra": "unexpected extra argument",
    "status": "No camera is running",
    "stop": "No camera is running",
    "set": "Missing argument",
    "set retouch": "Missing argument",
    "set retouch 60": "No camera is running",
    "set no-such-setting 1": "no-such-setting",
    "demo --clip {folder}/clip.mp4 --folder {folder}": "no file",
    "demo --simulate-bad-webcam 101": "Invalid value for '--simulate-bad-webcam'",
    "benchmark --size big": "WIDTHxHEIGHT",
    "benchmark --frames 1": "Invalid value for '--frames'",
    "devices extra": "unexpected extra argument",
    "doctor extra": "unexpected extra argument",
    "compile --compute-capability big": "big",
    "enrol": "Missing option '--name'",
    "enrol --name me": "no photos to enrol from",
    "enrol {folder} --name me": "no photo",
    "enrol {folder}/me.jpg --name me": "no photo",
    "enrol {folder} --name a/b": "cannot be called",
    "profiles": "",
    "profiles lst": "No such command 'lst'",
    "profiles list extra": "unexpected extra argument",
    "profiles show nobody": "no profile 'nobody'",
    "profiles delete nobody --yes": "no profile 'nobody'",
    "profiles export nobody {folder}": "no profile 'nobody'",
    "profiles import {folder}/me.nasfe-profile": "no file",
    "profiles rebuild nobody": "no profile 'nobody'",
    "camera": "",
    "camera install --labl x": "No such option: --labl",
    "camera remove extra": "unexpected extra argument",
    "camera status extra": "unexpected extra argument",
}
"""By the words of the command; with exit code 2, without arguments the help instead."""


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_user_folders(monkeypatch, tmp_path / "home")
    (tmp_path / "run").mkdir()
    move_runtime_folder(monkeypatch, tmp_path / "run")


def ended(words: str) -> tuple[int, str]:
    """Exit code and message of a command, as `nasfe_cam.cli.main.main` would end it."""
    done = CliRunner().invoke(app, words.split(), prog_name="nasfe-cam")
    if done.exception is None or isinstance(done.exception, SystemExit):
        return done.exit_code, done.output
    assert isinstance(done.exception, NasfeError), done.exception
    return 2, f"nasfe-cam: {as_error(done.exception)}"


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_argument_is_named_with_exit_code_2(words: str, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    code, said = ended(words.format(folder=folder))
    assert code == 2, said
    lines = [line for line in said.splitlines() if line.startswith(("Error: ", "nasfe-cam: "))]
    if WRONG[words]:
        assert len(lines) == 1 and WRONG[words] in lines[0], said
    else:
        assert lines == [] and said.startswith(f"Usage: nasfe-cam {words}".rstrip())
    assert list(folder.iterdir()) == [], "nothing was begun"


def test_no_command_is_left_out() -> None:
    if sys.platform != "linux":
        pytest.skip("the commands are the same everywhere")
    tried = {tuple(words.split())[:2] for words in WRONG}
    program: Any = get_command(app)
    for name, command in program.commands.items():
        loaded = command.load()
        parts = getattr(loaded, "commands", None)
        if parts is None:
            assert any(words[:1] == (name,) for words in tried), name
        else:
            assert {(name, part) for part in parts} <= tried, name
