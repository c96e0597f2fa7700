"""`nasfe-train networks`: what the size presets cost."""

from __future__ import annotations

import statistics
import time

import torch
import typer
from rich.console import Console
from rich.table import Table
from torch import Tensor, nn

from engine.openvino.runtime import openvino
from train.models.counting import macs_of, macs_of_call, parameters_of
from train.models.gfrnet.network import GFRNet
from train.models.mmrb.network import MMRBNetwork
from train.models.nasfe.presets import GENOTYPES, SIZES, build
from train.papers.networks import PAPERS, build_paper_network

_SIDE = 256
_RUNS = 15


def networks(
    papers: bool = typer.Option(True, help="Also the networks of other papers."),
    milliseconds: bool = typer.Option(
        False, help="Also measure those of other papers in OpenVINO on this processor."
    ),
) -> None:
    """Print learnable parameters and multiply-accumulate operations of every network."""
    table = Table("network", "parameters", "GMAC at 176 x 144", "GMAC at 256 x 256")
    for name in SIZES:
        if not (GENOTYPES / f"{name}.toml").exists():
            continue
        network = build(name).eval()
        table.add_row(
            name,
            f"{parameters_of(network) / 1e6:.2f} million",
            f"{macs_of(network, 176, 144) / 1e9:.2f}",
            f"{macs_of(network, 256, 256) / 1e9:.2f}",
        )
    Console().print(table)
    if papers:
        Console().print(_papers(milliseconds))


def _papers(milliseconds: bool) -> Table:
    table = Table("network", "parameters", "side", "GMAC", *(["ms"] if milliseconds else []))
    for name in PAPERS:
        with torch.device("meta"):
            network = build_paper_network(name).eval().requires_grad_(False)
        inputs = _inputs(network, "meta")
        cells = [
            name,
            f"{parameters_of(network) / 1e6:.2f} million",
            str(inputs[0].shape[-1]),
            f"{macs_of_call(network, *inputs) / 1e9:.2f}",
        ]
        if milliseconds:
            cells.append(f"{_milliseconds(build_paper_network(name).eval()):.1f}")
        table.add_row(*cells)
    return table


def _inputs(network: nn.Module, device: str) -> tuple[Tensor, ...]:
    side = network.multiple if isinstance(network, MMRBNetwork) else _SIDE
    face = torch.zeros(1, 3, side, side, device=device)
    return (face, face) if isinstance(network, GFRNet) else (face,)


def _milliseconds(network: nn.Module) -> float:
    """The median of some runs, one after the other, in the engine's own precision."""
    inputs = _inputs(network, "cpu")
    converted = openvino.convert_model(network, example_input=inputs)
    compiled = openvino.Core().compile_model(converted, "CPU")
    request = compiled.create_infer_request()
    feed = [tensor.numpy() for tensor in inputs]
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        request.infer(feed)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
