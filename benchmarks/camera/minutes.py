"""What a long run did, minute by minute.

    nasfe-cam run ... --seconds 600 --json | python -m benchmarks.camera.minutes

Prints a table of the status lines that a running camera writes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import typer

Status = dict[str, Any]
MINUTES = (1, 2, 4, 6, 8, 10)


def table(lines: Iterable[Status]) -> str:
    """A row for the minute that ends at each of `MINUTES`, as far as there are lines of it."""
    rows = ["| minute | frames/s | waited for network | p50 ms | p95 ms | memory at its end, MB |"]
    rows.append("| --- | --- | --- | --- | --- | --- |")
    ends = {0: {"shown": 0, "restored": 0, "running_s": 0.0}}
    ends |= {round(line["running_s"] / 60): line for line in lines if _ends_minute(line)}
    for minute in MINUTES:
        if minute in ends and minute - 1 in ends:
            before, end = ends[minute - 1], ends[minute]
            seconds = end["running_s"] - before["running_s"]
            rows.append(
                f"| {minute} | {(end['shown'] - before['shown']) / seconds:.1f} "
                f"| {(end['restored'] - before['restored']) / seconds:.1f} "
                f"| {end['latency_ms']['p50']:.0f} | {end['latency_ms']['p95']:.0f} "
                f"| {end['memory_mb']:.0f} |"
            )
    return "\n".join(rows)


def summary(lines: list[Status]) -> str:
    """The whole run in a sentence or two."""
    last = lines[-1]
    memory = [line["memory_mb"] for line in lines if line["running_s"] > 60]
    dropped = ", ".join(f"{count} before {stage}" for stage, count in last["dropped"].items())
    text = f"{last['shown']:,} frames shown, {last['restored']:,} waited for the network and "
    text += f"{last['carried']:,} got what it returned last. Dropped: {dropped}."
    if memory:
        text += f" Memory after the first minute: {min(memory):.0f} to {max(memory):.0f} MB."
    return text


def _ends_minute(line: Status) -> bool:
    return abs(line["running_s"] - 60 * round(line["running_s"] / 60)) <= 1


def main() -> None:
    """Read status lines from standard input."""
    lines = [json.loads(line) for line in sys.stdin if line.strip()]
    if not lines:
        raise SystemExit("There were no lines. Pipe `nasfe-cam run --json` into this.")
    print(table(lines))
    print()
    print(summary(lines))


if __name__ == "__main__":
    typer.run(main)
