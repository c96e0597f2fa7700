"""The runtimes that could restore on the CPU, against each other.

    python -m benchmarks.network.engines [--write]

Measures the restorer that ships: how long a crop takes and how much memory, what
threads bring, alone and beside a program that keeps one core busy, and how long
the start takes. In every table all take turns, so that a busy machine slows all:
the ratios are what to compare. --write puts the tables into docs/engines-cpu.md.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import typer
from rich.console import Console

from benchmarks.network.runtimes import NETWORK, OPENVINO, Run, Runtime, load, megabytes_taken
from benchmarks.page_section import write_section
from engine.openvino.engine import OpenVINOEngine
from engine.threads import threads_for, usable_cores
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.restoration.restorer import RESTORER_TENSORS

PAGE = Path(__file__).parents[2] / "docs" / "engines-cpu.md"
SECTION = "benchmarks/network/engines.py"
# All are compared with what ran before there was INT8.
REFERENCE = Runtime.OPENVINO_BF16
IN_A_TURN = 5
STARTS = 5
LIVE = (Runtime.OPENVINO_BF16, Runtime.OPENVINO_INT8)


class Table(StrEnum):
    """What is measured."""

    RUNTIMES = "runtimes"
    THREADS = "threads"
    START = "start"


def main(
    table: list[Table] = typer.Option(list(Table), help="Which; repeat it for several."),
    write: bool = typer.Option(False, "--write", help="Store the tables in docs/engines-cpu.md."),
    rounds: int = typer.Option(20, min=1, help="Turns of every runtime in every table."),
) -> None:
    """Measure one table after the other."""
    threads = threads_for(usable_cores())
    measure = {
        Table.RUNTIMES: lambda: compare(rounds, threads),
        Table.THREADS: lambda: scale(rounds),
        Table.START: lambda: starts(threads),
    }
    for name in table:
        report = f"{measure[name]()}\n\n{_machine()}"
        Console(soft_wrap=True).print(report, "", sep="\n", markup=False, highlight=False)
        if write:
            write_section(f"{SECTION} {name}", report, PAGE)


def compare(rounds: int, threads: int) -> str:
    """Every runtime with the threads that the camera would give it."""
    times = take_turns([load(runtime, threads) for runtime in Runtime], rounds)
    reference = times[list(Runtime).index(REFERENCE)]
    lines = _header("runtime", "p50, ms", "p95, ms", f"times {REFERENCE}", "memory, MB")
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for runtime, taken in zip(Runtime, times, strict=True):
            memory = pool.apply(megabytes_taken, (runtime, threads))
            lines.append(
                f"| {runtime} | {_ms(taken, 50)} | {_ms(taken, 95)} "
                f"| {_ratio(taken, reference):.2f} | {memory:.0f} |"
            )
    return "\n".join([*lines, "", f"{threads} threads, {rounds} turns of {IN_A_TURN} crops."])


def scale(rounds: int) -> str:
    """From one thread to one for every core, with all cores free and with one of them taken."""
    cores = usable_cores()
    counts = sorted({*range(1, min(cores, 8) + 1), *range(10, cores + 1, 2)})
    lines = _header(
        "threads",
        *(f"{r}, p50 / p95, ms" for r in LIVE),
        *(f"{r}, one core taken" for r in LIVE),
    )
    runs = [load(runtime, count) for count in counts for runtime in LIVE]
    free = take_turns(runs, rounds)
    with busy_core():
        taken = take_turns(runs, rounds)
    for row, count in enumerate(counts):
        cells = [
            f"{_ms(times[len(LIVE) * row + i], 50)} / {_ms(times[len(LIVE) * row + i], 95)}"
            for times in (free, taken)
            for i in range(len(LIVE))
        ]
        lines.append(f"| {count} | {' | '.join(cells)} |")
    chosen = threads_for(cores)
    return "\n".join([*lines, "", f"The camera takes {chosen} of {cores} cores."])


def starts(threads: int) -> str:
    """Seconds until the network is loaded and warm, without and with what the last start kept."""
    lines = _header("runtime", "compiled, s", "from the cache, s", "ratio")
    for runtime in OPENVINO:
        with TemporaryDirectory() as folder:
            cache = Path(folder)
            load(runtime, threads, cache)
            pairs = [
                (
                    _seconds(lambda runtime=runtime: load(runtime, threads)),
                    _seconds(lambda runtime=runtime, cache=cache: load(runtime, threads, cache)),
                )
                for _ in range(STARTS)
            ]
        anew, kept = (median(column) for column in zip(*pairs, strict=True))
        lines.append(f"| {runtime} | {anew:.2f} | {kept:.2f} | {kept / anew:.2f} |")
    return "\n".join(lines)


def take_turns(runs: Sequence[Run], rounds: int) -> list[list[list[float]]]:
    """Seconds of every run: for each of `runs`, for each round, its crops but the first."""
    for run in runs:
        run()
    times: list[list[list[float]]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, taken in zip(runs, times, strict=True):
            taken.append([_seconds(run) for _ in range(IN_A_TURN)][1:])
    return times


@contextmanager
def busy_core() -> Iterator[None]:
    """A program that computes without end, as a meeting program beside the camera may."""
    process = multiprocessing.get_context("spawn").Process(target=_compute, daemon=True)
    process.start()
    try:
        # Until it has begun: starting Python takes its time.
        time.sleep(2)
        yield
    finally:
        process.kill()
        process.join()


def _compute() -> None:
    while True:
        pass


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _ms(taken: list[list[float]], percentile: int) -> str:
    return f"{np.percentile(np.ravel(taken), percentile) * 1000:.1f}"


def _ratio(taken: list[list[float]], reference: list[list[float]]) -> float:
    """The median over the rounds: what slows a round slows both."""
    return median(median(t) / median(r) for t, r in zip(taken, reference, strict=True))


def _header(*columns: str) -> list[str]:
    return [f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]


def _machine() -> str:
    model = find_model(f"{NETWORK}.onnx")
    engine = OpenVINOEngine(model.path, model.sha256, RESTORER_TENSORS)
    served = engine.describe()
    engine.close()
    return f"{served.runtime}, {served.device}, {usable_cores()} cores."


if __name__ == "__main__":
    typer.run(main)
