"""Whether memory grows while the restorer runs.

    python -m benchmarks.network.memory [--runs 100000] [--write]

Restores the same crop again and again in the camera's engine and looks at the
resident memory of the process after every tenth part.
"""

from __future__ import annotations

import time

import psutil
import typer
from rich.console import Console
from rich.progress import track

from benchmarks.network.engines import PAGE
from benchmarks.network.runtimes import Runtime, load
from benchmarks.page_section import write_section
from engine.threads import threads_for, usable_cores

SECTION = "benchmarks/network/memory.py"
PARTS = 10
# Before the first look: buffers that are made by the first runs are no growth.
WARM_UP = 100


def main(
    runs: int = typer.Option(100_000, min=PARTS, help="How many crops are restored."),
    runtime: Runtime = typer.Option(Runtime.OPENVINO_INT8, help="Who restores them."),
    threads: int = typer.Option(0, min=0, help="CPU threads; 0 takes as many as the camera."),
    write: bool = typer.Option(False, "--write", help="Store the line in docs/engines-cpu.md."),
) -> None:
    """Print the resident memory after every tenth part of the runs."""
    console = Console(soft_wrap=True)
    run = load(runtime, threads or threads_for(usable_cores()))
    for _ in range(WARM_UP):
        run()
    process = psutil.Process()
    memory = [process.memory_info().rss]
    began = time.monotonic()
    for _ in track(range(PARTS), runtime.value, console=Console(stderr=True), transient=True):
        for _ in range(runs // PARTS):
            run()
        memory.append(process.memory_info().rss)
    done = runs // PARTS * PARTS
    seconds = time.monotonic() - began
    looks = ", ".join(f"{value / 1e6:.1f}" for value in memory)
    report = (
        f"{runtime}: {done:,} crops in {seconds:.0f} s; resident memory at the start and after "
        f"every tenth part, in MB: {looks}. It grew by {(memory[-1] - memory[0]) / 1e3:.0f} kB."
    )
    console.print(report, markup=False, highlight=False)
    if write:
        write_section(SECTION, report, PAGE)


if __name__ == "__main__":
    typer.run(main)
