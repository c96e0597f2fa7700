"""`nasfe-cam compile`: compiles networks for NVIDIA cards before the camera needs them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from nasfe_cam.cli.parser.options import with_settings
from nasfe_cam.cli.precompile import CompiledNetwork, compile_for, networks_of, targets
from nasfe_cam.cli.terminal import shown
from nasfe_cam.config.engine_options import engines_folder
from nasfe_cam.config.settings import Settings


@with_settings("restore.model")
def compile_networks(
    settings: Settings,
    compute_capability: list[str] = typer.Option(
        [],
        metavar="NUMBER",
        help="Compile for this compute capability, such as 8.9, without such a card.",
    ),
    folder: Path | None = typer.Option(
        None,
        metavar="FOLDER",
        help="Where the compiled networks go.",
        show_default="where the camera looks",
    ),
) -> None:
    """Compile the networks for an NVIDIA card, so that it is used from the first frame.

    The camera does it by itself, in the background; needs the extra 'tensorrt'.
    """
    tensorrt, cards = targets(compute_capability)
    done = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for card in cards:
            for network in networks_of(settings.restore.model):
                words = f"{network.path.stem} for {card.name or card.compute_capability}"
                task = progress.add_task(words, total=1.0)
                show = partial(_show, progress, task)
                chosen = folder or engines_folder()
                done.append(compile_for(network, tensorrt, card, chosen, show))
    _print(done, str(tensorrt), Console())


def _show(progress: Progress, task: TaskID, share: float) -> None:
    progress.update(task, completed=share)


def _print(done: list[CompiledNetwork], tensorrt: str, console: Console) -> None:
    table = Table("network", "for", "MB", "seconds", title=shown(tensorrt), title_justify="left")
    for compiled in done:
        seconds = f"{compiled.seconds:.1f}" if compiled.seconds else "compiled before"
        size = f"{compiled.size / 1e6:.1f}"
        table.add_row(compiled.network, compiled.target, size, seconds)
    console.print(table)
    for compiled in done:
        console.print(shown(compiled.path), soft_wrap=True)
