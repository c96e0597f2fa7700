"""What other programs are told about the virtual camera and who watches it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nasfe_cam.control.protocol.messages import OutputCondition, OutputStatus
from nasfe_cam.control.server.output_status import output_status
from nasfe_cam.sinks.null import NullSink
from nasfe_cam.sinks.virtual_camera import VirtualCamera
from nasfe_cam.vcam_host.shared_frames import Feedback, OutputState, SharedFrames
from tests.nasfe_cam.stand_ins import leave_behind

Report = Callable[..., None]


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    """A ring whose output program is this process."""
    path = tmp_path / "camera.ring"
    with SharedFrames.create(path, 64, 48) as ring:
        ring.report(_feedback(OutputState.SHOWING_CARD, None, time.monotonic()))
        ring.close(keep_file=True)
    return path


@pytest.fixture
def camera(ring: Path) -> Iterator[VirtualCamera]:
    camera = VirtualCamera("NASFE Camera", 64, 48, 30.0, ring_path=ring, record=Path(os.devnull))
    yield camera
    leave_behind(camera)


@pytest.fixture
def report(ring: Path) -> Iterator[Report]:
    """Say what the output program does."""
    with SharedFrames.attach(ring) as attached:

        def tell(state: OutputState, watchers: int | None, silent_for: float = 0) -> None:
            attached.report(_feedback(state, watchers, time.monotonic() - silent_for))

        yield tell


def _feedback(state: OutputState, watchers: int | None, reported_at: float) -> Feedback:
    return Feedback(os.getpid(), state, reported_at=reported_at, watchers=watchers)


def told(condition: OutputCondition, watchers: int | None) -> OutputStatus:
    return OutputStatus(name="virtual camera", condition=condition, watchers=watchers)


def test_the_programs_that_watch_are_counted(camera: VirtualCamera, report: Report) -> None:
    report(OutputState.SHOWING_FRAMES, 2)
    assert output_status(camera) == told(OutputCondition.SHOWING, 2)
    report(OutputState.SHOWING_CARD, 1)
    assert output_status(camera) == told(OutputCondition.CARD, 1)


def test_a_camera_that_nobody_watches_rests(camera: VirtualCamera, report: Report) -> None:
    report(OutputState.RESTING, 0)
    assert output_status(camera) == told(OutputCondition.RESTING, 0)


def test_what_cannot_be_counted_is_not_made_up(camera: VirtualCamera, report: Report) -> None:
    report(OutputState.SHOWING_FRAMES, None)
    assert output_status(camera) == told(OutputCondition.SHOWING, None)
    assert output_status(NullSink()).watchers is None


def test_the_count_of_an_output_program_that_is_silent_is_forgotten(
    camera: VirtualCamera, report: Report
) -> None:
    report(OutputState.SHOWING_FRAMES, 3, silent_for=60)
    assert output_status(camera) == told(OutputCondition.STARTING, None)
