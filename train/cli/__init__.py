"""The `nasfe-train` command."""

from __future__ import annotations

import sys

import typer

from engine.errors import NasfeError
from train.cli.ablation import ablation
from train.cli.classifier import classifier
from train.cli.draw import draw
from train.cli.evaluate import evaluate_command
from train.cli.evaluate_real import evaluate_real
from train.cli.export import export
from train.cli.identifier import identifier
from train.cli.networks import networks
from train.cli.niqe import fit_niqe
from train.cli.prepare import prepare
from train.cli.quantise import quantise_command
from train.cli.run import run
from train.cli.search import search_command

app = typer.Typer(
    name="nasfe-train",
    help="Train, evaluate and export the networks of NASFE Camera.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(prepare)
app.command()(run)
app.command("search")(search_command)
app.command()(draw)
app.command()(identifier)
app.command()(classifier)
app.command()(export)
app.command("quantise")(quantise_command)
app.command()(networks)
app.command("evaluate")(evaluate_command)
app.command()(ablation)
app.command("evaluate-real")(evaluate_real)
app.command("niqe")(fit_niqe)


@app.callback()
def _root() -> None:
    """Train, evaluate and export the networks of NASFE Camera."""


def main() -> None:
    """Entry point: errors of our own family end with one line and exit code 2."""
    try:
        app()
    except NasfeError as error:
        print(f"nasfe-train: {error}", file=sys.stderr)
        sys.exit(2)
