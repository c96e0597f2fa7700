"""Graphs of the code as DOT, the text that a test compares, and as SVG, which pages show."""

from __future__ import annotations

import sys
from pathlib import Path

import pydot

from nasfe_cam.core.atomic_files import write_bytes, write_text

FONT = "Helvetica"


def new_graph(name: str, direction: str) -> pydot.Dot:
    """An empty graph in the style of the pages; direction "TB" is downwards, "LR" to the right."""
    graph = pydot.Dot(name, rankdir=direction, fontname=FONT, bgcolor="white", pad="0.2")
    graph.set_node_defaults(
        fontname=FONT, fontsize="11", shape="box", style="rounded,filled", color="#8A939E"
    )
    graph.set_edge_defaults(fontname=FONT, fontsize="10", color="#57606B", arrowsize="0.7")
    return graph


def write_graph(graph: pydot.Dot, path: Path) -> None:
    """Write `<path>.dot` and `<path>.svg`; ends the program if Graphviz is not installed.

    Raises:
        OutputFileFailed: a file cannot be written.
    """
    try:
        picture = graph.create(format="svg")
    except OSError:
        sys.exit("Install the package graphviz, which has the program dot.")
    write_bytes(path.with_suffix(".svg"), _as_bytes(picture))
    write_text(path.with_suffix(".dot"), graph.to_string())


def _as_bytes(picture: str | bytes) -> bytes:
    return picture if isinstance(picture, bytes) else picture.encode("utf-8")
