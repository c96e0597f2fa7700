"""Which package imports which, read from the code; what each is, from CONTRIBUTING.md."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

import grimp
import pydot

from website.drawing import FONT, new_graph

ROOTS = ("ui", "train", "nasfe_cam", "engine")
COLOURS = {"ui": "#F7E3F0", "train": "#FCEBCF", "nasfe_cam": "#DCEAF9", "engine": "#D8F0E6"}
MAP = Path(__file__).parent.parent / "CONTRIBUTING.md"
GROUND_FLOOR = "nasfe_cam.core"
"""What `engine` imports of the camera's: the family of errors, and how files are written."""
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
    ground: set[str] = set()
    for importer, imported in sorted(pairs):
        ends = importer.split(".")[0], imported.split(".")[0]
        if imported == GROUND_FLOOR and importer.split(".")[0] == "engine":
            ground.add(importer)
        elif ends[0] != ends[1]:
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
    if ground:
        graph.add_edge(pydot.Edge(min(ground), GROUND_FLOOR, ltail="cluster_engine"))
    return graph


def _lowest(root: str, pairs: set[tuple[str, str]]) -> list[str]:
    """The parts of a top package that import none of its other parts."""
    parts = {name for pair in pairs for name in pair if name.startswith(f"{root}.")}
    return sorted(parts - {importer for importer, imported in pairs if imported in parts})


def _frame(root: str, packages: set[str]) -> pydot.Cluster:
    rooms = rooms_of()
    frame = pydot.Cluster(root, style="rounded", color="#8A939E", fontname=f"{FONT}-Bold")
    for name in sorted(packages):
        if name.split(".")[0] == root:
            frame.add_node(pydot.Node(name, label=_label(name, rooms), fillcolor=COLOURS[root]))
    return frame


def _package(module: str, packages: set[str]) -> str:
    while module not in packages:
        module = module.rpartition(".")[0]
    return module


def _label(name: str, rooms: Mapping[str, str]) -> str:
    return "\\n".join([name, *textwrap.wrap(rooms.get(name, ""), _WIDTH)])


def rooms_of(page: Path = MAP) -> dict[str, str]:
    """What each package holds, as the map in CONTRIBUTING.md says."""
    rows = re.findall(r"^\|(?: \d+ \|)? `([\w/]+)/` \| (.+) \|$", page.read_text("utf-8"), re.M)
    return {folder.replace("/", "."): re.split("[;:] ", words)[0] for folder, words in rows}
