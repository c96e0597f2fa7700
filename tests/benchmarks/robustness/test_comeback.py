"""What the benchmark of coming back reads out of the record of an output program."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.robustness.comeback import SIGNALS, Comeback, report
from benchmarks.robustness.soak import Place, Sent
from tests.benchmarks.robustness.records import line


def test_gap_new_frame_and_restored_frame_are_measured_from_the_fault(place: Place) -> None:
    lines = [
        line(10.0, 9.9),
        # The fault, at 10.1; a frame was on its way, then a card and new frames come.
        line(10.2, 10.1),
        line(10.9, None),
        line(11.0, None),
        line(12.2, 12.1),
        line(13.2, 13.1),
        line(13.3, 13.2),
    ]
    place.record.write_text("\n".join(lines), encoding="utf-8")
    # Captured, from the worker's side: the first and the last.
    place.restored.write_text("9.9\n13.2\n13.", encoding="utf-8")
    comeback = Comeback.measured("worker killed", 10.1, 13.5, place)
    assert comeback.gap == pytest.approx(1.2)
    assert comeback.frame == pytest.approx(2.0)
    assert comeback.restored == pytest.approx(3.2)


def test_what_comes_back_late_is_counted() -> None:
    name = next(iter(SIGNALS))
    found = [Comeback(name, 0.2, 1.0, 2.0), Comeback(name, 1.5, 1.0, 2.0)]
    text = report("", found)
    assert text.startswith("2 faults, 1 of them within the goal")
    assert f"| {name} | 2 | 0.85 (1.50) |" in text


def test_a_long_record_is_read_from_its_end(tmp_path: Path) -> None:
    record = tmp_path / "sent.jsonl"
    record.write_text("\n".join(line(float(n), n - 0.1) for n in range(1000)), encoding="utf-8")
    sent = Sent.read(record, newest=1000)
    assert 5 < len(sent.times) < 20
    assert sent.times[-1] == 999.0
