"""The GPU benchmark measures what it says, and ends with one line where there is no GPU."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.network.gpu import HEAD, Row, inputs_for, measure, real_crops, table
from engine.tensorrt.factory import Nvidia
from nasfe_cam.restoration.observer import observer_network
from nasfe_cam.restoration.restorer import restorer_network
from tests.engine.tensorrt.simulated_card import (
    CARD,
    COMPILER,
    compile_simulated,
    simulated,
)
from train.models.counting import macs_of
from train.models.nasfe.presets import build


def test_without_a_card_it_ends_with_one_line(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.network.gpu"],
        cwd=repository,
        env=os.environ | {"CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("benchmarks/network/gpu.py: ") and done.stderr.count("\n") == 1


def test_on_a_card_every_column_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a simulated card, which computes in float32 what the float16 graph says."""
    monkeypatch.setattr(COMPILER, compile_simulated)
    _, _, cuda, tensorrt = simulated()
    nvidia = Nvidia(tensorrt, cuda, CARD)
    feeds = inputs_for(real_crops(1))
    assert feeds[0]["face"].shape == (1, 3, 256, 256) and 0 < feeds[0]["face"].mean() < 1
    rows = [
        measure(network, nvidia, feeds, 2)
        for network in (restorer_network("nasfe-lite"), observer_network())
    ]
    lite, observer = rows
    assert lite.engine_mb > 0 and lite.build_s > 0 and lite.p50_ms == 0.5
    assert 0 < lite.difference < 0.01 and lite.psnr > 50
    macs = macs_of(build("nasfe-lite"), 256, 256)
    assert lite.tflops == pytest.approx(2 * macs / 0.5e-3 / 1e12)
    assert observer.tflops is None and observer.difference < 0.01
    page = table(rows, nvidia, 100.0)
    assert CARD.name in page and page.count("\n|") == 4
    assert all(line.count("|") == len(HEAD) + 1 for line in page.splitlines() if "|" in line)


def test_what_is_not_counted_is_a_dash() -> None:
    row = Row("observer", "x", 1, 1, 1, 1, 1, 1, 0, 60, None, 0)
    assert row.cells(None).count("-") == 2
