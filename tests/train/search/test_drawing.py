"""Genotypes and searches are drawn whole, or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.presets import GENOTYPES
from train.search.genotype_drawing import DrawingFailed, draw_genotype, draw_search

SVG = "{http://www.w3.org/2000/svg}"


def need_graphviz() -> None:
    if shutil.which("dot") is None:
        if os.environ.get("CI"):
            pytest.fail("graphviz is missing; CI must have it")
        pytest.skip("graphviz is not installed")


def labels(path: Path) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.parse(path).iter(f"{SVG}text")]


def test_a_drawing_shows_every_operator_of_every_cell(tmp_path: Path) -> None:
    need_graphviz()
    genotype = load_genotype(GENOTYPES / "nasfe-lite.toml")
    draw_genotype(genotype, tmp_path / "graph.svg")
    shown = labels(tmp_path / "graph.svg")
    connections = [c for cell in genotype.cells for b in cell.blocks for c in (b.first, b.second)]
    assert "none" not in shown
    for operator in {c.operator for c in connections} - {"none"}:
        uses = sum(c.operator == operator for c in connections)
        assert shown.count(operator.replace("_", " ")) == uses
    assert [text for text in shown if text.startswith("FusionCell")] == [
        f"FusionCell {number}" for number in range(1, 5)
    ]


def test_without_graphviz_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawingFailed, match="install the package graphviz"):
        draw_genotype(load_genotype(GENOTYPES / "nasfe-lite.toml"), tmp_path / "graph.svg")
    assert not list(tmp_path.iterdir())


def curves(drawing: Path) -> list[list[list[float]]]:
    """The heights of the points of every curve, for each of the axes."""
    root = ElementTree.parse(drawing).getroot()
    axes = [g for g in root.iter(f"{SVG}g") if g.get("id", "").startswith("axes_")]
    return [
        [
            [
                float(point.split()[1])
                for point in re.split("[ML]", path.get("d", ""))
                if point.strip()
            ]
            for line in each.findall(f"{SVG}g")
            if line.get("id", "").startswith("line2d")
            for path in line.findall(f"{SVG}path")
            if path.get("clip-path")
        ]
        for each in axes
    ]


def test_curves_are_drawn_from_the_log(tmp_path: Path) -> None:
    lines = [
        {"step": s, "loss": 1 / s, "held_out_loss": None, "latency": 5 * s**2, "entropy": 1 / s}
        for s in range(1, 9)
    ]
    lines[-2]["held_out_loss"], lines[-1]["held_out_loss"] = 0.3, 0.2
    log = tmp_path / "search.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    draw_search(log, tmp_path / "curves.svg")
    losses, latency, entropy = curves(tmp_path / "curves.svg")
    assert [len(curve) for curve in losses] == [8, 2]
    # In a picture, y grows downwards.
    assert losses[0] == sorted(losses[0]) and losses[1] == sorted(losses[1])
    assert [curve == sorted(curve, reverse=True) for curve in latency] == [True]
    assert [curve == sorted(curve) for curve in entropy] == [True]


@pytest.mark.parametrize("content", ["", "not json", '{"step": 1}'])
def test_what_is_no_log_is_refused(content: str, tmp_path: Path) -> None:
    log = tmp_path / "search.jsonl"
    log.write_text(content)
    with pytest.raises(DrawingFailed, match="is not the log of a search"):
        draw_search(log, tmp_path / "curves.svg")
    assert not (tmp_path / "curves.svg").exists()
