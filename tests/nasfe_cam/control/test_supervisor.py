"""A camera outlives whoever started it, and is started again when it crashes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from nasfe_cam.control.client import silence_watch
from nasfe_cam.control.client.camera_state import CameraState, Phase
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.client.pending_changes import PendingChanges
from nasfe_cam.control.client.restart_policy import RestartPolicy, StartPlan
from nasfe_cam.control.client.silence_watch import Patience
from nasfe_cam.control.client.supervisor import CameraSupervisor
from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.protocol.errors import CameraNotRunning, ControlRefused
from nasfe_cam.control.protocol.messages import ErrorRecord, Status
from nasfe_cam.core.frame import Frame
from nasfe_cam.processes.end_requests import ask_to_end
from nasfe_cam.sinks.file import VideoFile
from tests.nasfe_cam.conftest import HOME
from tests.nasfe_cam.stand_ins import eventually
from tests.user_folders import move_runtime_folder

Start = Callable[..., "subprocess.Popen[str]"]
# Generous: this machine may be busy with something else.
START_SECONDS = 90

STARTER = """
import sys, time
from nasfe_cam.control.client.supervisor import CameraSupervisor
supervisor = CameraSupervisor(sys.argv[1:])
supervisor.begin()
supervisor.look(True)
supervisor.start()
while supervisor.preview.newest() is None: time.sleep(0.01)
print(supervisor.state.process, flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_runtime_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A runtime folder for each test; a camera that a test left there is killed."""
    folder = tempfile.mkdtemp(prefix="nasfe-")
    move_runtime_folder(monkeypatch, Path(folder))
    # The camera is started without this folder in its path; it is to be this checkout's.
    monkeypatch.setenv("PYTHONPATH", str(HOME))
    endpoint = default_endpoint()
    yield
    if is_claimed(endpoint):
        psutil.Process(int(endpoint.lock_file.read_text())).kill()
        assert eventually(lambda: not is_claimed(endpoint))
    shutil.rmtree(folder, ignore_errors=sys.platform == "win32")


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Of a camera that starts soon: a grey picture, no output."""
    picture = tmp_path / "room.png"
    cv2.imwrite(str(picture), np.full((90, 160, 3), 80, np.uint8))
    return [
        *("--source", str(picture), "--output", "none"),
        *("--width", "160", "--height", "90", "--retouch", "70"),
    ]


@pytest.fixture
def halted_is_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera that a test halts stands for one that hangs."""
    monkeypatch.setattr("nasfe_cam.control.client.supervisor.is_stopped", lambda _process: False)


def problem_code(state: CameraState) -> str | None:
    return None if state.problem is None else state.problem.code


class Told:
    """A supervisor and what it told."""

    def __init__(self, arguments: list[str]) -> None:
        self.states: list[CameraState] = []
        self.statuses: list[Status] = []
        self.errors: list[ErrorRecord] = []
        self.supervisor = CameraSupervisor(
            arguments, self.states.append, self.statuses.append, self.errors.append, 0.2
        )
        self.supervisor.begin()

    @property
    def phases(self) -> list[Phase]:
        return [state.phase for state in self.states]

    def runs(self) -> bool:
        return self.supervisor.state.phase is Phase.RUNNING

    @property
    def process(self) -> int:
        process = self.supervisor.state.process
        assert process is not None
        return process

    def start(self) -> int:
        """Start the camera; returns its process number."""
        self.supervisor.start()
        assert eventually(self.runs, START_SECONDS), self.states
        return self.process

    def retouch(self) -> object:
        """As the newest status has it; None before the first."""
        return self.statuses[-1].settings["restore.retouch"] if self.statuses else None

    def sees(self) -> bool:
        return self.supervisor.preview.newest() is not None


@pytest.fixture
def supervise(arguments: list[str]) -> Iterator[Callable[..., Told]]:
    made: list[Told] = []

    def make(*other_arguments: str) -> Told:
        made.append(Told(list(other_arguments) or arguments))
        return made[-1]

    yield make
    for told in made:
        told.supervisor.close()


def test_a_second_program_attaches_sees_changes_and_its_end_ends_nothing(
    supervise: Callable[..., Told],
) -> None:
    first, second = supervise(), supervise()
    process = first.start()
    assert eventually(second.runs, 60) and second.process == process
    assert first.phases == [Phase.STARTING, Phase.RUNNING] and second.phases == [Phase.RUNNING]
    first.supervisor.change("restore.retouch", 33).result(60)
    assert eventually(
        lambda: second.statuses and second.statuses[-1].settings["restore.retouch"] == 33, 30
    )
    for told in (first, second):
        told.supervisor.close()
    client = CameraClient.attach()
    shown = client.status().shown
    assert client.process == process
    assert eventually(lambda: client.status().shown >= shown + 10, 60)
    client.stop()
    assert client.wait_until_gone(60)
    client.close()


def test_a_killed_camera_is_noticed_said_and_started_again_as_it_was(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    told.supervisor.look(True)
    killed = told.start()
    told.supervisor.change("restore.retouch", 33).result(60)
    assert eventually(
        lambda: told.statuses and told.statuses[-1].settings["restore.retouch"] == 33, 30
    )
    assert eventually(told.sees, 60)
    psutil.Process(killed).kill()
    assert eventually(lambda: told.phases[-1] is Phase.RESTARTING, 60)
    assert problem_code(told.states[-1]) == "camera-crashed"
    seen = len(told.statuses)
    assert eventually(told.runs, START_SECONDS), told.states
    assert told.process != killed
    assert eventually(lambda: len(told.statuses) > seen, 60)
    assert told.statuses[-1].settings["restore.retouch"] == 33
    assert eventually(told.sees, 60), "the same reader goes on"
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert Phase.ENDING in told.phases and not is_claimed(default_endpoint())


def test_frames_go_on_when_the_program_that_started_the_camera_is_killed(
    start: Start, arguments: list[str]
) -> None:
    starter = start("-c", STARTER, *arguments)
    assert starter.stdout is not None
    camera = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    client = CameraClient.attach()
    assert client.process == camera
    shown = client.status().shown
    assert eventually(lambda: client.status().shown >= shown + 30, 60), "frames go on"
    assert eventually(lambda: client.status().viewers == 0, 60)
    if sys.platform != "win32":
        assert os.getsid(camera) != os.getsid(0), "no terminal of ours can end it"
    client.stop()
    assert client.wait_until_gone(60)
    client.close()


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_camera_that_hangs_is_said_and_replaced_as_it_was(
    supervise: Callable[..., Told], halted_is_hung: None
) -> None:
    told = supervise()
    process = told.start()
    told.supervisor.change("restore.retouch", 33).result(60)
    assert eventually(lambda: told.retouch() == 33, 60)
    psutil.Process(process).suspend()
    # Nobody waits for its answers either.
    unheard = told.supervisor.change("restore.retouch", 44)
    assert eventually(lambda: problem_code(told.supervisor.state) == "camera-silent", 60)
    assert eventually(lambda: told.supervisor.state.process not in (None, process), START_SECONDS)
    assert "camera-hung" in [problem_code(state) for state in told.states]
    assert eventually(lambda: _has_ended(process))
    assert eventually(lambda: told.retouch() in (33, 44), 60)
    assert unheard.done() or eventually(unheard.done)


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_camera_that_ends_in_order_when_it_is_asked_for_its_silence_is_replaced_too(
    supervise: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, halted_is_hung: None
) -> None:
    """As on a machine that has no memory left: it answers again in the very moment."""

    def ask_and_wake(process: int) -> bool:
        asked = ask_to_end(process)
        psutil.Process(process).resume()
        return asked

    monkeypatch.setattr("nasfe_cam.control.client.launcher.ask_to_end", ask_and_wake)
    told = supervise()
    process = told.start()
    assert eventually(lambda: told.statuses, 60)
    psutil.Process(process).suspend()
    assert eventually(lambda: told.supervisor.state.process not in (None, process), START_SECONDS)
    assert Phase.STOPPED not in told.phases


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_camera_that_is_stuck_can_be_stopped(
    supervise: Callable[..., Told], halted_is_hung: None
) -> None:
    told = supervise()
    process = told.start()
    assert eventually(lambda: told.statuses, 60)
    psutil.Process(process).suspend()
    assert eventually(lambda: problem_code(told.supervisor.state) == "camera-silent", 60)
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert Phase.RESTARTING not in told.phases and not is_claimed(default_endpoint())


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_halted_camera_is_not_waited_for(
    supervise: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("HUNG_SECONDS", "HUNG_AT_START_SECONDS", "LONGEST_PATIENCE_SECONDS"):
        monkeypatch.setattr(silence_watch, patience, 3600.0)
    told = supervise()
    process = told.start()
    psutil.Process(process).suspend()
    assert eventually(lambda: told.supervisor.state.process not in (None, process), START_SECONDS)
    assert "camera-hung" in [problem_code(state) for state in told.states]
    assert eventually(lambda: _has_ended(process))


def test_when_a_camera_crashes_its_virtual_camera_is_looked_after_first(
    supervise: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    revived: list[object] = []
    monkeypatch.setattr(
        "nasfe_cam.control.client.supervisor.revive_output_of",
        lambda settings: revived.append(settings["output.outputs"]),
    )
    told = supervise()
    process = told.start()
    assert eventually(lambda: told.statuses, 60)
    psutil.Process(process).kill()
    assert eventually(lambda: Phase.RESTARTING in told.phases, 60)
    assert revived == [("none",)]


@pytest.mark.skipif(sys.platform == "win32", reason="stops with a signal")
def test_a_camera_that_hangs_at_its_start_is_replaced(
    supervise: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence_watch, "HUNG_AT_START_SECONDS", 2.0)
    told = supervise()
    told.supervisor.start()
    assert eventually(lambda: psutil.Process().children())
    (first,) = psutil.Process().children()
    first.suspend()
    assert eventually(told.runs, START_SECONDS)
    assert told.process != first.pid and eventually(lambda: not first.is_running())
    assert "camera-hung" in [problem_code(state) for state in told.states]


def test_a_camera_that_ran_for_long_is_started_again_at_once(
    tmp_path: Path, supervise: Callable[..., Told]
) -> None:
    told = supervise()
    told.start()
    assert eventually(lambda: told.statuses, 60)
    policy = RestartPolicy(default_endpoint())
    plan = StartPlan(())
    for seconds, expected in ((0.2, 0.3), (0.2, 0.8), (60.0, 0.0), (0.1, 0.9)):
        policy.plan(told.statuses[-1].model_copy(update={"running_s": seconds}), tmp_path, plan)
        assert policy.next_delay() == pytest.approx(expected)
    assert policy.next_delay() == 2.0, "an attempt that did not get so far"


def test_a_camera_that_hangs_again_and_again_is_given_more_time() -> None:
    patience = Patience()
    assert patience.seconds(starting=False) == 5 and patience.seconds(starting=True) == 10
    patience.was_too_short(steady=False)
    assert patience.seconds(starting=False) == 7.5
    for _ in range(20):
        patience.was_too_short(steady=False)
    assert patience.seconds(starting=True) == silence_watch.LONGEST_PATIENCE_SECONDS
    patience.was_too_short(steady=True)
    assert patience.seconds(starting=False) == 5


def test_a_camera_that_somebody_else_stops_is_not_started_again(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    told.start()
    client = CameraClient.attach()
    client.stop()
    client.close()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert not told.states[-1].finished
    assert Phase.RESTARTING not in told.phases and not is_claimed(default_endpoint())


def test_the_end_of_a_clip_is_no_stop_without_a_word(
    supervise: Callable[..., Told], tmp_path: Path
) -> None:
    clip = tmp_path / "room.mp4"
    video = VideoFile(clip, 160, 90, 30)
    for index in range(90):
        video.show(Frame(np.full((90, 160, 3), 80, np.uint8), index / 30, index))
    video.close()
    told = supervise("--source", str(clip), "--output", "none", "--width", "160", "--height", "90")
    told.start()
    assert eventually(lambda: told.states[-1].phase is Phase.STOPPED, 60)
    assert told.states[-1].finished
    told.supervisor.look(True)  # a wish that wakes its thread, which then finds no camera
    assert not eventually(lambda: not told.supervisor.state.finished, 1.0), "it stays said"
    told.start()
    assert not told.supervisor.state.finished


def test_a_camera_that_cannot_start_is_told_in_its_own_words_and_not_tried_again(
    supervise: Callable[..., Told],
) -> None:
    told = supervise("--source", "/no/clip.mp4", "--output", "none")
    told.supervisor.start()
    assert eventually(lambda: told.phases[-1:] == [Phase.FAILED], START_SECONDS)
    problem = told.states[-1].problem
    assert problem is not None and problem.code == "source-not-found"
    clip = str(Path("/no/clip.mp4"))
    assert problem.parameters == {"path": clip}
    assert problem.text.startswith(f"There is no file {clip}.")
    assert told.phases == [Phase.STARTING, Phase.FAILED]


def test_a_start_can_be_called_off(supervise: Callable[..., Told]) -> None:
    told = supervise()
    told.supervisor.start()
    assert eventually(lambda: Phase.STARTING in told.phases)
    told.supervisor.stop()
    assert eventually(lambda: told.phases[-1] is Phase.STOPPED, 60)
    assert not is_claimed(default_endpoint())
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "nasfe_cam" in child.cmdline()]


def test_without_a_camera_a_change_is_refused_and_closing_is_quick(
    supervise: Callable[..., Told],
) -> None:
    told = supervise()
    future = told.supervisor.change("restore.retouch", 5)
    with pytest.raises(CameraNotRunning):
        future.result(60)
    told.supervisor.close()
    assert told.states == []


def test_of_many_changes_of_one_setting_only_the_newest_is_made() -> None:
    changes = PendingChanges()
    futures = [changes.put("restore.retouch", value) for value in range(50)]
    other = changes.put("restore.profile", "Ada")
    made: list[tuple[str, object]] = []

    def make(name: str, value: object) -> None:
        made.append((name, value))
        if name == "restore.profile":
            raise ControlRefused("no such profile")

    changes.make(make)
    assert made == [("restore.retouch", 49), ("restore.profile", "Ada")]
    assert all(future.result(0) is None for future in futures)
    with pytest.raises(ControlRefused, match="no such profile"):
        other.result(0)
    assert not changes


def _has_ended(process: int) -> bool:
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
