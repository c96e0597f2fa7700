"""The networks that a user would otherwise run, beside the restorer that ships.

    python -m benchmarks.network.alternatives [--write]

GFPGAN and CodeFormer are the stand-ins of `benchmarks/network/stand_ins`: their architectures
with random weights, which serve for speed alone. Each runs at the 512 x 512 that it
is trained for and at the 256 x 256 of our crop, in the engine that runs our network,
by turns with it, so that a busy machine slows both: the ratios are what to compare.
Needs 3 GB of memory and 1.5 GB in the temporary folder.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import torch
import typer
from rich.console import Console
from torch import nn

from benchmarks.network.stand_ins.codeformer import CodeFormer
from benchmarks.network.stand_ins.exporting import export
from benchmarks.network.stand_ins.gfpgan import GFPGAN
from benchmarks.page_section import write_section
from engine.base import Engine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from nasfe_cam.config.shipped_models import ModelFile, find_model
from nasfe_cam.restoration.restorer import RESTORER_TENSORS
from train.export.onnx import SIZE
from train.models.counting import macs_of, macs_of_call, parameters_of
from train.models.nasfe.presets import build

SECTION = "benchmarks/network/alternatives.py"
OURS = "nasfe-lite"
PRECISIONS = (Precision.BF16, Precision.F32)
SIDES = (SIZE, 512)
# One run of ours in a round would be the noisier half of the ratio: it takes so much less time.
OUR_RUNS = 5
LEAST_ROUNDS = 3


class Network(StrEnum):
    """Whose architecture."""

    GFPGAN = "GFPGAN"
    CODEFORMER = "CodeFormer"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stand-in at one side of the crop, in pixels."""

    network: Network
    side: int

    def make(self) -> nn.Module:
        network = {Network.GFPGAN: GFPGAN, Network.CODEFORMER: CodeFormer}[self.network]
        return network(self.side).eval()

    def file_in(self, folder: Path) -> Path:
        return folder / f"{self.network}-{self.side}.onnx"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of a network in one precision and, beside them, of ours: one value a round."""

    network: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over the rounds of how many times longer it takes than ours."""
        return median(n / o for n, o in zip(self.network, self.ours, strict=True))


def main(
    network: list[Network] = typer.Option(list(Network), help="Which; repeat it for several."),
    write: bool = typer.Option(False, "--write", help="Store the tables in docs/performance.md."),
    seconds: float = typer.Option(20.0, min=0, help="How long each size is measured."),
    threads: int = typer.Option(0, min=0, help="Of the engine; 0 lets it decide."),
    exports: Path | None = typer.Option(
        None, help="Keep the exported stand-ins here, and use those that already lie here."
    ),
    export_only: bool = typer.Option(False, "--export-only", help="Measure nothing yet."),
) -> None:
    """Measure networks at 256 x 256 and at 512 x 512, and the restorer."""
    with TemporaryDirectory() as temporary:
        folder = exports or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in network:
            alternatives = [Alternative(name, side) for side in SIDES]
            for alternative in alternatives:
                if not alternative.file_in(folder).exists():
                    torch.manual_seed(0)
                    export(alternative.make(), alternative.side, alternative.file_in(folder))
            if not export_only:
                report = measure(alternatives, folder, seconds, threads)
                Console(soft_wrap=True).print(report, "", sep="\n", markup=False, highlight=False)
                if write:
                    write_section(f"{SECTION} {name}", report)


def measure(alternatives: Sequence[Alternative], folder: Path, seconds: float, threads: int) -> str:
    """The report on exported stand-ins, in Markdown."""
    ours = _engines(find_model(f"{OURS}.onnx"), RESTORER_TENSORS, threads)
    rows = []
    for alternative in alternatives:
        path = alternative.file_in(folder)
        file = ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
        engines = _engines(file, ("face", "restored"), threads)
        rows.append(compare(engines, ours, seconds))
        for engine in engines:
            engine.close()
    described = ours[0].describe()
    rounds = ", ".join(str(len(row[0].ours)) for row in rows)
    return (
        f"{table(alternatives, rows)}\n\n{described.runtime}, {described.device}; {rounds} rounds."
    )


def compare(networks: Sequence[Engine], ours: Sequence[Engine], seconds: float) -> list[Times]:
    """Let a network and ours take turns, in each precision, for so long."""
    for engine in (*networks, *ours):
        _run_seconds(engine)
    rounds: list[list[tuple[float, float]]] = []
    began = time.perf_counter()
    while len(rounds) < LEAST_ROUNDS or time.perf_counter() - began < seconds:
        rounds.append(
            [
                (_run_seconds(network), median(_run_seconds(our) for _ in range(OUR_RUNS)))
                for network, our in zip(networks, ours, strict=True)
            ]
        )
    pairs_of = zip(*rounds, strict=True)
    return [Times(*zip(*pairs, strict=True)) for pairs in pairs_of]


def table(alternatives: Sequence[Alternative], rows: Sequence[Sequence[Times]]) -> str:
    """What was measured, a row for ours and for each alternative, in Markdown."""
    restorer = build(OURS).eval()
    every_time = [[t for row in rows for t in row[p].ours] for p in range(len(PRECISIONS))]
    speeds = [f"{median(t) * 1000:.1f} | {1 / median(t):.1f} | 1" for t in every_time]
    lines = [
        "| network | crop | parameters, M | GMAC | bf16 p50, ms | frames/s | times ours "
        "| f32 p50, ms | frames/s | times ours |",
        "| --- " * 10 + "|",
        _line(OURS, SIZE, parameters_of(restorer), macs_of(restorer, SIZE, SIZE), speeds),
    ]
    for alternative, row in zip(alternatives, rows, strict=True):
        with torch.device("meta"):
            network = alternative.make()
            face = torch.zeros(1, 3, alternative.side, alternative.side)
        speeds = [
            f"{median(t.network) * 1000:.0f} | {1 / median(t.network):.2f} | {t.ratio:.0f}"
            for t in row
        ]
        counts = parameters_of(network), macs_of_call(network, face)
        lines.append(_line(alternative.network, alternative.side, *counts, speeds))
    return "\n".join(lines)


def _line(name: str, side: int, parameters: int, macs: int, speeds: Sequence[str]) -> str:
    counts = f"{parameters / 1e6:.2f} | {macs / 1e9:.1f}"
    return f"| {name} | {side} x {side} | {counts} | {' | '.join(speeds)} |"


def _engines(model: ModelFile, tensors: Sequence[str], threads: int) -> list[Engine]:
    rng = np.random.default_rng(0)
    engines: list[Engine] = []
    for precision in PRECISIONS:
        engine = OpenVINOEngine(model.path, model.sha256, tensors, precision, threads)
        for buffer in engine.inputs.values():
            buffer[...] = rng.random(buffer.shape, np.float32)
        engines.append(engine)
    return engines


def _run_seconds(engine: Engine) -> float:
    began = time.perf_counter()
    engine.run()
    return time.perf_counter() - began


if __name__ == "__main__":
    typer.run(main)
