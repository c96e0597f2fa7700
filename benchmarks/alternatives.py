"""The networks that a user would otherwise run, beside the restorer that ships.

    python benchmarks/alternatives.py [--write]

GFPGAN and CodeFormer are the stand-ins of `benchmarks/stand_ins`: their architectures
with random weights, which serve for speed alone. Each runs at the 512 x 512 that it
is trained for and at the 256 x 256 of our crop, in the engine that runs our network,
by turns with it, so that a busy machine slows both: the ratios are what to compare.
Needs 3 GB of memory and, in the temporary folder, 1.5 GB.
"""

from __future__ import annotations

import hashlib
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import torch
import typer
from rich.console import Console
from rich.progress import track
from torch import nn

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.page_section import write_section
from benchmarks.stand_ins.codeformer import CodeFormer
from benchmarks.stand_ins.gfpgan import GFPGAN
from engine import Engine, OpenVINOEngine, Precision
from nasfe_cam.models import ModelFile, find_model
from nasfe_cam.restoration import RESTORER_TENSORS
from train.export import OPSET, SIZE
from train.models.counting import macs_of, macs_of_call, parameters_of
from train.models.presets import build

SECTION = "benchmarks/alternatives.py"
OURS = "nasfe-lite"
PRECISIONS = (Precision.BF16, Precision.F32)
# One run of ours in a round would be the noisier half of the ratio: it takes so much less time.
OUR_RUNS = 5
LEAST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stand-in at one side of the crop, in pixels."""

    name: str
    make: Callable[[int], nn.Module]
    side: int

    def file_in(self, folder: Path) -> Path:
        return folder / f"{self.name}-{self.side}.onnx"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of a network in one precision and, beside them, of ours: one value a round."""

    network: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over the rounds of how many times longer it takes than ours."""
        return median(n / o for n, o in zip(self.network, self.ours, strict=True))


ALTERNATIVES = tuple(
    Alternative(name, make, side)
    for name, make in (("GFPGAN", GFPGAN), ("CodeFormer", CodeFormer))
    for side in (SIZE, 512)
)


def main(
    write: bool = typer.Option(False, "--write", help="Store the table in docs/performance.md."),
    seconds: float = typer.Option(20.0, min=0, help="How long each alternative is measured."),
    threads: int = typer.Option(0, min=0, help="Of the engine; 0 lets it decide."),
    exports: Path | None = typer.Option(
        None, help="Keep the exported stand-ins here, and use those that already lie here."
    ),
    export_only: bool = typer.Option(False, "--export-only", help="Measure nothing yet."),
) -> None:
    """Measure every alternative and the restorer."""
    progress = Console(stderr=True)
    with TemporaryDirectory() as temporary:
        folder = exports or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for alternative in track(ALTERNATIVES, "export", console=progress, transient=True):
            if not alternative.file_in(folder).exists():
                export(alternative, alternative.file_in(folder))
        if export_only:
            return
        ours = _engines(find_model(f"{OURS}.onnx"), RESTORER_TENSORS, threads)
        rows = []
        for alternative in track(ALTERNATIVES, "measure", console=progress, transient=True):
            content = alternative.file_in(folder).read_bytes()
            file = ModelFile(alternative.file_in(folder), hashlib.sha256(content).hexdigest())
            del content
            networks = _engines(file, ("face", "restored"), threads)
            rows.append(compare(networks, ours, seconds))
            for engine in networks:
                engine.close()
    described = ours[0].describe()
    report = f"{table(rows)}\n\n{described.runtime}, {described.device}"
    Console(soft_wrap=True).print(report, markup=False, highlight=False)
    if write:
        write_section(SECTION, report)


def export(alternative: Alternative, path: Path) -> None:
    """Write a stand-in as ONNX (400 MB), with our opset and our tensor names."""
    torch.manual_seed(0)
    beside = path.with_suffix(".export")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            alternative.make(alternative.side).eval(),
            (torch.rand(1, 3, alternative.side, alternative.side),),
            str(beside),
            dynamo=False,
            opset_version=OPSET,
            input_names=["face"],
            output_names=["restored"],
        )
    beside.rename(path)


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


def table(rows: Sequence[Sequence[Times]]) -> str:
    """The measured times, a row for each of `ALTERNATIVES`, in Markdown."""
    restorer = build(OURS).eval()
    every_time = [[t for row in rows for t in row[p].ours] for p in range(len(PRECISIONS))]
    speeds = [f"{median(t) * 1000:.1f} | {1 / median(t):.1f} | 1" for t in every_time]
    lines = [
        "| network | crop | parameters, M | GMAC | bf16 p50, ms | frames/s | times ours "
        "| f32 p50, ms | frames/s | times ours |",
        "| --- " * 10 + "|",
        _line(OURS, SIZE, parameters_of(restorer), macs_of(restorer, SIZE, SIZE), speeds),
    ]
    for alternative, row in zip(ALTERNATIVES, rows, strict=True):
        with torch.device("meta"):
            network = alternative.make(alternative.side).eval()
            face = torch.zeros(1, 3, alternative.side, alternative.side)
        speeds = [
            f"{median(t.network) * 1000:.0f} | {1 / median(t.network):.2f} | {t.ratio:.0f}"
            for t in row
        ]
        counts = parameters_of(network), macs_of_call(network, face)
        lines.append(_line(alternative.name, alternative.side, *counts, speeds))
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
