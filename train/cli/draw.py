"""`nasfe-train draw`: draws a search, for the documentation."""

from __future__ import annotations

from pathlib import Path

import typer

from train.models.nasfe.genotype import load_genotype
from train.search.genotype_drawing import draw_genotype, draw_search


def draw(
    genotype: Path = typer.Argument(help="TOML file in train/genotypes."),
    target: Path = typer.Argument(help="SVG file to write."),
    log: Path | None = typer.Option(None, help="search.jsonl of the search, for its curves."),
    curves: Path | None = typer.Option(None, help="SVG file to write the curves to."),
) -> None:
    """Draw a genotype as a graph (needs the program dot of Graphviz) and its search as curves."""
    if (log is None) != (curves is None):
        raise typer.BadParameter("--log and --curves go together")
    draw_genotype(load_genotype(genotype), target)
    typer.echo(str(target))
    if log is not None and curves is not None:
        draw_search(log, curves)
        typer.echo(str(curves))
