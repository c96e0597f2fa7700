"""The virtual camera is shown again when its worker and its output program died together."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from nasfe_cam.control.client.output_revival import revive_output_of
from nasfe_cam.sinks.output_program import default_ring_path
from nasfe_cam.sinks.virtual_camera import VirtualCamera
from nasfe_cam.vcam_host.ring_layout import OutputState
from nasfe_cam.vcam_host.shared_frames import SharedFrames
from tests.user_folders import move_runtime_folder

Start = Callable[..., "subprocess.Popen[str]"]
WaitFor = Callable[..., None]
LABEL, WIDTH, HEIGHT = "NASFE Camera", 64, 48
SETTINGS = {
    "output.outputs": ("camera",),
    "output.label": LABEL,
    "output.fps": 30,
    "output.linger": 5.0,
    "output.stale_after": 1.0,
}

# A worker that is killed; with an argument "both", its output program is killed before.
DYING_WORKER = """
import sys
from pathlib import Path
import psutil
from nasfe_cam.sinks.virtual_camera import VirtualCamera
camera = VirtualCamera("NASFE Camera", 64, 48, 30.0, record=Path(sys.argv[1]))
output = psutil.Process(camera.feedback.process)
camera._supervisor.let_go()
print(output.pid, flush=True)
if sys.argv[2] == "both":
    output.kill()
    output.wait()
psutil.Process().kill()
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "run").mkdir(mode=0o700)
    move_runtime_folder(monkeypatch, tmp_path / "run")
    return tmp_path / "sent.jsonl"


def test_it_shows_the_card_until_the_next_worker_takes_it_over(
    start: Start, wait_for: WaitFor, log: Path
) -> None:
    said, errors = start("-c", DYING_WORKER, log, "both").communicate(timeout=180)
    assert errors == ""
    program = revive_output_of(SETTINGS, log)
    assert program is not None and program.process != int(said)
    try:
        with SharedFrames.attach(default_ring_path(LABEL)) as ring:
            wait_for(lambda: ring.feedback().process == program.process)
            wait_for(lambda: ring.feedback().state is OutputState.SHOWING_CARD)
        camera = VirtualCamera(LABEL, WIDTH, HEIGHT, 30.0, record=log)
        try:
            assert camera.feedback.process == program.process
        finally:
            camera.close()
        wait_for(lambda: program.exit_code() is not None)
    finally:
        program.kill()
        program.stop()


def test_one_that_runs_or_has_a_worker_is_let_alone(
    start: Start, wait_for: WaitFor, log: Path
) -> None:
    assert revive_output_of(SETTINGS, log) is None, "there was none"
    said, errors = start("-c", DYING_WORKER, log, "worker").communicate(timeout=180)
    assert errors == ""
    assert revive_output_of(SETTINGS, log) is None, "it shows the card already"
    camera = VirtualCamera(LABEL, WIDTH, HEIGHT, 30.0, record=log)
    try:
        assert camera.feedback.process == int(said)
        psutil.Process(int(said)).kill()
        assert revive_output_of(SETTINGS, log) is None, "its worker starts another"
        wait_for(lambda: camera.feedback.process not in (0, int(said)))
    finally:
        camera.close()


@pytest.mark.parametrize("settings", [{}, {**SETTINGS, "output.outputs": ("none",)}])
def test_a_camera_without_a_virtual_camera_has_none_to_revive(
    settings: dict[str, bool | int | float | str | tuple[str, ...]],
    start: Start,
    log: Path,
) -> None:
    start("-c", DYING_WORKER, log, "both").communicate(timeout=180)
    assert revive_output_of(settings, log) is None
