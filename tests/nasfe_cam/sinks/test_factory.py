"""From settings to open outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.config.settings import OutputKind, OutputSettings
from nasfe_cam.core.errors import VirtualCameraMissing
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.factory import open_sinks
from nasfe_cam.sinks.null import NullSink


def test_each_wanted_output_is_opened_once_in_order(tmp_path: Path) -> None:
    settings = OutputSettings(
        outputs=(OutputKind.NONE, OutputKind.FILE, OutputKind.NONE),
        width=64,
        height=48,
        file=tmp_path / "out.mp4",
    )
    outputs = open_sinks(settings)
    assert [output.name for output in outputs] == ["nothing", "video file"]
    for output in outputs:
        output.show(Frame(np.zeros((48, 64, 3), np.uint8), 0.0, 0))
        output.close()
    assert (tmp_path / "out.mp4").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere another camera may serve")
def test_when_one_cannot_be_opened_the_others_are_closed_again(tmp_path: Path) -> None:
    settings = OutputSettings(
        outputs=(OutputKind.FILE, OutputKind.CAMERA),
        label="No Such Camera",
        file=tmp_path / "out.mp4",
    )
    with pytest.raises(VirtualCameraMissing):
        open_sinks(settings)
    assert list(tmp_path.iterdir()) == []


def test_nothing_counts_what_it_was_given() -> None:
    output = NullSink()
    for index in range(3):
        output.show(Frame(np.zeros((4, 4, 3), np.uint8), 0.0, index))
    output.close()
    assert output.shown == 3
