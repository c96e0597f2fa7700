"""The benchmark of the live path, with stand-ins for the networks."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from nasfe_cam.cli.benchmark import print_result
from nasfe_cam.measurement import benchmark
from nasfe_cam.measurement.benchmark import BenchmarkResult
from nasfe_cam.pacing.quality_ladder import Effort
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.sources.recording import record
from tests.nasfe_cam.stand_ins import HEIGHT, SETTINGS, WIDTH, Observer, Restorer, Tracker


def test_a_machine_on_which_no_frame_waits_for_the_network_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on battery: what it restores is all carried along."""
    parts: Any = {
        **{"tracker": Tracker, "observer": Observer, "restorer": Restorer},
        "recogniser": lambda: pytest.fail("nobody is enrolled"),
        "mesh": lambda: pytest.fail("nobody is enrolled"),
    }
    monkeypatch.setattr(benchmark, "face_networks", lambda *_, **__: FaceNetworks(**parts))
    monkeypatch.setattr(benchmark, "READY_SECONDS", 10.0)
    monkeypatch.setattr(
        "nasfe_cam.pacing.quality_ladder.LEVELS", (Effort(2, 1.0, longest=10**6), Effort(0, 0.0))
    )
    result = benchmark.run_benchmark(
        SETTINGS.replaced({"restore.rate": "auto"}),
        record([np.full((HEIGHT, WIDTH, 3), 60, np.uint8)]),
        frames=10,
        warm_up=1,
        report=lambda error: pytest.fail(str(error)),
        progress=lambda _done: None,
    )
    assert result.restored == 0 and result.carried > 0


def test_frames_that_got_an_earlier_result_are_told_as_restored() -> None:
    milliseconds = {"p50": 1.0, "p95": 1.0, "p99": 1.0}
    result = BenchmarkResult(
        **{"fps": 30.0, "latency_ms": milliseconds, "stages_ms": {}, "dropped": 0},
        **{"device": "CPU", "model": "nasfe", "peak_memory_mb": 1.0, "cpu_percent": 1.0},
        **{"frames": 300, "restored": 20, "carried": 280, "width": 1280, "height": 720},
        **{"latency_growth": 1.0, "first_restored_s": 1.0},
    )
    shown = io.StringIO()
    print_result(result, Console(file=shown, width=400))
    assert "300 of 300 frames restored, 280 by an earlier result," in shown.getvalue()
