"""Where the time of the shipped restorer goes, by kind of layer.

    python -m benchmarks.network.layers [--write]

OpenVINO's own counters on one thread, in bf16 and in INT8; and how near its
convolutions come to the fastest one that this CPU computes, a large 3 x 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import typer
from rich.console import Console

from benchmarks.network.engines import PAGE
from benchmarks.network.runtimes import NETWORK
from benchmarks.page_section import write_section
from engine.model_file import read_model
from engine.openvino.runtime import openvino
from engine.quantised_file import parse_network
from nasfe_cam.config.shipped_models import find_model

SECTION = "benchmarks/network/layers.py"
RUNS = 60
# Side and channels of the large convolution.
SIDE, CHANNELS = 256, 64
CONVOLUTION = "convolution"
KINDS = {
    "Convolution": CONVOLUTION,
    "GroupConvolution": "depthwise convolution",
    "Subgraph": "element by element, and rounding to INT8",
    "Reorder": "other order in memory",
    "Concat": "concatenation and split",
    "VariadicSplit": "concatenation and split",
    "MatMul": "matrix product (FFT, attention)",
    "FullyConnected": "matrix product (FFT, attention)",
    "Softmax": "matrix product (FFT, attention)",
    "DepthToSpace": "space to depth and back",
    "Transpose": "space to depth and back",
}

Times = Mapping[str, float]
"""Milliseconds of a run by kind of layer."""


def main(
    write: bool = typer.Option(False, "--write", help="Store the table in docs/engines-cpu.md."),
) -> None:
    """Print the table."""
    core = openvino.Core()
    model = find_model(f"{NETWORK}.onnx")
    if model.quantised is None:
        raise SystemExit("There is no INT8 file. Write it with: nasfe-train quantise")
    network = core.read_model(read_model(model.path, model.sha256))
    content = read_model(model.quantised.path, model.quantised.sha256)
    quantised = parse_network(core, model.quantised.path, content, model.sha256)
    bf16, int8 = (times_of(core, one) for one in (network, quantised))
    lines = ["| layers | bf16, ms | INT8, ms |", "| --- | --- | --- |"]
    lines += [
        f"| {kind} | {bf16.get(kind, 0):.2f} | {int8.get(kind, 0):.2f} |"
        for kind in sorted({*bf16, *int8}, key=lambda kind: -bf16.get(kind, 0))
    ]
    lines.append(f"| all | {sum(bf16.values()):.2f} | {sum(int8.values()):.2f} |")
    macs = convolution_macs(network)
    reached = [macs / times[CONVOLUTION] / 1e6 for times in (bf16, int8)]
    fastest = [fastest_convolution(core, int8) for int8 in (False, True)]
    report = "\n".join(lines) + (
        f"\n\nOne thread. Its convolutions are {macs / 1e9:.2f} GMAC and run at {reached[0]:.0f} "
        f"GMAC/s in bf16 and {reached[1]:.0f} in INT8; a {CHANNELS}-channel 3 x 3 convolution of "
        f"{SIDE} x {SIDE} runs at {fastest[0]:.0f} and {fastest[1]:.0f}. At that rate they alone "
        f"would take {macs / fastest[0] / 1e6:.1f} and {macs / fastest[1] / 1e6:.1f} ms."
    )
    Console(soft_wrap=True).print(report, markup=False, highlight=False)
    if write:
        write_section(SECTION, report, PAGE)


def times_of(core: openvino.Core, network: openvino.Model) -> Times:
    """Milliseconds by kind of layer in the fastest run; what slows others is not the network."""
    options = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_NUM_THREADS": 1,
        "INFERENCE_PRECISION_HINT": "bf16",
        "PERF_COUNT": True,
    }
    request = core.compile_model(network, "CPU", options).create_infer_request()
    rng = np.random.default_rng(0)
    for tensor in request.input_tensors:
        tensor.data[...] = rng.random(tuple(tensor.shape), np.float32)
    runs = []
    for _ in range(RUNS):
        request.infer(share_inputs=True, share_outputs=True)
        times: defaultdict[str, float] = defaultdict(float)
        for layer in request.get_profiling_info():
            times[KINDS.get(layer.node_type, "all others")] += layer.real_time.total_seconds()
        runs.append(times)
    fastest = min(runs, key=lambda times: sum(times.values()))
    return {kind: seconds * 1000 for kind, seconds in fastest.items()}


def convolution_macs(network: openvino.Model) -> int:
    """Multiply-accumulate operations of all convolutions but depthwise ones."""
    return sum(
        int(np.prod(layer.get_input_shape(1))) * int(np.prod(layer.get_output_shape(0)[2:]))
        for layer in network.get_ops()
        if layer.get_type_name() == "Convolution"
    )


def fastest_convolution(core: openvino.Core, int8: bool) -> float:
    """GMAC per second of a large convolution on one thread."""
    operators = openvino.opset13
    rng = np.random.default_rng(0)
    shape = [CHANNELS, CHANNELS, 3, 3]
    face = operators.parameter([1, CHANNELS, SIDE, SIDE], np.float32)
    weights = operators.constant(rng.standard_normal(shape).astype(np.float32))
    features, factors = face, weights
    if int8:
        one = np.float32(1)
        features = operators.fake_quantize(face, 0 * one, one, 0 * one, one, 256)
        factors = operators.fake_quantize(weights, -3 * one, 3 * one, -3 * one, 3 * one, 255)
    out = operators.convolution(features, factors, [1, 1], [1, 1], [1, 1], [1, 1])
    network = openvino.Model([out], [face])
    return convolution_macs(network) / times_of(core, network)[CONVOLUTION] / 1e6


if __name__ == "__main__":
    typer.run(main)
