"""Time of the guided network against the shipped nasfe-lite, in turns, in the same run.

    python -m benchmarks.network.guided --precision f32 --threads 1

Weights do not matter for the time, so an untrained network of any size preset is exported. In
INT8 what ships is measured.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import torch
import typer

from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.restoration.restorer import COMMON_TENSORS
from train.export.guided import export_guided, inputs_of
from train.export.onnx import ModelText
from train.models.guided.presets import build_guided

RIVAL = "nasfe-lite"


def main(
    network: str = typer.Option("guided-unet", help="Size preset."),
    precision: Precision = typer.Option(Precision.F32, help="Of both."),
    threads: int = typer.Option(1, min=1, help="CPU threads of both."),
    rounds: int = typer.Option(30, min=1, help="Turns."),
) -> None:
    """Print milliseconds for a crop of 256 x 256, and the ratio."""
    engines = {
        name: _shipped(name, precision, threads)
        if name == RIVAL or precision is Precision.INT8
        else _untrained(name, precision, threads)
        for name in (network, RIVAL)
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, engine in engines.items():
            began = time.perf_counter()
            engine.run()
            times[name].append(1000 * (time.perf_counter() - began))
    print("| network | precision | best, ms | median, ms |\n| --- | --- | --- | --- |")
    for name, engine in engines.items():
        best, middle = min(times[name]), median(times[name])
        print(f"| {name} | {engine.describe().precision} | {best:.1f} | {middle:.1f} |")
    best = min(times[network]) / min(times[RIVAL])
    middle = median(times[network]) / median(times[RIVAL])
    print(f"\nratio: {best:.2f} of the best, {middle:.2f} of the medians")


def _untrained(network: str, precision: Precision, threads: int) -> OpenVINOEngine:
    torch.manual_seed(0)
    made = build_guided(network)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{network}.onnx"
        crops = np.random.default_rng(0).random((1, 3, 256, 256), np.float32)
        export_guided(made, path, crops, ModelText({}))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        tensors = (*inputs_of(made), "restored")
        return OpenVINOEngine(path, digest, tensors, precision, threads)


def _shipped(network: str, precision: Precision, threads: int) -> OpenVINOEngine:
    file = find_model(f"{network}.onnx")
    return OpenVINOEngine(
        file.path, file.sha256, COMMON_TENSORS, precision, threads, quantised=file.quantised
    )


if __name__ == "__main__":
    typer.run(main)
