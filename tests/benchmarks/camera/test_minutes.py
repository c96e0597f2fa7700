"""A long run in minutes, from the lines that the camera wrote."""

from __future__ import annotations

from typing import Any

from benchmarks.camera.minutes import summary, table


def line(second: float, shown: int, restored: int, memory: float = 480.0) -> dict[str, Any]:
    return {
        "running_s": second,
        "shown": shown,
        "restored": restored,
        "carried": shown - restored,
        "latency_ms": {"p50": 40.2, "p95": 60.7, "p99": 70.0},
        "memory_mb": memory,
        "dropped": {"track": 0, "blend": 3},
    }


def test_a_row_counts_what_happened_in_its_minute_alone() -> None:
    # 30 frames per second, of which every second one waits for the network in the second minute.
    lines = [
        line(s + 0.3, 30 * s, 30 * s if s < 60 else 1800 + 15 * (s - 60)) for s in range(1, 121)
    ]
    _, _, first, second = table(lines).split("\n")
    assert first.startswith("| 1 | 29.9 | 29.9 | 40 | 61 | 480 |")
    assert second == "| 2 | 30.0 | 15.0 | 40 | 61 | 480 |"


def test_a_run_that_ended_early_has_the_rows_that_there_are() -> None:
    rows = table([line(s, 30 * s, 30 * s) for s in range(1, 71)]).split("\n")
    assert len(rows) == 3 and rows[-1].startswith("| 1 |")


def test_the_summary_counts_all_and_leaves_the_start_out_of_the_memory() -> None:
    lines = [line(1, 30, 30, memory=300.0), line(61, 1830, 900), line(62, 1860, 910, memory=490.0)]
    assert summary(lines) == (
        "1,860 frames shown, 910 waited for the network and 950 got what it returned last. "
        "Dropped: 0 before track, 3 before blend. Memory after the first minute: 480 to 490 MB."
    )
