"""The folders of a soak."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.robustness.soak import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    for name in ("run/nasfe-cam", "tmp"):
        (tmp_path / name).mkdir(parents=True)
    return Place(tmp_path, tmp_path / "run", full_disk=False)
