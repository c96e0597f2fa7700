"""Finds the commands, options and files that the pages name, so that a test can check them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer
from markdown_it import MarkdownIt
from typer.core import TyperGroup

from nasfe_cam.cli.main import app as camera
from nasfe_cam.cli.parser.lazy_commands import LazyCommand
from train.cli.main import app as training

_PROGRAMS = {"nasfe-cam": camera, "nasfe-train": training}
_END_OF_COMMAND = {"|", "2>&1", ">", "&&"}


@dataclass(frozen=True, slots=True)
class Named:
    """A piece of code in a page: a line of a block, or what stands between backticks."""

    page: Path
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.text}"


def pages(repository: Path) -> list[Path]:
    """Every page of the documentation, built or not."""
    folders = ("docs", "packaging", "tools", "tests/vm", "tests/windows")
    found = [path for folder in folders for path in (repository / folder).rglob("*.md")]
    return [*found, repository / "README.md", repository / "CONTRIBUTING.md"]


def code_in(page: Path) -> list[Named]:
    """All its code, continued lines joined."""
    found = []
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        if token.type in ("code_block", "fence") and token.info in ("", "console"):
            lines = token.content.replace("\\\n", " ").splitlines()
            found += [Named(page, line.strip()) for line in lines if line.strip()]
        for child in token.children or ():
            if child.type == "code_inline":
                found.append(Named(page, child.content))
    return found


def troubles_of_command(named: Named) -> Iterator[str]:
    """What is wrong with a line in which one of our commands is called; nothing for others."""
    words = _words(named.text)
    for place, word in enumerate(words):
        name = word.rpartition("/")[2].rpartition("\\")[2]
        if name in _PROGRAMS:
            yield from _troubles_of_program(name, words[place + 1 :])
            return
        if word.startswith("benchmarks.") and words[place - 1 : place] == ["-m"]:
            script = Path(word.replace(".", "/") + ".py")
            yield from _troubles_of_script(script, words[place + 1 :])
            return


def all_options() -> set[str]:
    """The options of all commands of both programs."""
    found: set[str] = set()
    for name in _PROGRAMS:
        commands = [_command(name)]
        while commands:
            command = commands.pop()
            found |= _options(command)
            if isinstance(command, TyperGroup):
                commands += [_loaded(inner) for inner in command.commands.values()]
    return found


def _words(text: str) -> list[str]:
    """The words of a command line, up to a comment or a pipe; brackets mean "may be left out"."""
    try:
        words = shlex.split(text.replace("[", " ").replace("]", " "), comments=True)
    except ValueError:
        return []
    ends = [place for place, word in enumerate(words) if word in _END_OF_COMMAND]
    return words[: min(ends, default=len(words))]


def _troubles_of_program(name: str, words: list[str]) -> Iterator[str]:
    command = _command(name)
    rest = list(words)
    while isinstance(command, TyperGroup) and rest and not rest[0].startswith("-"):
        inner = command.commands.get(rest[0])
        if inner is None:
            yield f"{name} has no command {rest[0]!r}"
            return
        command, rest = _loaded(inner), rest[1:]
    known = _options(command) | {"--help"}
    for word in rest:
        option = word.partition("=")[0]
        if option.startswith("--") and option not in known:
            yield f"{name} {command.name} has no option {option}"


def _troubles_of_script(script: Path, words: list[str]) -> Iterator[str]:
    if not script.is_file():
        yield f"there is no {script}"
        return
    text = script.read_text(encoding="utf-8")
    for word in words:
        # Options are declared in words, or by the name of a parameter.
        if re.match(r"--[a-z]", word) and not (
            f'"{word}"' in text or f"    {word[2:].replace('-', '_')}: " in text
        ):
            yield f"{script} has no option {word}"


@cache
def _command(name: str) -> Any:  # a command of the click that typer brings along
    return typer.main.get_command(_PROGRAMS[name])


def _loaded(command: Any) -> Any:
    """The command with its options, where only its line of help was known."""
    return command.load() if isinstance(command, LazyCommand) else command


def _options(command: Any) -> set[str]:
    return {text for each in command.params for text in (*each.opts, *each.secondary_opts)}
