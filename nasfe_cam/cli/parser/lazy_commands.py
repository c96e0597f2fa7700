"""Commands that are imported when they are called: `--help` and `status` wait for no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from nasfe_cam.cli.last_net import require_memory
from nasfe_cam.cli.parser.plain_help import PlainCommand, PlainGroup, PlainProgram


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One command of a program.

    Attributes:
        name: as it is typed.
        place: "module:attribute" of its function, or of the `typer.Typer` of a group.
        help: its line in the help of the program; the first of its own help.
        context_settings: of its parser.
        runs_networks: whether it loads libraries that abort without enough address space.
    """

    name: str
    place: str
    help: str
    context_settings: Mapping[str, Any] = field(default_factory=dict)
    runs_networks: bool = False


def group_of(entries: Sequence[CommandEntry]) -> type[PlainGroup]:
    """The `cls` of a `typer.Typer` that has these commands, after those of its own."""

    class Group(PlainGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            self.commands.update({entry.name: LazyCommand(entry) for entry in entries})

    return Group


class LazyCommand(PlainCommand):
    """Stands for a command in the help of its group, and makes way for it when called."""

    def __init__(self, entry: CommandEntry) -> None:
        super().__init__(entry.name, help=entry.help)
        self._entry = entry

    def load(self) -> Any:  # a command of the click that typer brings along
        """The command itself, with its options; imports its module.

        Raises:
            MemoryLimited: it could not be loaded.
        """
        if self._entry.runs_networks:
            require_memory()
        module, _, attribute = self._entry.place.partition(":")
        found = getattr(import_module(module), attribute)
        program = PlainProgram()
        program.callback()(lambda: None)
        if isinstance(found, typer.Typer):
            program.add_typer(found, name=self._entry.name)
        else:
            settings = dict(self._entry.context_settings)
            program.command(self._entry.name, context_settings=settings)(found)
        group = get_command(program)
        assert isinstance(group, TyperGroup)
        return group.commands[self._entry.name]

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """The context of the command itself, which is what runs."""
        return self.load().make_context(info_name, args, parent, **extra)
