"""Which package imports which, read from the code."""

from __future__ import annotations

import ast
import re
import textwrap
from importlib.util import find_spec
from pathlib import Path

import grimp
import pydot

from website.drawing import FONT, new_graph

ROOTS = ("ui", "train", "nasfe_cam", "engine")
COLOURS = {"ui": "#F7E3F0", "train": "#FCEBCF", "nasfe_cam": "#DCEAF9", "engine": "#D8F0E6"}
_WIDTH = 24


def imports_between_packages() -> set[tuple[str, str]]:
    """Every (importer, imported) pair of packages, down to the second level."""
    graph = grimp.build_graph(*ROOTS)
    packages = {
        module
        for module in graph.modules
        if module.count(".") < 2 and (module in ROOTS or graph.find_children(module))
    }
    pairs = {
        (_package(module, packages), _package(other, packages))
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    }
    return {(importer, imported) for importer, imported in pairs if importer != imported}


def package_graph() -> pydot.Dot:
    """A frame for each top package, with its parts; an arrow goes to what is imported.

    From frame to frame there is one arrow for all; inside, arrows to and from the modules
    that lie in no part are left out. More would hide the directions, which are the point.
    """
    pairs = imports_between_packages()
    graph = new_graph("packages", "TB")
    graph.set("compound", "true")
    graph.set("nodesep", "0.15")
    graph.set("ranksep", "0.4")
    for root in ROOTS:
        frame = _frame(root, {name for pair in pairs for name in pair})
        graph.add_subgraph(frame)  # type: ignore[arg-type]  # a Cluster is taken, too
    between: set[tuple[str, str]] = set()
    for importer, imported in sorted(pairs):
        ends = importer.split(".")[0], imported.split(".")[0]
        if ends[0] != ends[1]:
            between.add(ends)
        elif "." in importer and "." in imported:
            graph.add_edge(pydot.Edge(importer, imported))
    for importer, imported in sorted(between):
        ends = f"cluster_{importer}", f"cluster_{imported}"
        bold = pydot.Edge(importer, imported, penwidth="2.5", ltail=ends[0], lhead=ends[1])
        graph.add_edge(bold)
        # So that the whole frame stands above the other.
        for name in _lowest(importer, pairs):
            graph.add_edge(pydot.Edge(name, imported, style="invis"))
    return graph


def _lowest(root: str, pairs: set[tuple[str, str]]) -> list[str]:
    """The parts of a top package that import none of its other parts."""
    parts = {name for pair in pairs for name in pair if name.startswith(f"{root}.")}
    return sorted(parts - {importer for importer, imported in pairs if imported in parts})


def _frame(root: str, packages: set[str]) -> pydot.Cluster:
    frame = pydot.Cluster(root, style="rounded", color="#8A939E", fontname=f"{FONT}-Bold")
    for name in sorted(packages):
        if name.split(".")[0] == root:
            frame.add_node(pydot.Node(name, label=_label(name), fillcolor=COLOURS[root]))
    return frame


def _package(module: str, packages: set[str]) -> str:
    while module not in packages:
        module = module.rpartition(".")[0]
    return module


def _label(name: str) -> str:
    return "\\n".join([name, *textwrap.wrap(_first_sentence(name), _WIDTH)])


def _first_sentence(package: str) -> str:
    """What a package says about itself, read without running it."""
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None
    text = ast.get_docstring(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    plain = re.sub(r" \([^)]*\)|`", "", paragraph)
    return re.split(r"[.;:] ", plain)[0].rstrip(".")
