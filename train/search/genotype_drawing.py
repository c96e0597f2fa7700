"""Draws a genotype as a graph, and a search as curves, for docs and model cards."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pydot
from matplotlib.figure import Figure

from nasfe_cam.core.atomic_files import write_bytes
from nasfe_cam.core.errors import NasfeError
from train.models.nasfe.genotype import CellGenotype, Genotype

# Okabe and Ito's palette, told apart by colour-blind readers too.
COLOURS = {
    "dilated_conv_3": "#56B4E9",
    "dilated_conv_5": "#8FB4E3",
    "separable_conv_3": "#A6DBC8",
    "separable_conv_5": "#009E73",
    "skip": "#DDDDDD",
    "self_attention": "#F0E442",
    "res2block": "#E69F00",
    "res_op": "#F2B36B",
    "deveiling_op": "#CC79A7",
    "fft_op": "#D55E00",
}
SMOOTHED_STEPS = 50


class DrawingFailed(NasfeError):
    """There is nothing to draw, or nothing to draw with."""


class GraphvizMissing(DrawingFailed):
    code = "graphviz-missing"
    text = "Graphviz is not installed: install the package graphviz, which has the program dot."


class SearchLogUnreadable(DrawingFailed):
    code = "search-log-unreadable"
    text = "{log} is not the log of a search ({reason})."
    remedy = "Give the file log.jsonl of a search."

    log: Path
    reason: str


def draw_genotype(genotype: Genotype, path: Path) -> None:
    """Write the graph of a fusion network as SVG.

    A box is an operator, a circle the addition that makes a block, a frame a
    `FusionCell`, whose output joins all its blocks. Connections through "none" add
    nothing and are left out.

    Raises:
        DrawingFailed: the program `dot` is not installed.
    """
    graph = pydot.Dot("fusion", rankdir="LR", fontname="Helvetica", ranksep="0.35", nodesep="0.15")
    graph.set_node_defaults(fontname="Helvetica", fontsize="11")
    graph.add_node(pydot.Node("output0", label="features of\\nthe encoders", shape="box"))
    for number, cell in enumerate(genotype.cells, start=1):
        _add_cell(graph, number, cell)
    try:
        picture = graph.create(format="svg")
    except OSError as error:
        raise GraphvizMissing from error
    write_bytes(path, picture if isinstance(picture, bytes) else picture.encode())


def _add_cell(graph: pydot.Dot, number: int, cell: CellGenotype) -> None:
    frame = pydot.Cluster(f"cell{number}", label=f"FusionCell {number}", color="#999999")
    tensors = [f"output{index}" for index in cell.inputs]
    for row, block in enumerate(cell.blocks):
        added = f"sum{number}_{row}"
        frame.add_node(pydot.Node(added, label="+", shape="circle", width="0.25", margin="0"))
        for side, connection in enumerate((block.first, block.second)):
            if connection.operator == "none":
                continue
            name = f"operator{number}_{row}_{side}"
            frame.add_node(
                pydot.Node(
                    name,
                    label=connection.operator.replace("_", " "),
                    shape="box",
                    style="filled,rounded",
                    color="#666666",
                    fillcolor=COLOURS[connection.operator],
                )
            )
            graph.add_edge(pydot.Edge(tensors[connection.source], name, color="#666666"))
            frame.add_edge(pydot.Edge(name, added, color="#666666"))
        tensors.append(added)
    joined = f"output{number}"
    frame.add_node(pydot.Node(joined, label="concatenation", shape="box", style="bold"))
    for added in tensors[2:]:
        frame.add_edge(pydot.Edge(added, joined, color="#bbbbbb"))
    graph.add_subgraph(frame)  # type: ignore[arg-type]  # a Cluster is taken, too


def draw_search(log: Path, path: Path) -> None:
    """Write the curves of a search as SVG: both losses, expected latency, entropy.

    Args:
        log: `search.jsonl` of the search.
        path: to write.

    Raises:
        DrawingFailed: the log is empty or not one.
    """
    try:
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        if not lines:
            raise ValueError("it is empty")
        steps = [line["step"] for line in lines]
        figure = Figure(figsize=(9, 2.6), layout="constrained")
        losses, latency, entropy = figure.subplots(1, 3)
        losses.plot(steps, _smoothed([line["loss"] for line in lines]), label="weights' half")
        held_out = [
            (x["step"], x["held_out_loss"]) for x in lines if x["held_out_loss"] is not None
        ]
        if held_out:
            losses.plot(
                [step for step, _ in held_out],
                _smoothed([loss for _, loss in held_out]),
                label="architecture's half",
            )
        latency.plot(steps, [line["latency"] for line in lines], color="#D55E00")
        entropy.plot(steps, [line["entropy"] for line in lines], color="#009E73")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SearchLogUnreadable(log, str(error)) from error
    losses.legend(frameon=False, fontsize=8)
    for axes, title in ((losses, "loss"), (latency, "expected latency, ms"), (entropy, "entropy")):
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("step", fontsize=8)
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    picture = BytesIO()
    figure.savefig(picture, format="svg", metadata={"Date": None})
    write_bytes(path, picture.getvalue())


def _smoothed(values: list[float]) -> list[float]:
    """Running means over the last `SMOOTHED_STEPS`."""
    totals = [0.0]
    for value in values:
        totals.append(totals[-1] + value)
    ends = range(1, len(totals))
    return [
        (totals[end] - totals[max(0, end - SMOOTHED_STEPS)]) / min(end, SMOOTHED_STEPS)
        for end in ends
    ]
