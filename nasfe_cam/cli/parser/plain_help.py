"""Help that is read in a window of 80 columns: options in groups, and no frames around them.

It needs no Rich, which takes longer to load than the rest of `nasfe-cam --help`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import CommandFunctionType

_WIDEST_NAMES = 28
_OTHER = "Options"


class PlainCommand(TyperCommand):
    """A command whose help shows options under the headings of their `rich_help_panel`."""

    # `ctx` and `formatter` are of the click that typer brings along.
    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_options(self.get_params(ctx), ctx, formatter)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """As they are typed: some people would type the braces around them too."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class PlainGroup(TyperGroup):
    """A group whose help says of every command what it does, whole."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        self.format_commands(ctx, formatter)
        _write_options(self.get_params(ctx), ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [
            (name, _first_paragraph(command.help))
            for name, command in commands
            if command is not None and not command.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class PlainProgram(typer.Typer):
    """A `typer.Typer` with this help, which `-h` shows as well.

    Args:
        cls: of the group; see `group_of`.
        attributes: as `typer.Typer` takes them.
    """

    def __init__(self, cls: type[PlainGroup] = PlainGroup, **attributes: Any) -> None:
        super().__init__(
            cls=cls,
            rich_markup_mode=None,
            add_completion=False,
            context_settings={"help_option_names": ["--help", "-h"]},
            **attributes,
        )

    def command(
        self, name: str | None = None, **attributes: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        return super().command(name, cls=PlainCommand, **attributes)


def _write_options(parameters: Iterable[Any], ctx: Any, formatter: Any) -> None:
    headed: dict[str, list[tuple[str, str]]] = {}
    others: list[tuple[str, str]] = []
    for parameter in parameters:
        row = parameter.get_help_record(ctx)
        if row is None:
            continue
        heading = getattr(parameter, "rich_help_panel", None)
        if parameter.param_type_name == "argument":
            heading, row = "Arguments", (parameter.metavar or parameter.name.upper(), row[1])
        (headed.setdefault(heading, []) if heading else others).append(row)
    for heading, rows in [*headed.items(), (_OTHER, others)]:
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows, col_max=_WIDEST_NAMES)


def _first_paragraph(text: str | None) -> str:
    return " ".join((text or "").partition("\n\n")[0].split())
