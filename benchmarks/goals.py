"""The restorer beside the network that its goals in milliseconds stand beside.

    python benchmarks/goals.py [--write]

The goals are 12 ms for a crop in bf16 and 8 in INT8, on 2 cores; a plain network of 6.5
GMAC took 13.4 and 7.5 ms on the machine on which they were set (DESIGN section 4). That
network, rebuilt from its description, and the restorer that ships take turns here: their
ratio can be compared with the goals' where the machine's speed cannot.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import torch
import typer
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.engines import PAGE, take_turns
from benchmarks.page_section import write_section
from benchmarks.runtimes import NETWORK, Run, Runtime, load
from benchmarks.stand_ins.exporting import export
from benchmarks.stand_ins.plain import Plain
from engine.openvino_runtime import openvino
from engine.threads import threads_for, usable_cores
from train.export import SIZE
from train.models.counting import macs_of, macs_of_call
from train.models.presets import build

SECTION = "benchmarks/goals.py"
# Milliseconds: the plain network on the machine of DESIGN section 4, and the goal.
GOALS = {Runtime.OPENVINO_BF16: (13.4, 12.0), Runtime.OPENVINO_INT8: (7.5, 8.0)}
CALIBRATION_CROPS = 20


def main(
    write: bool = typer.Option(False, "--write", help="Store the table in docs/engines-cpu.md."),
    rounds: int = typer.Option(40, min=1, help="Turns of every network."),
) -> None:
    """Print the table."""
    threads = threads_for(usable_cores())
    network = plain_network()
    plain = [run_of(network, threads), run_of(in_int8(network), threads)]
    times = take_turns([*plain, *(load(runtime, threads) for runtime in GOALS)], rounds)
    counts = [macs_of_call(Plain(), _face()), macs_of(build(NETWORK), SIZE, SIZE)]
    lines = [
        f"| precision | plain network, {counts[0] / 1e9:.1f} GMAC, ms "
        f"| {NETWORK}, {counts[1] / 1e9:.1f} GMAC, ms | ratio | ratio of the goal |",
        "| --- " * 5 + "|",
    ]
    for row, (runtime, (then, goal)) in enumerate(GOALS.items()):
        theirs, ours = (np.asarray(times[at]) for at in (row, row + len(GOALS)))
        ratio = median(median(o) / median(t) for o, t in zip(ours, theirs, strict=True))
        lines.append(
            f"| {runtime} | {np.median(theirs) * 1000:.1f} | {np.median(ours) * 1000:.1f} "
            f"| {ratio:.2f} | {goal:g} / {then:g} = {goal / then:.2f} |"
        )
    report = "\n".join([*lines, "", f"Medians of {rounds} turns, {threads} threads."])
    Console(soft_wrap=True).print(report, markup=False, highlight=False)
    if write:
        write_section(SECTION, report, PAGE)


def plain_network() -> openvino.Model:
    """The plain network with random weights, as OpenVINO reads it."""
    torch.manual_seed(0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plain.onnx"
        export(Plain().eval(), SIZE, path)
        return openvino.Core().read_model(path.read_bytes())


def in_int8(network: openvino.Model) -> openvino.Model:
    """All of it quantised, on crops of noise: for its speed alone."""
    import nncf  # after OpenVINO, which keeps its usage reports out

    nncf.set_log_level(logging.ERROR)
    crops = nncf.Dataset([[_face().numpy()] for _ in range(CALIBRATION_CROPS)])
    quantised: openvino.Model = nncf.quantize(
        network.clone(),
        crops,
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=CALIBRATION_CROPS,
        target_device=nncf.TargetDevice.CPU,
    )
    return quantised


def run_of(network: openvino.Model, threads: int) -> Run:
    """The network in bf16 (where it is not INT8), on a crop of noise."""
    options = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "bf16",
    }
    request = openvino.Core().compile_model(network, "CPU", options).create_infer_request()
    request.input_tensors[0].data[...] = _face().numpy()
    return lambda: request.infer(share_inputs=True, share_outputs=True)


def _face() -> torch.Tensor:
    return torch.rand(1, 3, SIZE, SIZE)


if __name__ == "__main__":
    typer.run(main)
