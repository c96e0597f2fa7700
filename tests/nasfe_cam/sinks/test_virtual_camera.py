"""The worker's side of the virtual camera, with the real output program recording."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from nasfe_cam.core.errors import OutputError, VirtualCameraMissing, VirtualCameraTaken
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks import host_supervisor, spare_program
from nasfe_cam.sinks.helper_program import HelperProgram
from nasfe_cam.sinks.host_supervisor import HostFailed, HostSupervisor
from nasfe_cam.sinks.output_program import default_ring_path
from nasfe_cam.sinks.virtual_camera import VirtualCamera
from nasfe_cam.vcam_host.exit_codes import ExitCode
from nasfe_cam.vcam_host.ring_layout import Feedback, OutputState
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames
from tests.nasfe_cam.stand_ins import eventually, leave_behind

Start = Callable[..., "subprocess.Popen[str]"]
WaitFor = Callable[..., None]
Recording = Callable[[Path], list[dict[str, Any]]]
WIDTH, HEIGHT = 64, 48

# A worker that shows one frame and is then killed while the program runs on.
DYING_WORKER = """
import os, signal, sys, time
from pathlib import Path
import numpy as np
from nasfe_cam.core.frame import Frame
from nasfe_cam.sinks.virtual_camera import VirtualCamera
camera = VirtualCamera("NASFE Camera", 64, 48, 30.0, ring_path=Path(sys.argv[1]),
                       record=Path(sys.argv[2]))
camera.show(Frame(np.full((48, 64, 3), 120, np.uint8), time.monotonic(), 5))
while camera.latency is None:
    time.sleep(0.01)
print(camera.feedback.process, flush=True)
os.kill(os.getpid(), 9)
"""


# A worker that is killed while a spare output program waits.
WORKER_WITH_SPARE = """
import os, sys, time
from pathlib import Path
import psutil
from nasfe_cam.sinks import host_supervisor, spare_program
from nasfe_cam.sinks.virtual_camera import VirtualCamera
host_supervisor._SPARE_AFTER_SECONDS = 0.0
spare_program._LEAST_MEMORY_BYTES = 0
camera = VirtualCamera("NASFE Camera", 64, 48, 30.0, ring_path=Path(sys.argv[1]),
                       record=Path(sys.argv[2]))
while len(children := psutil.Process().children()) < 2:
    time.sleep(0.01)
if sys.platform == "win32":
    # A program of Wine's whose parent ends while it begins hangs for ever.
    time.sleep(10)
