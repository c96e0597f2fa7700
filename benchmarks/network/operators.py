"""Latency of every operator of the search space, as the shipped engine runs it.

    python -m benchmarks.network.operators [--write]

Prints a table, one column per width and resolution that a searchable size uses,
and with --write stores it as the search's price list (train/search/latencies.toml).
Run it on an otherwise idle machine; the search needs the ratios, not the times.
"""

from __future__ import annotations

import argparse
import io
import time
import warnings

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from torch import nn

from engine.openvino.runtime import openvino
from nasfe_cam.core.atomic_files import write_text
from train.models.nasfe.fusion_cell import Place
from train.models.nasfe.operators.fft_op import FFTOp
from train.models.nasfe.operators.search_space import OPERATORS
from train.models.nasfe.presets import SIZES
from train.search.latency import CROP, TABLE, place_name

CHAIN = 4
RUNS = 60


def chain_milliseconds(place: Place, links: list[nn.Module]) -> float:
    """Median time of a network of some links, entered by a 1 x 1 convolution."""
    network = nn.Sequential(nn.Conv2d(place.channels, place.channels, 1), *links).eval()
    for module in network.modules():
        if isinstance(module, FFTOp):
            module.use_matrices = True
    side = CROP // place.stride
    example = torch.rand(1, place.channels, side, side)
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, (example,), content, dynamo=False, opset_version=17)
    core = openvino.Core()
    compiled = core.compile_model(
        core.read_model(content.getvalue()), "CPU", {"PERFORMANCE_HINT": "LATENCY"}
    )
    request = compiled.create_infer_request()
    features = example.numpy()
    times = []
    for run in range(RUNS):
        began = time.perf_counter()
        request.infer([features], share_inputs=True)
        if run >= RUNS // 6:
            times.append(time.perf_counter() - began)
    return float(np.median(times)) * 1000


def operator_milliseconds(place: Place, name: str) -> float:
    """What one more operator adds to a chain."""
    if name in ("none", "skip"):
        return 0.0
    chain = [OPERATORS[name](place.channels) for _ in range(CHAIN)]
    return max(0.0, (chain_milliseconds(place, chain) - chain_milliseconds(place, [])) / CHAIN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"store the table as {TABLE.name}")
    arguments = parser.parse_args()
    places = sorted({place for size in SIZES.values() for place in size.cells}, key=place_name)
    table = Table("operator", *(f"{place_name(place)}, ms" for place in places))
    values: dict[str, dict[str, float]] = {place_name(place): {} for place in places}
    for name in OPERATORS:
        for place in places:
            values[place_name(place)][name] = operator_milliseconds(place, name)
        table.add_row(name, *(f"{values[place_name(place)][name]:.2f}" for place in places))
    Console().print(table)
    if arguments.write:
        device = openvino.Core().get_property("CPU", "FULL_DEVICE_NAME").strip()
        lines = [
            f"# python -m benchmarks.network.operators --write, {device}, {openvino.__version__}"
        ]
        for place, row in values.items():
            lines += ["", f'[milliseconds."{place}"]']
            lines += [f"{name} = {value:.3f}" for name, value in row.items()]
        write_text(TABLE, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
