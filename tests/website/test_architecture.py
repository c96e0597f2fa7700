"""The pictures of the architecture are drawn from the code as it is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pydot
import pytest

from website.package_graph import GROUND_FLOOR, imports_between_packages, package_graph
from website.pipeline_graph import pipeline_graph

SVG = "{http://www.w3.org/2000/svg}"
GRAPHS = {"packages": package_graph, "pipeline": pipeline_graph}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_graph_is_up_to_date(name: str, repository: Path) -> None:
    text = (repository / "docs" / "pictures" / f"{name}.dot").read_text(encoding="utf-8")
    assert text == GRAPHS[name]().to_string(), "run: python -m website.architecture"


@pytest.mark.parametrize("name", GRAPHS)
def test_the_picture_shows_the_graph(name: str, repository: Path) -> None:
    """Compared by its texts and arrows: another Graphviz places them otherwise."""
    graph = GRAPHS[name]()
    picture = ElementTree.parse(repository / "docs" / "pictures" / f"{name}.svg").getroot()
    shown = {"".join(text.itertext()) for text in picture.iter(f"{SVG}text")}
    nodes = [*graph.get_nodes(), *(n for frame in graph.get_subgraphs() for n in frame.get_nodes())]
    labels = [node.get("label") for node in nodes if node.get("label")]
    assert len(labels) > 5
    for label in labels:
        assert set(label.strip('"').split("\\n")) <= shown, label
    titles = {"".join(title.itertext()) for title in picture.iter(f"{SVG}title")}
    for edge in graph.get_edges():
        if edge.get("style") != "invis":
            assert _title(edge) in titles


def test_the_pipeline_is_drawn_in_the_order_of_its_stages() -> None:
    arrows = {(edge.get_source(), edge.get_destination()) for edge in pipeline_graph().get_edges()}
    way = ["capture", "_tracking", "_restoring", "_blending", "_showing"]
    assert set(pairwise(way)) <= arrows
    assert {("_restoring", "_observer"), ("_observer", "_restoring")} <= arrows


def test_no_top_package_is_drawn_as_importing_one_above_it() -> None:
    between = {
        (a.split(".")[0], b.split(".")[0])
        for a, b in imports_between_packages()
        if b != GROUND_FLOOR
    }
    assert between - {(a, b) for a, b in between if a == b} == {
        ("ui", "nasfe_cam"),
        ("train", "nasfe_cam"),
        ("train", "engine"),
        ("nasfe_cam", "engine"),
    }


def _title(edge: pydot.Edge) -> str:
    return "->".join(str(end).strip('"') for end in (edge.get_source(), edge.get_destination()))
