"""Options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path

import typer

FACES = typer.Option(Path("../shared/data"), help="Folder with faces/.")
VGG_MODELS = typer.Option(Path("../shared/models"), help="Folder with the VGG weights.")
RUNS = typer.Option(Path("runs"), help="Where checkpoints and logs go.")
CHECKPOINTS = typer.Option([], help="Measure this run instead; may be given several times.")
THREADS = typer.Option(0, min=0, help="CPU threads; 0 takes all.")
