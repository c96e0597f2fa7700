"""What the pages name is there: commands, options, settings, files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from nasfe_cam.config.engine_options import engines_folder
from nasfe_cam.config.names import setting_fields
from nasfe_cam.config.settings import settings_path
from nasfe_cam.profiles.store import profiles_folder
from nasfe_cam.virtual_camera.linux import LOAD_FILE, OPTIONS_FILE
from train.experiment import Experiment, read_experiment
from ui.services.autostart import entry_path
from website.named import Named, all_options, code_in, pages, troubles_of_command

REPOSITORY = Path(__file__).parents[2]
CODE = [named for page in pages(REPOSITORY) for named in code_in(page)]
NOT_YET = {"docs/gpu.md"}
"""Written by a command that needs a machine which nobody had."""
SECTIONS = {name.partition(".")[0] for name in setting_fields()}


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)


def test_every_command_exists_with_its_options() -> None:
    assert sum("nasfe-cam " in named.text for named in CODE) > 50
    troubles = [f"{named}: {word}" for named in CODE for word in troubles_of_command(named)]
    assert not troubles


@pytest.mark.parametrize(
    "line", ["nasfe-cam runn", "nasfe-cam run --strenght 60", "python -m benchmarks.camera.none"]
)
def test_a_command_that_does_not_exist_is_noticed(line: str) -> None:
    assert list(troubles_of_command(Named(Path("page.md"), line)))


def test_every_option_that_is_named_alone_belongs_to_a_command() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (REPOSITORY / "ui").glob("*.py"))
    scripts += "".join(path.read_text("utf-8") for path in REPOSITORY.glob("benchmarks/**/*.py"))
    scripts += "".join(path.read_text("utf-8") for path in REPOSITORY.glob("packaging/**/*.py"))
    scripts += "".join(path.read_text("utf-8") for path in REPOSITORY.glob("tools/**/*.py"))
    known = all_options()
    for named in CODE:
        option = named.text.partition(" ")[0].partition("=")[0]
        if re.fullmatch(r"--[a-z][a-z-]+", option) and option not in known:
            assert option in scripts or option[2:].replace("-", "_") in scripts, named


def test_every_setting_exists() -> None:
    known = set(setting_fields())
    for named in CODE:
        for name in re.findall(r"\b[a-z]+\.[a-z_]+\b", named.text):
            if name.partition(".")[0] in SECTIONS and not name.endswith((".py", ".mp4")):
                assert name in known, named


def test_every_file_of_the_repository_exists() -> None:
    made = {"build", "dist", "runs", "nasfe-demo"}
    folders = {path.name for path in REPOSITORY.iterdir() if path.is_dir()} - made
    seen = 0
    for named in CODE:
        text = named.text
        if text in NOT_YET or not re.fullmatch(r"[\w./-]+", text):
            continue
        if text.partition("/")[0] in folders and "/" in text:
            seen += 1
            assert (REPOSITORY / text).exists(), named
    assert seen > 30


def test_every_make_target_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for named in CODE:
        words = named.text.removeprefix(".\\").split()
        if words[:1] == ["make"] and len(words) == 2:
            assert words[1] in targets, named


@pytest.mark.skipif(sys.platform != "linux", reason="the page names the places of Linux")
def test_the_privacy_page_names_the_places_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    page = (REPOSITORY / "docs" / "privacy.md").read_text("utf-8")
    for path in (settings_path(), profiles_folder(), engines_folder(), entry_path()):
        assert f"`~/{path.relative_to('/home/me')}`" in page
    for path in (OPTIONS_FILE, LOAD_FILE):
        assert f"`{path}`" in page


def test_the_experiment_of_the_training_page_is_one(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "training.md").read_text("utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "mine.toml"
    file.write_text(text)
    experiment = read_experiment(file, Experiment)
    assert not experiment.start_from
    assert experiment.lambda_iden == 0, "it must run without weights of others"