print(*(child.pid for child in children if child.pid != camera.feedback.process), flush=True)
psutil.Process().kill()
"""


def frame(value: int, index: int = 0) -> Frame:
    return Frame(np.full((HEIGHT, WIDTH, 3), value, np.uint8), time.monotonic(), index)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "sent.jsonl"


@pytest.fixture
def open_camera(tmp_path: Path, log: Path) -> Callable[..., VirtualCamera]:
    return partial(
        VirtualCamera,
        "NASFE Camera",
        fps=30.0,
        ring_path=tmp_path / "run" / "camera.ring",
        record=log,
        linger=3.0,
    )


@pytest.fixture
def spares_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spare output program is started at once, however little memory there is."""
    monkeypatch.setattr(host_supervisor, "_SPARE_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(spare_program, "_LEAST_MEMORY_BYTES", 0)


def test_the_card_is_shown_first_and_then_the_frames(
    open_camera: Callable[..., VirtualCamera], wait_for: WaitFor, recorded: Recording, log: Path
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        assert recorded(log)[0]["kind"] == "card"
        assert camera.latency is None
        camera.show(frame(120, index=7))
        wait_for(lambda: recorded(log)[-1]["index"] == 7)
        assert recorded(log)[-1]["mean"] == [120.0] * 3
        wait_for(lambda: camera.latency is not None)
        assert camera.latency is not None
        assert 0 <= camera.latency < 1
    finally:
        camera.close()


def test_closing_ends_the_program_and_removes_the_ring(
    open_camera: Callable[..., VirtualCamera], tmp_path: Path
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    process = camera.feedback.process
    camera.close()
    camera.close()
    assert not _runs(process)
    assert list((tmp_path / "run").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_the_folder_of_the_ring_is_the_owners_alone(
    open_camera: Callable[..., VirtualCamera], tmp_path: Path
) -> None:
    open_camera(width=WIDTH, height=HEIGHT).close()
    assert (tmp_path / "run").stat().st_mode & 0o077 == 0


def test_a_killed_output_program_is_reported_once_and_started_again(
    open_camera: Callable[..., VirtualCamera], wait_for: WaitFor
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        first = camera.feedback.process
        psutil.Process(first).kill()
        failures = _show_until(camera, lambda: camera.feedback.process not in (0, first))
        assert [type(failure) for failure in failures] == [HostFailed]
        camera.show(frame(90, index=9))
        wait_for(lambda: camera.feedback.last_index == 9)
    finally:
        camera.close()


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_an_output_program_that_hangs_is_replaced(
    open_camera: Callable[..., VirtualCamera], wait_for: WaitFor
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        first = camera.feedback.process
        psutil.Process(first).suspend()
        failures = _show_until(camera, lambda: camera.feedback.process not in (0, first))
        assert "did not answer" in str(failures[0])
        camera.show(frame(90, index=9))
        wait_for(lambda: camera.feedback.last_index == 9)
    finally:
        camera.close()


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_halted_output_program_is_not_waited_for(
    open_camera: Callable[..., VirtualCamera], monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("_SILENT_SECONDS", "_LONGEST_SILENCE"):
        monkeypatch.setattr(host_supervisor, patience, 600.0)
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        first = camera.feedback.process
        psutil.Process(first).suspend()
        _show_until(camera, lambda: camera.feedback.process not in (0, first))
        assert not _runs(first)
    finally:
        camera.close()


def test_a_spare_program_takes_the_place_of_a_killed_one_and_another_waits_then(
    open_camera: Callable[..., VirtualCamera],
    wait_for: WaitFor,
    spares_at_once: None,
    tmp_path: Path,
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        first = camera.feedback.process
        wait_for(lambda: _waiting(first))
        (spare,) = _waiting(first)
        psutil.Process(first).kill()
        _show_until(camera, lambda: camera.feedback.process not in (0, first))
        assert camera.feedback.process == spare
        camera.show(frame(90, index=9))
        wait_for(lambda: camera.feedback.last_index == 9)
        wait_for(lambda: _waiting(spare))
        assert len(_waiting(spare)) == 1
        last = [spare, *_waiting(spare)]
    finally:
        camera.close()
    assert not any(_runs(process) for process in last)
    assert list((tmp_path / "run").iterdir()) == []


def test_a_spare_program_ends_with_the_worker_that_started_it(
    start: Start, tmp_path: Path, log: Path
) -> None:
    said, errors = start("-c", WORKER_WITH_SPARE, tmp_path / "camera.ring", log).communicate(
        timeout=180
    )
    assert errors == ""
    assert not _runs(int(said))


def test_two_workers_cannot_feed_one_camera(open_camera: Callable[..., VirtualCamera]) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        with pytest.raises(VirtualCameraTaken, match="another nasfe-cam"):
            open_camera(width=WIDTH, height=HEIGHT)
    finally:
        camera.close()


def test_a_new_worker_takes_over_the_program_that_a_killed_one_left(
    start: Start,
    open_camera: Callable[..., VirtualCamera],
    wait_for: WaitFor,
    recorded: Recording,
    tmp_path: Path,
    log: Path,
) -> None:
    ring = tmp_path / "run" / "camera.ring"
    said, errors = start("-c", DYING_WORKER, ring, log).communicate(timeout=180)
    assert errors == ""
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        assert camera.feedback.process == int(said)
        camera.show(frame(200, index=6))
        wait_for(lambda: recorded(log)[-1]["index"] == 6)
    finally:
        camera.close()
    assert not _runs(int(said))
    times = [line["time"] for line in recorded(log)]
    assert max(np.diff(times)) < 1.0


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
@pytest.mark.parametrize("fault", ["kill", "suspend"])
def test_a_program_taken_over_is_replaced_when_it_dies_or_hangs_but_not_when_it_is_slow(
    open_camera: Callable[..., VirtualCamera],
    wait_for: WaitFor,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # One that is halted for a moment stands for one that is slow.
    monkeypatch.setattr(host_supervisor, "_STOPPED_SECONDS", 600.0)
    first = open_camera(width=WIDTH, height=HEIGHT)
    process = first.feedback.process
    leave_behind(first)
    second = open_camera(width=WIDTH, height=HEIGHT)
    try:
        psutil.Process(process).suspend()
        time.sleep(0.7)
        psutil.Process(process).resume()
        second.show(frame(90, index=9))
        wait_for(lambda: second.feedback.last_index == 9)
        assert second.feedback.process == process
        getattr(psutil.Process(process), fault)()
        wait_for(lambda: second.feedback.process != process, 60.0)
        wait_for(lambda: not _runs(process), 60.0)
    finally:
        second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files")
def test_a_ring_whose_file_is_removed_is_made_anew_and_nobody_sees_it(
    open_camera: Callable[..., VirtualCamera],
    wait_for: WaitFor,
    recorded: Recording,
    tmp_path: Path,
    log: Path,
) -> None:
    ring = tmp_path / "run" / "camera.ring"
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        process = camera.feedback.process
        for remove in (ring.unlink, lambda: shutil.rmtree(ring.parent)):
            remove()
            wait_for(ring.exists)
            wait_for(lambda: camera.feedback.process == process)
        camera.show(frame(90, index=5))
        wait_for(lambda: recorded(log)[-1]["index"] == 5)
        # A busy machine may be late; a program that was replaced would be later.
        assert max(np.diff([line["time"] for line in recorded(log)])) < 1.9
        # One that is started later finds it too.
        psutil.Process(process).kill()
        failures = _show_until(camera, lambda: camera.feedback.process not in (0, process))
        assert "signal 9" in str(failures[0])
        camera.show(frame(200, index=7))
        wait_for(lambda: recorded(log)[-1]["index"] == 7)
    finally:
        camera.close()
    assert list(ring.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files")
def test_a_ring_that_cannot_be_made_anew_serves_on(
    open_camera: Callable[..., VirtualCamera],
    wait_for: WaitFor,
    recorded: Recording,
    tmp_path: Path,
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)

    def full(*_arguments: object) -> SharedFrames:
        raise RingError("No space left on device.")

    try:
        with monkeypatch.context() as disk:
            disk.setattr(SharedFrames, "create", full)
            (tmp_path / "run" / "camera.ring").unlink()
            time.sleep(0.5)
            camera.show(frame(90, index=3))
            wait_for(lambda: recorded(log)[-1]["index"] == 3)
        wait_for((tmp_path / "run" / "camera.ring").exists)
    finally:
        camera.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files")
def test_the_last_reader_removes_the_ring_of_a_worker_that_does_not_come_back(
    start: Start, wait_for: WaitFor, tmp_path: Path, log: Path
) -> None:
    ring = tmp_path / "run" / "camera.ring"
    code = DYING_WORKER.replace("record=", "linger=0.3, record=")
    said, errors = start("-c", code, ring, log).communicate(timeout=180)
    assert errors == ""
    wait_for(lambda: not _runs(int(said)))
    assert list(ring.parent.iterdir()) == []


def test_another_size_starts_the_program_anew(open_camera: Callable[..., VirtualCamera]) -> None:
    first = open_camera(width=WIDTH, height=HEIGHT)
    process = first.feedback.process
    leave_behind(first)
    second = open_camera(width=WIDTH * 2, height=HEIGHT)
    try:
        assert second.feedback.process != process
        assert not _runs(process)
    finally:
        second.close()


def test_a_ring_left_by_another_version_is_replaced(
    open_camera: Callable[..., VirtualCamera], tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "camera.ring").write_bytes(b"of old" * 100)
    camera = open_camera(width=WIDTH, height=HEIGHT)
    assert camera.feedback.state is OutputState.SHOWING_CARD
    camera.close()


def test_a_frame_of_another_size_is_refused_with_a_sentence(
    open_camera: Callable[..., VirtualCamera],
) -> None:
    camera = open_camera(width=WIDTH, height=HEIGHT)
    try:
        with pytest.raises(OutputError, match="cannot change its size"):
            camera.show(Frame(np.zeros((10, 10, 3), np.uint8), 0.0, 0))
    finally:
        camera.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere another camera may serve")
def test_a_camera_that_is_not_installed_is_missing_at_start(tmp_path: Path) -> None:
    with pytest.raises(VirtualCameraMissing, match="'No Such Camera' is not installed"):
        VirtualCamera("No Such Camera", WIDTH, HEIGHT, 30.0, ring_path=tmp_path / "r.ring")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "reason", "expected", "words"),
    [
        (ExitCode.CAMERA_MISSING, "'X' is not installed", VirtualCameraMissing, "X"),
        (ExitCode.CAMERA_TAKEN, "/dev/video10: busy", VirtualCameraTaken, "/dev/video10: busy"),
        (ExitCode.RING_UNREADABLE, "gone", HostFailed, "gone"),
        (1, "boom", HostFailed, "boom"),
    ],
)
def test_how_the_program_ends_becomes_an_error_told_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    reason: str,
    expected: type[OutputError],
    words: str,
) -> None:
    (tmp_path / "ending.py").write_text(
        "import json, sys\n"
        "print('for people, in any words: whatever', file=sys.stderr)\n"
        f"print(json.dumps({{'reason': {reason!r}}}))\n"
        f"sys.exit({code})\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    starts: list[float] = []

    def start() -> HelperProgram:
        starts.append(time.monotonic())
        return HelperProgram("ending", [])

    supervisor = HostSupervisor(start, Feedback, "X")
    try:
        with pytest.raises(expected, match=words):
            supervisor.wait_until_running(8)
        deadline = time.monotonic() + 60
        while len(starts) < 4 and time.monotonic() < deadline:
            supervisor.raise_new_failure()
            time.sleep(0.01)
    finally:
        supervisor.close()
    assert starts[3] - starts[2] >= 1.9, "it is tried ever more seldom"


def test_a_program_that_hangs_before_its_first_report_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hanging.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(host_supervisor, "_SILENT_AT_START_SECONDS", 0.5)
    started: list[HelperProgram] = []
    ended: list[bool] = []

    def start() -> HelperProgram:
        ended.extend(program.exit_code() is not None for program in started)
        started.append(HelperProgram("hanging", []))
        return started[-1]

    supervisor = HostSupervisor(start, Feedback, "X")
    try:
        with pytest.raises(HostFailed, match="did not answer"):
            supervisor.wait_until_running(60)
        assert eventually(lambda: len(started) > 1)
        assert ended[0], "the camera is free when the next one opens it"
    finally:
        for program in started:
            program.kill()
        supervisor.close()


def test_a_program_that_is_late_because_it_works_is_not_replaced_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine a new one would be slower still; one that never reports again hangs."""
    (tmp_path / "working.py").write_text("while True: pass\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(host_supervisor, "_LONGEST_SILENCE", 6.0)
    started: list[tuple[float, HelperProgram]] = []

    def start() -> HelperProgram:
        started.append((time.monotonic(), HelperProgram("working", [])))
        return started[-1][1]

    def feedback() -> Feedback:
        return Feedback(process=started[-1][1].process if started else 0)

    supervisor = HostSupervisor(start, feedback, "X")
    try:
        with pytest.raises(HostFailed, match="did not answer"):
            supervisor.wait_until_running(60)
        assert eventually(lambda: len(started) > 1)
        assert started[1][0] - started[0][0] >= 6
    finally:
        for _, program in started:
            program.kill()
        supervisor.close()


def test_every_worker_of_a_label_finds_the_same_ring() -> None:
    assert default_ring_path("NASFE Camera") == default_ring_path("NASFE Camera")
    assert default_ring_path("NASFE Camera") != default_ring_path("Other/../Camera")
    assert default_ring_path("Other/../Camera").parent == default_ring_path("NASFE Camera").parent


def _show_until(camera: VirtualCamera, condition: Callable[[], bool]) -> list[OutputError]:
    failures: list[OutputError] = []
    deadline = time.monotonic() + 60
    while not (condition() and failures):
        assert time.monotonic() < deadline
        try:
            camera.show(frame(50))
        except OutputError as error:
            failures.append(error)
        time.sleep(0.02)
    return failures


def _waiting(shown: int) -> list[int]:
    """The programs of this process that wait beside the one that shows the pictures."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.Error, OSError):  # it has just begun, or just ended
            if child.pid != shown and "--wait" in child.cmdline():
                found.append(child.pid)
    return found


def _runs(process: int) -> bool:
    """Whether the process still does anything; one that nobody reaped yet does not."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return False
        except psutil.NoSuchProcess:
            return False
        time.sleep(0.02)
    return True
